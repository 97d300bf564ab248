"""However a program ends, it ends as it does without the agent: in the middle of allocations, ticks and files."""

import unittest

import support

TIMES = 8
WAYS = ["exit", "quick_exit", "_exit", "abort", "terminate", "signal", "exit-of-another-thread", "exec"]


class EndTest(support.WatchedTest):
    def assert_ends_alike(self, *command):
        alone = self.run_unwatched(*command)
        for settings in ({"SAMPLE_BYTES": "1B", "INTERVAL": "10ms"}, {"SAMPLE_BYTES": "64KiB", "INTERVAL": "10ms"}, {}):
            for _ in range(TIMES):
                watched = self.run_watched(*command, **settings)
                self.assertEqual((watched.returncode, watched.stdout, watched.stderr),
                                 (alone.returncode, alone.stdout, alone.stderr))

    def test_in_the_middle_of_what_other_threads_allocate(self):
        for way in WAYS:
            with self.subTest(way):
                self.assert_ends_alike(support.program("ends"), way)

    def test_after_its_main_thread(self):
        self.assert_ends_alike(support.program("main_ends_first"))


if __name__ == "__main__":
    unittest.main()
