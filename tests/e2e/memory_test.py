"""What the agent takes of the memory that it guards."""

import sys
import unittest

import support

MIB = 1 << 20
KEEPS_MANY_BLOCKS = """
import threading
threading.Thread(target=lambda: None).start()
kept = [bytes(100 + i % 900) for i in range(300_000)]
print("done", flush=True)
input()
"""


class MemoryTest(support.WatchedTest):
    def assert_takes_at_most(self, most_bytes, *command, **options):
        idle = self.build_library("nothing.c", "-Wl,-z,nodelete")
        alone = self.start_and_wait_until_done(*command, preload=idle)
        watched = self.start_and_wait_until_done(*command, **options)
        record = self.fresh_record()
        self.assertLessEqual(record["health"]["agent_bytes"], most_bytes)
        self.assertLessEqual(support.resident_bytes(watched) - support.resident_bytes(alone), most_bytes)
        self.assertNotIn("armed", self.errors())  # "not armed", "disarmed"
        for process in (alone, watched):
            self.send_line(process)
            self.assertEqual(self.finish(process), 0)

    def test_at_rest_it_is_small(self):
        self.assert_takes_at_most(4 * MIB, support.program("plain"))

    def test_overwhelmed_it_keeps_to_its_budget(self):
        command = ["/usr/bin/env", "PYTHONMALLOC=malloc", sys.executable, "-c", KEEPS_MANY_BLOCKS]
        for budget_mib in (6, 16):
            with self.subTest(budget_mib=budget_mib):
                self.assert_takes_at_most(budget_mib * MIB, *command, SAMPLE_BYTES="1B",
                                          MEMORY_BUDGET=f"{budget_mib}MiB")


if __name__ == "__main__":
    unittest.main()
