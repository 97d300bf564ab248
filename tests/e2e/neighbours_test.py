"""Other libraries that take malloc's place beside the agent."""

import unittest

import support


class NeighboursTest(support.WatchedTest):
    def assert_both_count(self, preload):
        process = self.start(support.program("kept_blocks"), preload=preload, SAMPLE_BYTES="1B")
        self.assertEqual(process.stdout.readline(), "kept\n")
        record = self.fresh_record()
        for way in ("Malloc", "New", "Realloc", "AlignedNew"):
            self.assertEqual(support.live_at(record, "KeepBy" + way), (50 * 1000, 50), way)
        self.send_line(process)
        self.wait_until_done(process)
        self.assertEqual(support.live_at(self.fresh_record(), "KeepByMalloc"), (0, 0))
        self.assertEqual(self.finish(process), 0)
        self.assertRegex(self.errors(), r"\Aneighbour: [1-9]\d\d+ mallocs, [1-9]\d\d+ frees\n\Z")

    def test_before_the_agent(self):
        self.assert_both_count(f"{self.build_library('counting_malloc.c')}:{support.AGENT}")

    def test_after_the_agent(self):
        self.assert_both_count(f"{support.AGENT}:{self.build_library('counting_malloc.c')}")

    def test_on_both_sides_of_the_agent_answers_stay_the_same(self):
        command = support.program("answers")
        neighbour = self.build_library("counting_malloc.c")
        other = self.build_library("other_counting_malloc.c")
        alone = self.run_unwatched(command, preload=f"{neighbour}:{other}")
        watched = self.run_watched(command, preload=f"{neighbour}:{support.AGENT}:{other}", SAMPLE_BYTES="1B")
        self.assertEqual((watched.returncode, watched.stdout), (0, alone.stdout))


if __name__ == "__main__":
    unittest.main()
