"""What is wrong in the environment is said in one line, and the program runs as ever, with the default."""

import unittest

import support


class BadOptionsTest(support.WatchedTest):
    def assert_one_line(self, pattern, **options):
        process = self.start_and_wait_until_done(support.program("plain"), **options)
        support.wait_for(self.agent_lines, "a line about " + pattern)
        if "RECORDER" not in options and "INTERVAL" not in options:
            self.assertTrue(self.fresh_record()["armed"])
        self.assertEqual(self.finish(process), 0)
        self.assertRegex(self.errors(), rf"\Aheadroom: {pattern}[^\n]*\n\Z")

    def test_unknown_option_is_named_with_the_nearest(self):
        self.assert_one_line("HEADROOM_SAMPEL_BYTES is not an option .*; did you mean HEADROOM_SAMPLE_BYTES",
                             SAMPEL_BYTES="1KiB")

    def test_unknown_option_without_a_near_one(self):
        self.assert_one_line("HEADROOM_FOO is not an option and is ignored", FOO="1")

    def test_size_that_is_none(self):
        self.assert_one_line("HEADROOM_SAMPLE_BYTES=abc is not taken; it takes a size .*512KiB", SAMPLE_BYTES="abc")

    def test_duration_that_is_none(self):
        self.assert_one_line("HEADROOM_WARN_WITHIN=10x is not taken; it takes a duration .*7d", WARN_WITHIN="10x")
        self.assert_one_line("HEADROOM_INTERVAL=10x is not taken; it takes a duration .*10s", INTERVAL="10x")

    def test_flag_that_is_none(self):
        self.assert_one_line("HEADROOM_ENABLE=maybe is not taken; it takes 0 or 1.*default 1", ENABLE="maybe")

    def test_sink_that_is_none(self):
        self.assert_one_line("HEADROOM_ALARM=pigeon is not taken; it takes .*file:", ALARM="pigeon")

    def test_alarm_file_that_cannot_be_written(self):
        for path in ("/nonexistent/alarms.jsonl", "/proc/alarms.jsonl"):
            with self.subTest(path):
                self.assert_one_line(f"alarms do not reach file:{path}: ", ALARM="file:" + path)

    def test_alarm_file_that_is_a_directory(self):
        self.assert_one_line(f"alarms do not reach file:{self.directory}: ", ALARM="file:" + self.directory)

    def test_alarm_file_beside_another_sink(self):
        self.assert_one_line("alarms do not reach file:/nonexistent/a.jsonl: ",
                             ALARM="stderr,file:/nonexistent/a.jsonl")

    def test_recorder_that_cannot_be_written(self):
        self.assert_one_line("flight recorder: /nonexistent/record.hr: ", RECORDER="/nonexistent/record.hr")

    def test_recorder_that_is_a_directory(self):
        self.assert_one_line(f"flight recorder: {self.directory}: ", RECORDER=self.directory)

    def test_several_mistakes_have_a_line_each(self):
        process = self.start_and_wait_until_done(support.program("plain"), FOO="1", SAMPLE_BYTES="-3", LOG="loud")
        self.fresh_record()
        self.assertEqual(self.finish(process), 0)
        lines = self.agent_lines()
        self.assertEqual(len(lines), 3, lines)
        for name in ("HEADROOM_FOO", "HEADROOM_SAMPLE_BYTES=-3", "HEADROOM_LOG=loud"):
            self.assertEqual(sum(name in line for line in lines), 1, lines)


if __name__ == "__main__":
    unittest.main()
