"""A program that forbids itself system calls, by a seccomp filter that lets them fail, runs on, and so does its watch."""

import os
import unittest

import support

# Of x86-64; man 2 syscalls.
CALLS = {"rt_sigprocmask": 14, "madvise": 28, "nanosleep": 35, "getpid": 39, "clone": 56, "gettid": 186,
         "clock_nanosleep": 230, "openat": 257, "clone3": 435, "mmap": 9, "fstat": 5, "poll": 7, "newfstatat": 262}


class FilterTest(support.WatchedTest):
    def start_without(self, *calls, **options):
        process = self.start(support.program("filtered"), *(str(CALLS[call]) for call in calls), LIMIT="64MiB",
                             SAMPLE_BYTES="16KiB", **options)
        self.assertEqual(process.stdout.readline(), "started\n")
        self.fresh_record()
        self.send_line(process)
        self.wait_until_done(process)
        return process

    def test_without_files_threads_and_the_usual_ways_to_sleep_the_alarm_comes_on_standard_error(self):
        process = self.start_without("madvise", "nanosleep", "clock_nanosleep", "getpid", "gettid", "clone", "clone3",
                                     "openat", ALARM="stderr")
        support.wait_for(lambda: "memory leak" in self.errors(), "an alarm")
        self.assertIsNone(process.poll())

    def test_where_memory_cannot_be_asked_for_its_readability_stacks_are_short_and_nothing_else_is_wrong(self):
        process = self.start_without("rt_sigprocmask")
        event = self.wait_for_alarm(lambda event: event["severity"] != "notice")
        self.assertTrue(support.names_function(event["site"]["frames"], "LeakBehindFilter"))
        self.assertIsNone(process.poll())

    def test_without_any_way_to_sleep_the_agent_disarms_and_says_so(self):
        process = self.start_without("nanosleep", "clock_nanosleep", "poll")
        support.wait_for(lambda: "disarmed" in self.errors(), "a line")
        self.assertEqual(len(self.agent_lines()), 1)
        support.wait_for(lambda: len(os.listdir(f"/proc/{process.pid}/task")) == 1, "the end of the agent's thread")


if __name__ == "__main__":
    unittest.main()
