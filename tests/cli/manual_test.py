"""The manual pages that the build makes: complete, and without a complaint of those who render them."""
import json
import os
import re
import subprocess
import unittest

import tool

SHARE = os.path.join(tool.BUILD, "share", "man")
PAGES = [os.path.join(SHARE, "man1", "headroom.1"), os.path.join(SHARE, "man7", "headroom-options.7")]


def rendered(page):
    return subprocess.run(["man", "--warnings", "-E", "UTF-8", "-l", "-P", "cat", page], capture_output=True, text=True,
                          env={**os.environ, "MANWIDTH": "200", "MAN_KEEP_FORMATTING": "", "LC_ALL": "C.UTF-8"},
                          timeout=60, check=True)


def commands():
    return re.findall(r"(?m)^  (\w+)  ", tool.run("--help").stdout.split("Subcommands:")[1])


def flags_of(command):
    """As --help has them."""
    return set(re.findall(r"(?m)^ +(?:-\w,)?(--[\w-]+)", tool.run(command, "--help").stdout)) - {"--help"}


class ManualTest(unittest.TestCase):
    def test_groff_and_mandoc_have_nothing_to_complain_about(self):
        for page in PAGES:
            self.assertEqual(rendered(page).stderr, "")
            lint = subprocess.run(["mandoc", "-Tlint", "-Wwarning", page], capture_output=True, text=True, timeout=60,
                                  check=False)
            complaints = [line for line in lint.stdout.splitlines() if "missing date" not in line]  # a build is repeatable
            self.assertEqual(complaints, [])

    def test_every_command_and_each_of_its_flags_is_in_the_manual(self):
        text = rendered(PAGES[0]).stdout
        self.assertGreater(len(commands()), 6)
        for command in commands():
            section = re.search(rf"(?ms)^   headroom {command} .*?(?=^   headroom |^[A-Z])", text)
            self.assertIsNotNone(section, command)
            for flag in flags_of(command):
                self.assertIn(flag, section.group(0))

    def test_every_option_is_in_its_manual_with_default_and_range(self):
        text = " ".join(rendered(PAGES[1]).stdout.split())
        for option in json.loads(tool.run("options", "--format=json").stdout):
            for field in ("variable", "flag", "default", "takes", "meaning"):
                self.assertIn(" ".join(option[field].split()), text)

    def test_every_code_is_in_the_manual(self):
        with open(os.path.join(os.environ["HEADROOM_SOURCE"], "src/alarm/codes.def"), encoding="utf-8") as file:
            for number in re.findall(r"(?m)^HEADROOM_CODE\((\d+),", file.read()):
                self.assertIn("HR-" + number, rendered(PAGES[0]).stdout)

    def test_what_the_build_uses_is_no_command_for_people(self):
        self.assertNotIn("generate", rendered(PAGES[0]).stdout + tool.run("--help").stdout)
        self.assertIn("there is no command 'generat' ", tool.run("generat").stderr)


if __name__ == "__main__":
    unittest.main()
