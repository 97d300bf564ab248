"""The agent's own lines never harm the program whose standard error they share."""

import fcntl
import os
import resource
import unittest

import support


def take_address_space():
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))


class StderrTest(support.WatchedTest):
    def test_nothing_is_written_into_a_file_that_came_in_the_place_of_stderr(self):
        data = self.path("data")
        self.start_and_wait_until_done(support.program("reuses_stderr"), data, FOO="1", LIMIT="64MiB",
                                       SAMPLE_BYTES="16KiB", ALARM="stderr,file:" + self.alarm_path)
        self.wait_for_alarm(lambda event: event["severity"] != "notice")
        self.assertEqual(support.read_text(data), "data")

    def assert_runs_with_stderr(self, descriptor):
        """The agent has something to say from its thread, and before main: that there is no memory for its tables."""
        for popen, options in ({}, {"FOO": "1"}), ({"preexec_fn": take_address_space}, {"MEMORY_BUDGET": "4GiB"}):
            with self.subTest(**options):
                process = self.start(support.program("plain"), popen={"stderr": descriptor, **popen}, **options)
                self.wait_until_done(process)
                self.assertEqual(self.finish(process), 0)

    def test_a_pipe_that_nobody_reads_any_more_kills_nobody(self):
        reader, writer = os.pipe()
        os.close(reader)
        self.addCleanup(os.close, writer)
        self.assert_runs_with_stderr(writer)

    def test_a_pipe_that_is_full_stops_nobody(self):
        reader, writer = os.pipe()
        self.addCleanup(os.close, reader)
        self.addCleanup(os.close, writer)
        os.write(writer, b"x" * fcntl.fcntl(writer, fcntl.F_GETPIPE_SZ))
        self.assert_runs_with_stderr(writer)


if __name__ == "__main__":
    unittest.main()
