"""Whatever goes on beside it, a leak is told of by name, and the program does its work as it does without the agent."""

import unittest

import support


class StormTest(support.WatchedTest):
    def assert_told_amid(self, *turmoil, **options):
        command = [support.program("leaks_amid"), *turmoil]
        alone = self.run_unwatched(*command)
        self.assertEqual((alone.returncode, alone.stdout, alone.stderr), (0, "done\n", ""))
        process = self.start(*command, LIMIT="40MiB", **{"SAMPLE_BYTES": "16KiB", **options})
        event = self.wait_for_alarm(lambda event: event["severity"] != "notice" and event["pid"] == process.pid)
        self.assertTrue(support.names_function(event["site"]["frames"], "LeakAmid"), event)
        self.assertIsNone(process.poll())
        process.stdin.close()
        self.assertEqual(process.stdout.read(), "done\n")
        self.assertEqual((process.wait(support.DEADLINE_S), self.errors()), (0, ""))

    def test_threads_that_start_and_end(self):
        self.assert_told_amid("threads")

    def test_forks(self):
        self.assert_told_amid("forks")

    def test_vforks_and_spawns(self):
        self.assert_told_amid("spawns")

    def test_signals_whose_handlers_allocate_on_small_stacks(self):
        self.assert_told_amid("signals")

    def test_stacks_of_four_thousand_frames(self):
        self.assert_told_amid("deep-stacks")

    def test_fibers_on_small_stacks(self):
        self.assert_told_amid("fibers")

    def test_plugins_that_come_and_go_while_every_allocation_is_sampled(self):
        self.assert_told_amid("plugins", self.build_library("plugin.cc"), SAMPLE_BYTES="1B")


if __name__ == "__main__":
    unittest.main()
