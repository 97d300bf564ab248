"""Other libraries that take malloc's place beside the agent."""

import os
import re
import unittest

import support

HEAPTRACK = "/usr/lib/heaptrack/libheaptrack_preload.so"
MEMUSAGE = "/usr/lib/x86_64-linux-gnu/libmemusage.so"


class NeighboursTest(support.WatchedTest):
    def assert_both_count(self, preload, neighbours_words, most_own_bytes=0, environment=None):
        """`most_own_bytes`: what the neighbour itself adds to the blocks or keeps in the program's calls."""
        command = [support.program("kept_blocks")]
        if environment:
            command = ["/usr/bin/env", *environment, f"LD_PRELOAD={preload}", *command]
        process = self.start(*command, preload=None if environment else preload, SAMPLE_BYTES="1B")
        self.assertEqual(process.stdout.readline(), "kept\n")
        record = self.fresh_record()
        for way in ("Malloc", "New", "Realloc", "AlignedNew"):
            kept_bytes, kept_blocks = support.live_at(record, "KeepBy" + way)
            self.assertTrue(50 * 1000 <= kept_bytes <= 50 * 1000 + most_own_bytes, f"{way}: {kept_bytes}")
            self.assertGreaterEqual(kept_blocks, 50, way)
        self.send_line(process)
        self.wait_until_done(process)
        self.assertLessEqual(support.live_at(self.fresh_record(), "KeepByMalloc")[0], most_own_bytes)
        self.assertEqual(self.finish(process), 0)
        self.assertRegex(self.errors(), neighbours_words)

    def assert_both_count_in_either_order(self, neighbour, neighbours_words, **options):
        for preload in (f"{neighbour}:{support.AGENT}", f"{support.AGENT}:{neighbour}"):
            with self.subTest(preload=preload):
                self.assert_both_count(preload, neighbours_words, **options)

    def test_before_and_after_the_agent(self):
        self.assert_both_count_in_either_order(self.build_library("counting_malloc.c"),
                                               r"\Aneighbour: [1-9]\d\d+ mallocs, [1-9]\d\d+ frees\n\Z")

    @unittest.skipUnless(os.path.exists(MEMUSAGE), "libc-devtools is not installed")
    def test_memusage_before_and_after_the_agent(self):
        self.assert_both_count_in_either_order(MEMUSAGE, r"Memory usage summary:.* heap total: [1-9]\d{5}", most_own_bytes=50 * 16)

    def test_heaptrack_before_and_after_the_agent(self):
        trace = self.path("heaptrack")
        self.assert_both_count_in_either_order(HEAPTRACK, r"\A\Z", most_own_bytes=5000, environment=[f"DUMP_HEAPTRACK_OUTPUT={trace}"])
        blocks_of_1000_bytes = re.findall(r"^\+ 3e8 ", support.read_text(trace), re.MULTILINE)
        self.assertGreaterEqual(len(blocks_of_1000_bytes), 50 * 8)

    def test_one_that_tells_where_a_program_dies_tells_it_on_both_sides_of_the_agent(self):
        neighbour = self.build_library("fault_handler.c")
        for way in ("abort", "signal"):
            command = [support.program("ends"), way]
            alone = self.run_unwatched(*command, preload=neighbour)
            self.assertRegex(alone.stderr, r"\Aneighbour: signal \d+, a stack\n\Z")
            for preload in (f"{neighbour}:{support.AGENT}", f"{support.AGENT}:{neighbour}"):
                with self.subTest(way, preload=preload):
                    watched = self.run_watched(*command, preload=preload, SAMPLE_BYTES="1B", INTERVAL="10ms")
                    self.assertEqual((watched.returncode, watched.stdout, watched.stderr), (alone.returncode, alone.stdout, alone.stderr))

    def test_on_both_sides_of_the_agent_answers_stay_the_same(self):
        command = support.program("answers")
        neighbour = self.build_library("counting_malloc.c")
        other = self.build_library("other_counting_malloc.c")
        alone = self.run_unwatched(command, preload=f"{neighbour}:{other}")
        watched = self.run_watched(command, preload=f"{neighbour}:{support.AGENT}:{other}", SAMPLE_BYTES="1B")
        self.assertEqual((watched.returncode, watched.stdout), (0, alone.stdout))


if __name__ == "__main__":
    unittest.main()
