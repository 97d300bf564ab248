"""bench/run as whoever quotes its figures meets it."""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

RUN = Path(os.environ["HEADROOM_SOURCE"]) / "bench/run"


def run(*arguments, **environment):
    return subprocess.run([RUN, *arguments], env={**os.environ, **environment}, capture_output=True, text=True, timeout=300)


class TheOneTable(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as name:
            cls.done = run("--quick", "--only", "start", "--only", "tool", "--no-install", "--write", name)
            cls.text = (Path(name) / "performance.md").read_text()
            cls.figures = json.loads((Path(name) / "performance.json").read_text())

    def test_is_printed_and_written_alike(self):
        self.assertEqual(self.done.returncode, 0, self.done.stderr)
        self.assertIn(self.text, self.done.stdout)

    def test_has_a_figure_or_a_reason_in_every_cell(self):
        names = [line.split("**")[1] for line in self.text.splitlines() if line.startswith("- **")]
        self.assertIn("jemalloc", names)
        self.assertGreaterEqual(len(self.figures["rows"]), 5)
        for row in self.figures["rows"]:
            for name in names:
                self.assertTrue(name in row["values"] or row["reasons"].get(name), f"{row['name']}, {name}")

    def test_has_figures_of_headroom_in_every_row(self):
        for row in self.figures["rows"]:
            figures = row["values"]["headroom"]
            self.assertLessEqual(figures["min"], figures["median"])
            self.assertLessEqual(figures["median"], figures["max"])
            self.assertGreaterEqual(figures["rounds"], 3)

    def test_tells_the_machine_without_names_and_paths(self):
        self.assertIn("processor", self.figures["machine"])
        self.assertNotIn(os.uname().nodename, self.text)
        self.assertNotIn("/tmp", self.text)


class WithoutABuild(unittest.TestCase):
    def test_it_says_what_to_do(self):
        done = run("--quick", "--no-install", HEADROOM_BUILD="/nonexistent")
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, "nothing to measure: there is no /nonexistent/libheadroom_preload.so. Build it")


if __name__ == "__main__":
    unittest.main()
