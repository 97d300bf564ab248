"""The program gets the answers that its allocator gives without the agent, and every block is counted once."""

import unittest

import support

LIBRARIES = "/usr/lib/x86_64-linux-gnu/"
JEMALLOC = LIBRARIES + "libjemalloc.so.2"
TCMALLOC = LIBRARIES + "libtcmalloc_minimal.so.4"
MIMALLOC = LIBRARIES + "libmimalloc.so.2"
WAYS_TO_KEEP = ["Malloc", "Calloc", "Realloc", "FailedRealloc", "ReallocArray", "PosixMemalign", "AlignedAlloc",
                "Memalign", "Valloc", "Strdup", "New", "NewArray", "NothrowNew", "AlignedNew", "AlignedNewArray",
                "AlignedNothrowNew"]


def behind_the_agent(allocator):
    return f"{support.AGENT}:{allocator}" if allocator else support.AGENT


class SameAnswersTest(support.WatchedTest):
    def assert_same_answers(self, allocator, *without):
        command = [support.program("answers"), *("--without-" + part for part in without)]
        alone = self.run_unwatched(*command, preload=allocator)
        self.assertEqual(alone.returncode, 0)
        self.assertGreater(alone.stdout.count("\n"), 100)
        for settings in ({"SAMPLE_BYTES": "1B"}, {"SAMPLE_BYTES": "512B"}, {}, {"ENABLE": "0"}):
            with self.subTest(**settings):
                watched = self.run_watched(*command, preload=behind_the_agent(allocator), **settings)
                self.assertEqual(watched.stdout.splitlines(), alone.stdout.splitlines())
                self.assertEqual((watched.returncode, watched.stderr), (0, alone.stderr))

    def test_in_front_of_glibc(self):
        self.assert_same_answers(None)

    def test_in_front_of_jemalloc(self):
        self.assert_same_answers(JEMALLOC, "pvalloc")

    def test_in_front_of_tcmalloc(self):
        self.assert_same_answers(TCMALLOC)

    def test_in_front_of_mimalloc(self):
        self.assert_same_answers(MIMALLOC, "failing-new")


class CountedOnceTest(support.WatchedTest):
    """With SAMPLE_BYTES=1B every block is a sample of exactly its size."""

    def assert_counted_once(self, allocator):
        process = self.start(support.program("kept_blocks"), preload=behind_the_agent(allocator), SAMPLE_BYTES="1B")
        self.assertEqual(process.stdout.readline(), "kept\n")
        record = self.fresh_record()
        for way in WAYS_TO_KEEP:
            with self.subTest(way):
                self.assertEqual(support.live_at(record, "KeepBy" + way), (50 * 1000, 50))
        self.assertEqual(support.live_at(record, "KeepNothing"), (0, 0))
        self.send_line(process)
        self.assertEqual(process.stdout.readline(), "done\n")
        record = self.fresh_record()
        for way in WAYS_TO_KEEP:
            with self.subTest(way):
                self.assertEqual(support.live_at(record, "KeepBy" + way), (0, 0))
        self.assertEqual(record["health"]["samples_dropped"], 0)
        self.assertEqual(self.finish(process), 0)

    def test_in_front_of_glibc(self):
        self.assert_counted_once(None)

    def test_in_front_of_jemalloc(self):
        self.assert_counted_once(JEMALLOC)

    def test_in_front_of_tcmalloc(self):
        self.assert_counted_once(TCMALLOC)

    def test_in_front_of_mimalloc(self):
        self.assert_counted_once(MIMALLOC)


if __name__ == "__main__":
    unittest.main()
