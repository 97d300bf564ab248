"""headroom diff: two dumps, what grew and what shrank."""
import json
import os
import pathlib
import tempfile
import unittest

from tool import run as headroom

DATA = pathlib.Path(os.environ["HEADROOM_SOURCE"]) / "tests/formats/data/go-pprof"
BEFORE, AFTER = str(DATA / "heap.03.pb.gz"), str(DATA / "heap.07.pb.gz")


def snapshot(sites):
    return json.dumps({"sites": [{"stack": stack, "live_bytes": live} for stack, live in sites]}) + "\n"


class Diff(unittest.TestCase):
    def diff(self, before, after, *options):
        with tempfile.TemporaryDirectory() as directory:
            for name, text in (("a", before), ("b", after)):
                pathlib.Path(directory, name).write_text(text)
            return headroom("diff", f"{directory}/a", f"{directory}/b", *options)

    def test_the_greatest_growth_comes_first_and_shrinkage_last(self):
        run = self.diff(snapshot([[["shrinks", "main"], 5000], [["steady", "main"], 10]]),
                        snapshot([[["grows", "main"], 9000], [["steady", "main"], 10], [["shrinks", "main"], 1000]]))
        self.assertEqual(run.returncode, 0, run.stderr)
        rows = [line.split() for line in run.stdout.splitlines()]
        self.assertEqual(len(rows), 4, run.stdout)
        self.assertIn("grows", rows[1])
        self.assertTrue(rows[1][0].startswith("+"))
        self.assertIn("shrinks", rows[2])
        self.assertTrue(rows[2][0].startswith("-"))

    def test_json_has_every_site_and_the_totals(self):
        run = headroom("diff", BEFORE, AFTER, "--format", "json")
        self.assertEqual(run.returncode, 0, run.stderr)
        diff = json.loads(run.stdout)
        self.assertEqual(diff["before_bytes"], 5507709)
        self.assertEqual(diff["after_bytes"], 7084889)
        self.assertEqual(diff["diff_bytes"], 7084889 - 5507709)
        self.assertEqual(sum(site["diff_bytes"] for site in diff["sites"]), diff["diff_bytes"])
        changes = [site["diff_bytes"] for site in diff["sites"]]
        self.assertEqual(changes, sorted(changes, reverse=True))
        self.assertTrue(diff["sites"][0]["frames"][0]["function"])

    def test_top_bounds_the_table_not_the_total(self):
        run = headroom("diff", BEFORE, AFTER, "--top", "2")
        self.assertEqual(len(run.stdout.splitlines()), 4, run.stdout)

    def test_a_dump_against_itself_has_no_rows(self):
        run = headroom("diff", AFTER, AFTER)
        self.assertEqual(run.returncode, 0)
        self.assertEqual(len(run.stdout.splitlines()), 2, run.stdout)

    def test_an_unreadable_file_is_named(self):
        run = headroom("diff", BEFORE, "/no/such/file")
        self.assertEqual(run.returncode, 3)
        self.assertIn("/no/such/file", run.stderr)


if __name__ == "__main__":
    unittest.main()
