import json
import os
import unittest

import tool

LISTING = os.path.join(os.environ["HEADROOM_SOURCE"], "include", "headroom", "options.def")
NAMES = ["ENABLE", "AUTOSTART", "SAMPLE_BYTES", "INTERVAL", "LIMIT", "WARN_WITHIN", "CRITICAL_WITHIN", "ALARM",
         "RECORDER", "KNOWLEDGE_DIR", "DUMP_DIR", "DUMP_INTERVAL", "CPU_BUDGET", "MEMORY_BUDGET", "SUPPRESS", "LOG"]


class OptionsTest(unittest.TestCase):
    def test_text_has_one_aligned_line_for_every_option(self):
        done = tool.run("options")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        head, *lines = done.stdout.splitlines()
        column = head.index("VARIABLE")
        self.assertEqual([line[column:].split()[0] for line in lines], ["HEADROOM_" + name for name in NAMES])
        default = head.index("DEFAULT")
        self.assertEqual([line[default:].split()[0] for line in lines],
                         ["1", "0", "512KiB", "10s", "auto", "7d", "1h", "stderr", "auto", "off", "off", "10m", "0.5%", "16MiB",
                          "none", "warning"])

    def test_json_says_the_same(self):
        done = tool.run("options", "--format=json")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        options = json.loads(done.stdout)
        self.assertEqual([option["option"] for option in options], NAMES)
        self.assertEqual(options[2], {
            "option": "SAMPLE_BYTES", "flag": "--sample-bytes", "variable": "HEADROOM_SAMPLE_BYTES",
            "default": "512KiB", "takes": "a size from 1B to 1GiB in B, KiB, MiB or GiB",
            "meaning": "mean bytes between samples; the governor may raise it and says so"})

    def test_every_line_of_the_table_is_listed(self):
        with open(LISTING, encoding="utf-8") as table:
            listed = [line.split("(")[1].split(",")[0] for line in table if line.startswith("HEADROOM_OPTION(")]
        self.assertEqual(listed, NAMES)

    def test_unknown_format_is_wrong_usage(self):
        done = tool.run("options", "--format=xml")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertEqual(done.stderr, "headroom: --format: xml not in {text,json} (see headroom options --help)\n")

    def test_extra_word_is_wrong_usage(self):
        done = tool.run("options", "LIMIT")
        self.assertEqual(done.returncode, 2)
        self.assertIn("LIMIT", done.stderr)


class UsageTest(unittest.TestCase):
    def assert_usage(self, arguments, message):
        done = tool.run(*arguments)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (2, "", f"headroom: {message}\n"))

    def test_help_names_every_command(self):
        done = tool.run("--help")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertRegex(done.stdout, r"(?m)^  run  ")
        self.assertRegex(done.stdout, r"(?m)^  options  ")

    def test_help_of_run_names_every_flag(self):
        done = tool.run("run", "--help")
        self.assertEqual(done.returncode, 0)
        for name in NAMES:
            self.assertIn("--" + name.lower().replace("_", "-") + " ", done.stdout)

    def test_version(self):
        done = tool.run("--version")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertRegex(done.stdout, r"^headroom \d+\.\d+\.\d+\n$")

    def test_no_command(self):
        self.assert_usage([], "a command is missing (see headroom --help)")

    def test_misspelt_command_is_answered_with_the_nearest(self):
        self.assert_usage(["optoins"], "there is no command 'optoins'; did you mean 'options'? (see headroom --help)")

    def test_unknown_command(self):
        self.assert_usage(["frobnicate"], "there is no command 'frobnicate' (see headroom --help)")

    def test_unknown_flag(self):
        self.assert_usage(["--verion"], "there is no option --verion (see headroom --help)")


if __name__ == "__main__":
    unittest.main()
