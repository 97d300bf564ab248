"""However much is asked for, sampling stays within its budget, and says so."""

import unittest

import support

ASKED_BYTES = 16
FEWER_SAMPLES = 64  # times


class GovernorTest(support.WatchedTest):
    def storm(self, cpu_budget):
        process = self.start(support.program("storm"), CPU_BUDGET=cpu_budget, SAMPLE_BYTES=f"{ASKED_BYTES}B")
        self.wait_until_done(process)
        return process

    def test_in_a_storm_of_allocations_fewer_are_sampled_and_one_line_and_the_record_say_so(self):
        process = self.storm("0.5%")
        is_held = lambda: self.fresh_record()["health"]["sample_bytes"] >= FEWER_SAMPLES * ASKED_BYTES
        support.wait_for(is_held, "fewer samples")
        self.assertEqual(self.fresh_record()["asked_sample_bytes"], ASKED_BYTES)
        self.assertEqual(self.finish(process), 0)
        self.assertRegex(self.errors(), r"\Aheadroom: samples are taken less often than HEADROOM_SAMPLE_BYTES says[^\n]*\n\Z")

    def test_with_the_whole_processor_as_budget_every_sample_that_was_asked_for_is_taken(self):
        process = self.storm("100%")
        self.assertEqual(self.fresh_record()["health"]["sample_bytes"], ASKED_BYTES)
        self.assertEqual(self.finish(process), 0)
        self.assertEqual(self.errors(), "")


if __name__ == "__main__":
    unittest.main()
