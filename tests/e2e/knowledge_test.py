"""What one life of a program teaches the next: a cache that filled to its bound, and not a leak."""

import os
import struct
import unittest

import support

MIB = 1 << 20
# src/knowledge/format.cc
FILE_HEADER, BUILD_HEADER, SITE = struct.Struct("<8sIIQQ"), struct.Struct("<64sdQ13fI"), struct.Struct("<QQf13f")


SCALE = 5  # samples older than 1.28 s at a tick of 10 ms


def known_levels(path):
    """What every site of the file's first build held in old samples."""
    try:
        with open(path, "rb") as file:
            content = file.read()
    except FileNotFoundError:
        return []
    sites = BUILD_HEADER.unpack_from(content, FILE_HEADER.size)[-1]
    begin = FILE_HEADER.size + BUILD_HEADER.size
    return [SITE.unpack_from(content, begin + i * SITE.size)[3 + SCALE] for i in range(sites)]


class KnowledgeTest(support.WatchedTest):
    def setUp(self):
        super().setUp()
        self.knowledge_directory = self.path("knowledge")
        os.mkdir(self.knowledge_directory)

    def file_of(self, program):
        return os.path.join(self.knowledge_directory, f"e2e_{program}.{os.geteuid()}.knowledge")

    def start_knowing(self, program, *arguments, **options):
        return self.start(support.program(program), *arguments, KNOWLEDGE_DIR=self.knowledge_directory + "/", **options)


class TwoLivesTest(KnowledgeTest):
    """64 MiB of cache within 4 s, 3 MiB/s of leak, a limit of 160 MiB; 10.24 s are a life that teaches something."""

    def live(self):
        return self.start_knowing("cache_and_leak", "64", "4", "3072", INTERVAL="10ms", SAMPLE_BYTES="64KiB",
                                  LIMIT="160MiB", deadline_s=60)

    def wait_for_alarm_about(self, function):
        return self.wait_for_alarm(lambda event: support.names_function(event["site"]["frames"], function), 40)

    def test_the_cache_is_learned_and_the_leak_is_not(self):
        first = self.live()
        self.assertRegex(self.fresh_record()["knowledge"], "^nothing from earlier starts yet, in /")
        self.wait_for_alarm_about("CacheReply")
        path = self.file_of("cache_and_leak")
        support.wait_for(lambda: any(level > 32 * MIB for level in known_levels(path)), "the cache to be learned", 40)
        self.wait_for_alarm_about("RememberRefusal")
        self.end(first)
        learned = [level for level in known_levels(path) if level > 6 * MIB]
        self.assertEqual(len(learned), 1, "more than 24 MiB have leaked")
        os.remove(self.alarm_path)
        self.live()
        self.assertRegex(self.fresh_record()["knowledge"],
                         r"^[1-9]\d* call stacks of this build and 0 of another, from /")
        self.wait_for_alarm_about("RememberRefusal")
        for event in support.read_alarms(self.alarm_path):
            self.assertFalse(support.names_function(event["site"]["frames"], "CacheReply"), event)
        self.assertEqual(self.agent_lines(), [])


class RefusedTest(KnowledgeTest):
    """A file that cannot be used is named in one line, and costs nothing else."""

    def assert_said(self, line, words):
        process = self.start_knowing("plain")
        self.wait_until_done(process)
        self.assertRegex(self.fresh_record()["knowledge"], words)
        self.assertEqual(self.finish(process), 0)
        self.assertEqual(len(self.agent_lines()), 1, self.errors())
        self.assertRegex(self.agent_lines()[0], line)

    def write(self, content, mode=0o600):
        with open(self.file_of("plain"), "wb") as file:
            file.write(content)
        os.chmod(self.file_of("plain"), mode)

    def test_a_damaged_file(self):
        self.write(b"HEADKNOW")
        self.assert_said(r"^headroom: knowledge is damaged and made anew: /\S+\.knowledge: byte 8: the file ends",
                         "^nothing from earlier starts yet")

    def test_a_foreign_file(self):
        self.write(b"precious")
        self.assert_said(r"^headroom: knowledge is not used: /\S+\.knowledge: byte 0: no knowledge of headroom",
                         r"^nothing: /\S+\.knowledge: byte 0")
        self.assertEqual(support.read_text(self.file_of("plain")), "precious")

    def test_a_symbolic_link(self):
        os.symlink("/etc/passwd", self.file_of("plain"))
        self.assert_said("^headroom: knowledge is not used: .*: it is a symbolic link .HR-308.$", "symbolic link")

    def test_a_file_that_others_can_write(self):
        self.write(b"", 0o666)
        self.assert_said("^headroom: knowledge is not used: .*: others can write it .HR-308.$", "others can write it")


if __name__ == "__main__":
    unittest.main()
