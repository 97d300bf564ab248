"""Threads of every kind, and every moment of a process's life. All with every allocation sampled."""

import glob
import re
import signal
import unittest

import support


class ThreadsTest(support.WatchedTest):
    def start_sampling_all(self, *command, **options):
        return self.start_and_wait_until_done(*command, SAMPLE_BYTES="1B", **options)

    def assert_only_the_kept_remain(self, function, bytes_kept, blocks_kept):
        record = self.fresh_record()
        self.assertEqual(support.live_at(record, function), (bytes_kept, blocks_kept))
        self.assertEqual(record["health"]["samples_dropped"], 0)

    def test_what_short_threads_keep_is_known_exactly_and_nothing_else_remains(self):
        process = self.start_sampling_all(support.program("short_threads"))
        self.assert_only_the_kept_remain("Churn", 0, 0)
        self.assert_only_the_kept_remain("KeepForGood", 2000 * 100, 2000)
        self.assertEqual((self.finish(process), self.errors()), (0, ""))

    def test_allocations_before_constructors_and_after_destructors_pass(self):
        process = self.start_sampling_all(support.program("whole_life"))
        self.assertTrue(self.fresh_record()["armed"])
        self.assertEqual((self.finish(process), self.errors()), (0, ""))

    def test_a_library_may_allocate_and_start_threads_before_the_agents_constructor(self):
        early = self.build_library("early_and_late.cc", "-pthread")
        process = self.start_sampling_all(support.program("whole_life"), preload=f"{support.AGENT}:{early}")
        self.assertTrue(self.fresh_record()["armed"])
        self.assertEqual((self.finish(process), self.errors()), (0, ""))

    def test_the_agents_thread_takes_no_signal_of_the_program(self):
        process = self.start_sampling_all(support.program("plain"))
        self.fresh_record()
        threads = glob.glob(f"/proc/{process.pid}/task/*/status")
        status = next(text for text in map(support.read_text, threads) if text.startswith("Name:\theadroom\n"))
        blocked = int(re.search(r"^SigBlk:\t(\w+)$", status, re.MULTILINE).group(1), 16)
        open_ones = {number for number in range(1, 65) if not blocked >> (number - 1) & 1}
        the_c_librarys_own = {32, 33}
        self.assertEqual(open_ones, {signal.SIGKILL, signal.SIGSTOP} | the_c_librarys_own)

    def test_signal_handlers_may_allocate(self):
        process = self.start_sampling_all(support.program("signals"), "3000")
        self.assert_only_the_kept_remain("AllocateInHandler", 770, 10)
        self.assertEqual((self.finish(process), self.errors()), (0, ""))

    def test_signal_handlers_may_allocate_in_the_middle_of_an_allocation(self):
        allocator = self.build_library("async_signal_safe_malloc.c")
        process = self.start_sampling_all(support.program("signals"), "3000", "everywhere",
                                          preload=f"{support.AGENT}:{allocator}")
        # A handler's call stack goes on into what it interrupted; and one that interrupts a sampling is not sampled.
        for function, fewest in (("AllocateInHandler", 1), ("AllocateInMain", 0)):
            kept_bytes, kept_blocks = support.live_at(self.fresh_record(), function)
            self.assertEqual(kept_bytes, kept_blocks * 77)
            self.assertIn(kept_blocks, range(fewest, 11))
        self.assertEqual((self.finish(process), self.errors()), (0, ""))

    def test_threads_made_by_clone_may_allocate(self):
        process = self.start_sampling_all(support.program("raw_clone"))
        self.assert_only_the_kept_remain("AllocateInClone", 770, 10)
        self.assertEqual((self.finish(process), self.errors()), (0, ""))

    def test_fibers_on_stacks_that_come_and_go_may_allocate(self):
        process = self.start_sampling_all(support.program("fibers"))
        self.assert_only_the_kept_remain("AllocateInFiber", 770, 10)
        self.assertEqual((self.finish(process), self.errors()), (0, ""))


if __name__ == "__main__":
    unittest.main()
