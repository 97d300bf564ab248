"""headroom convert: other tools read what it writes, and find the same in it."""
import gzip
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from tool import run as headroom

DATA = pathlib.Path(os.environ["HEADROOM_SOURCE"]) / "tests/formats/data"
GO_SERIES = sorted((DATA / "go-pprof").glob("*.pb.gz"))
GO_DUMP = DATA / "go-pprof/heap.07.pb.gz"
TRACE = DATA / "heaptrack/leaky.zst"


def pprof_top(profile, column):
    """{function: (flat, cumulative)} as `go tool pprof` has it."""
    out = subprocess.run(["go", "tool", "pprof", "-top", "-nodecount=0", "-nodefraction=0", "-unit=B", f"-sample_index={column}",
                          str(profile)], capture_output=True, text=True, check=True).stdout
    rows = {}
    for line in out.splitlines():
        match = re.match(r"\s*(-?[\d.]+)B?\s+[\d.]+%\s+[\d.]+%\s+([\d.]+)B?\s+[\d.]+%\s+(.*)$", line)
        if match:
            rows[match[3].removesuffix(" (inline)")] = (float(match[1]), float(match[2]))
    return rows


def folded_total(text):
    return sum(int(line.rsplit(" ", 1)[1]) for line in text.splitlines())


class Convert(unittest.TestCase):
    def setUp(self):
        self.directory = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.directory)

    def convert(self, to, *files, status=0):
        out = self.directory / "out"
        run = headroom("convert", "--to", to, *map(str, files), "-o", str(out))
        self.assertEqual(run.returncode, status, run.stderr)
        return out

    def test_go_tool_pprof_finds_the_same_in_the_copy_as_in_the_original(self):
        copy = self.convert("pprof", GO_DUMP)
        for column in ("inuse_space", "alloc_space"):
            original = pprof_top(GO_DUMP, column)
            self.assertGreater(len(original), 10)
            self.assertEqual(pprof_top(copy, column), original)

    def test_go_tool_pprof_finds_in_a_trace_what_heaptrack_print_finds(self):
        printed = subprocess.run(["heaptrack_print", str(TRACE)], capture_output=True, text=True, check=True).stdout
        leaked = re.search(r"total memory leaked: ([\d.]+)M", printed)
        rows = pprof_top(self.convert("pprof", TRACE), "inuse_space")
        total = sum(flat for flat, _ in rows.values())
        self.assertAlmostEqual(total / 1e6, float(leaked[1]), delta=0.01)
        self.assertEqual(rows["app::open_session"][0], 512 * 4096)

    def test_a_dump_of_jemalloc_becomes_a_profile_with_functions_lines_and_build_ids(self):
        program = self.directory / "leaky"
        shutil.copy(DATA.parent.parent / "debuginfo/data/leaky", program)
        text = (DATA / "jemalloc/leaky.10476.6.i6.heap").read_text()
        text = text.replace("10955129                   /tmp/leaky-demo/leaky", f"{program.stat().st_ino} {program}")
        dump = self.directory / "dump.heap"
        dump.write_text(text)
        profile = self.convert("pprof", dump)
        rows = pprof_top(profile, "inuse_space")
        self.assertAlmostEqual(sum(flat for flat, _ in rows.values()), 8479715, delta=20)
        self.assertEqual(rows["main"][0], 2 << 20)
        self.assertGreater(rows["app::session_leak"][1], 1.9e6)
        self.assertFalse([name for name in rows if "jemalloc" in name])
        raw = subprocess.run(["go", "tool", "pprof", "-raw", str(profile)], capture_output=True, text=True, check=True).stdout
        self.assertRegex(raw, rf"1: 0x[0-9a-f]+/0x[0-9a-f]+/0x1000 {re.escape(str(program))} "
                              "e2c67e2ca8c3fd99766e2f60c9407892efb8ad1d")
        self.assertRegex(raw, r"app::slow_leak(\(int\))? /.*leaky.cpp:29")

    def test_pprof_compares_two_dumps(self):
        one = self.convert("pprof", DATA / "go-pprof/heap.03.pb.gz").rename(self.directory / "one")
        other = self.convert("pprof", GO_DUMP)
        diff = subprocess.run(["go", "tool", "pprof", "-top", "-diff_base", str(one), str(other)], capture_output=True, text=True)
        self.assertEqual(diff.returncode, 0, diff.stderr)
        self.assertIn("main.openSession", diff.stdout)

    def test_folded_and_speedscope_hold_all_live_bytes(self):
        self.assertEqual(folded_total(self.convert("folded", GO_DUMP).read_text()), 7084889)
        scope = json.loads(self.convert("speedscope", GO_DUMP).read_text())
        self.assertEqual(sum(scope["profiles"][0]["weights"]), 7084889)
        self.assertEqual(scope["profiles"][0]["endValue"], 7084889)

    def test_a_series_becomes_one_jsonl(self):
        lines = self.convert("jsonl", *GO_SERIES).read_text().splitlines()
        self.assertEqual(len(lines), 8)
        last = json.loads(lines[-1])
        self.assertEqual(sum(site["live_bytes"] for site in last["sites"]), 7084889)
        self.assertEqual(last["sample_bytes"], 16384)

    def test_a_directory_takes_a_file_a_dump(self):
        out = self.directory / "profiles"
        out.mkdir()
        run = headroom("convert", "--to", "folded", *map(str, GO_SERIES), "-o", str(out))
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(len(list(out.iterdir())), 8)
        self.assertEqual(folded_total((out / "heap.07.pb.gz.folded").read_text()), 7084889)

    def test_several_files_do_not_go_into_one_profile(self):
        run = headroom("convert", "--to", "pprof", *map(str, GO_SERIES))
        self.assertEqual(run.returncode, 2)
        self.assertIn("give a directory with -o for 8 files", run.stderr)

    def test_standard_output_is_the_default(self):
        run = headroom("convert", "--to", "folded", str(GO_DUMP))
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(folded_total(run.stdout), 7084889)

    def test_a_bad_file_is_named_with_its_byte(self):
        bad = self.directory / "bad.pb"
        bad.write_bytes(gzip.decompress(GO_DUMP.read_bytes())[:2000])
        run = headroom("convert", "--to", "folded", str(bad))
        self.assertEqual(run.returncode, 3)
        self.assertEqual(len(run.stderr.splitlines()), 1)
        self.assertRegex(run.stderr, rf"^headroom: {re.escape(str(bad))}: byte \d+: ")

    def test_an_output_that_cannot_be_written_is_named(self):
        run = headroom("convert", "--to", "folded", str(GO_DUMP), "-o", "/no/such/directory/out")
        self.assertEqual(run.returncode, 2)
        self.assertIn("/no/such/directory/out cannot be written", run.stderr)


if __name__ == "__main__":
    unittest.main()
