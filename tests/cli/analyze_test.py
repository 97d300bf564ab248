import gzip
import json
import os
import pathlib
import pty
import select
import shutil
import subprocess
import tempfile
import unittest

import tool

DATA = pathlib.Path(os.environ["HEADROOM_SOURCE"]) / "tests/formats/data"


def line(time_s, sites, **extra):
    return json.dumps({"time_s": time_s, **extra, "sites": sites}) + "\n"


def site(name, live, died=0, size=4096):
    return {"stack": [name, "main"], "live_bytes": live * size, "live_samples": live,
            "born_bytes": (live + died) * size, "born_samples": live + died,
            "died_bytes": died * size, "died_samples": died}


def leaking(dumps=12, gap=3600, **extra):
    return "".join(line(1.7e9 + gap * i, [site("leak", 100 + 40 * i), site("constant", 500)], **extra)
                   for i in range(dumps))


def quiet(dumps=12, gap=3600):
    return "".join(line(1.7e9 + gap * i, [site("constant", 500)]) for i in range(dumps))


class AnalyzeTest(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = pathlib.Path(directory.name)

    def file(self, content, name="series.jsonl"):
        path = self.directory / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    def samples(self, kind):
        """A copy of the dumps with the times they were taken at."""
        target = self.directory / kind
        shutil.copytree(DATA / kind, target)
        for row in (DATA / "manifest.tsv").read_text().splitlines()[1:]:
            name, _, mtime = row.split("\t")
            if name.startswith(kind + "/"):
                os.utime(self.directory / name, (float(mtime), float(mtime)))
        return str(target)

    def events(self, *arguments, code=1):
        done = tool.run("analyze", "--format=json", *arguments)
        self.assertEqual(done.returncode, code, done.stderr)
        return [json.loads(text) for text in done.stdout.splitlines()]

    def test_a_leak_is_told_with_exit_code_1(self):
        done = tool.run("analyze", self.file(leaking()))
        self.assertEqual((done.returncode, done.stderr), (1, ""))
        self.assertTrue(done.stdout.startswith("leak: leak, about 3.8 MiB/day"), done.stdout)
        self.assertIn("steady        constant", done.stdout)

    def test_no_leak_is_exit_code_0(self):
        done = tool.run("analyze", self.file(quiet()))
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertTrue(done.stdout.startswith("no leak found\n"), done.stdout)

    def test_json_is_the_alarm_event(self):
        event, = self.events(self.file(leaking(limit_bytes=1 << 30, used_bytes=1 << 28)))
        self.assertEqual((event["event"], event["state"], event["verdict"]), ("alarm", "firing", "leak"))
        self.assertEqual([frame["function"] for frame in event["site"]["frames"]], ["leak", "main"])
        self.assertEqual(event["exhaustion"]["limit_bytes"], 1 << 30)
        self.assertAlmostEqual(event["growth_bytes_per_s"]["estimate"], 40 * 4096 / 3600, delta=0.5)
        self.assertEqual(event["time"], "2023-11-15T09:13:20.000Z")

    def test_the_limit_gives_the_time_left(self):
        event, = self.events("--limit=64MiB", self.file(leaking()))
        eta = event["exhaustion"]["eta_s"]
        truth = ((64 << 20) - 1040 * 4096) / (40 * 4096 / 3600)
        self.assertLess(abs(eta["estimate"] - truth), 0.15 * truth)
        self.assertTrue(eta["low"] < eta["estimate"] < eta["high"])

    def test_replay_tells_each_alarm_at_its_time(self):
        path = self.file(leaking(dumps=1000, gap=10, limit_bytes=200 << 20, used_bytes=100 << 20))
        events = self.events("--replay", path)
        self.assertEqual(events[0]["state"], "firing")
        times = [event["time_s"] for event in events]
        self.assertEqual(times, sorted(times))
        self.assertTrue(1.7e9 < times[0] < 1.7e9 + 9990)
        text = tool.run("analyze", "--replay", path).stdout
        self.assertTrue(text.startswith("2023-11-15 00:2"), text)  # four sevenths of the room are eaten: it began with the series

    def test_output_goes_to_a_file(self):
        out = self.directory / "report.txt"
        done = tool.run("analyze", "-o", str(out), self.file(leaking()))
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertTrue(out.read_text().startswith("leak: "))

    def test_suppressed_leaks_are_not_told(self):
        known = self.file("# known\nleak:^leak$\n", "known.supp")
        done = tool.run("analyze", "--suppress", known, self.file(leaking()))
        self.assertEqual(done.returncode, 0)
        self.assertIn("1 call stack suppressed", done.stdout)

    def test_bad_lines_are_named_and_the_rest_is_judged(self):
        lines = leaking().splitlines(keepends=True)
        lines.insert(3, "nonsense\n")
        lines.insert(6, lines[1])
        done = tool.run("analyze", self.file("".join(lines)))
        self.assertEqual(done.returncode, 3)
        self.assertIn("series.jsonl: line 4: expected a JSON object", done.stderr)
        self.assertIn("series.jsonl: line 7: \"time_s\" goes back in time", done.stderr)
        self.assertEqual(done.stderr.count("\n"), 2)
        self.assertTrue(done.stdout.startswith("leak: leak"), done.stdout)

    def test_a_bad_file_of_a_good_series_is_named(self):
        directory = pathlib.Path(self.samples("jemalloc"))
        cut = directory / "leaky.10476.3.i3.heap"
        cut.write_bytes(cut.read_bytes()[:2000])
        for path in directory.iterdir():
            if path != cut:
                continue
            os.utime(path, (1795325479.494, 1795325479.494))
        done = tool.run("analyze", str(directory))
        self.assertEqual(done.returncode, 3)
        self.assertIn("leaky.10476.3.i3.heap: line ", done.stderr)
        self.assertEqual(done.stderr.count("\n"), 1)
        self.assertIn("6 dumps (jemalloc heap_v2)", done.stdout)

    def test_what_cannot_be_read_is_exit_code_3(self):
        for content, words in ((b"", "byte 0: the file is empty"), (b"\x7fELF", "no known format")):
            done = tool.run("analyze", self.file(content))
            self.assertEqual((done.returncode, done.stdout), (3, ""))
            self.assertIn(words, done.stderr)
            self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        done = tool.run("analyze", str(self.directory / "missing"))
        self.assertEqual(done.returncode, 3)
        self.assertIn("missing: cannot be read: No such file", done.stderr)

    def test_packed_input_that_is_cut_off_is_named_and_the_rest_judged(self):
        done = tool.run("analyze", self.file(gzip.compress(leaking().encode())[:200], "series"))
        self.assertEqual(done.returncode, 3)
        self.assertIn("series: ends in the middle of its gzip data", done.stderr)
        self.assertIn(" dumps (jsonl) over ", done.stdout)

    def test_packed_input_is_read(self):
        self.assertEqual(len(self.events(self.file(gzip.compress(leaking().encode()), "series"))), 1)

    def test_one_series_has_one_format(self):
        directory = self.samples("gperftools-heapprofile")
        done = tool.run("analyze", directory, self.file(leaking(), "a.jsonl"))
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("one series has one format", done.stderr)
        done = tool.run("analyze", directory, self.samples("jemalloc"))  # whose times do not go on from those
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("one series has one format", done.stderr)
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)

    def test_copied_files_need_every(self):
        directory = self.samples("jemalloc")
        for path in pathlib.Path(directory).iterdir():
            os.utime(path, (1700000000, 1700000000))
        done = tool.run("analyze", directory)
        self.assertEqual(done.returncode, 2)
        self.assertIn("give --every", done.stderr)
        self.assertEqual(len(self.events("--every=1500ms", directory)), 4)

    def test_wrong_usage_is_exit_code_2(self):
        for arguments in (["--limit=lots", "x"], ["--every=soon", "x"], ["--format=xml", "x"], [],
                          ["--suppress=/nowhere", "x"]):
            self.assertEqual(tool.run("analyze", *arguments).returncode, 2, arguments)

    def leaks_in(self, path):
        """{innermost offset or function: rate} of what is called a leak."""
        return {event["site"]["frames"][0]["function"] or event["site"]["frames"][0]["offset"]:
                event["growth_bytes_per_s"]["estimate"] for event in self.events(path) if event["verdict"] == "leak"}

    def test_the_leaks_of_a_real_series_are_found_and_nothing_else(self):
        # The program's leaking calls, as offsets in its file: open_session, slow_leak, make_label's two.
        leaks = {0x15cd, 0x1ad1, 0x1818, 0x17dd}
        self.assertEqual(set(self.leaks_in(self.samples("gperftools-heapprofile"))), leaks)
        rates = self.leaks_in(self.samples("jemalloc"))
        self.assertEqual(set(rates), leaks)
        self.assertAlmostEqual(rates[0x15cd] / rates[0x1ad1], 2, delta=0.4)

    def test_the_leaks_that_massif_saw_are_found(self):
        os.makedirs(self.directory / "valgrind", exist_ok=True)
        leaks = self.leaks_in(str(DATA / "valgrind/massif.out.gz"))
        self.assertIn("app::open_session()", leaks)
        self.assertIn("app::slow_leak(int)", leaks)
        self.assertNotIn("main", leaks)
        self.assertIn("the dumps do not count blocks", tool.run("analyze", str(DATA / "valgrind/massif.out.gz")).stdout)

    def test_every_stack_of_a_real_trace_gets_the_verdict_it_deserves(self):
        done = tool.run("analyze", str(DATA / "heaptrack/leaky.zst"), env=tool.environment(COLUMNS="200"))
        self.assertEqual((done.returncode, done.stderr), (1, ""))
        verdicts = [line.split(maxsplit=1) for line in done.stdout.splitlines()[1:] if line.startswith(("leak ", "steady "))]
        leaks = [name for verdict, name in verdicts if verdict == "leak"]
        steady = " ".join(name for verdict, name in verdicts if verdict == "steady")
        self.assertEqual(leaks, ["app::open_session", "app::slow_leak", "make_label", "make_label"])
        for innocent in ("main,", "app::Lru<char, 256ul>::put,", "app::sawtooth,"):
            self.assertIn(innocent, steady)

    def test_gos_leaks_are_found_and_nothing_else(self):
        directory = pathlib.Path(self.samples("go-pprof"))
        (directory / "heap.debug1.txt.gz").unlink()
        self.assertEqual(set(self.leaks_in(str(directory))), {"main.openSession", "strings.(*Builder).grow"})

    def dumps_with_program(self):
        """The jemalloc dumps, and the program that they are of where they say it is, as old as it was."""
        directory = pathlib.Path(self.samples("jemalloc"))
        program = self.directory / "leaky"
        shutil.copy(DATA.parent.parent / "debuginfo/data/leaky", program)
        os.utime(program, (1700000000, 1700000000))
        for path in directory.iterdir():
            times = path.stat()
            path.write_text(path.read_text().replace("10955129                   /tmp/leaky-demo/leaky",
                                                     f"{program.stat().st_ino} {program}"))
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        return str(directory)

    def test_addresses_are_named_where_the_program_is_here(self):
        dumps = self.dumps_with_program()
        events = self.events(dumps)
        places = {(frame["function"], os.path.basename(frame["file"] or ""), frame["line"])
                  for event in events for frame in event["site"]["frames"]}
        self.assertIn(("app::slow_leak(int)", "leaky.cpp", 29), places)
        text = tool.run("analyze", dumps).stdout
        self.assertTrue(text.startswith("leak: app::open_session, about "), text)
        self.assertIn("app::session_leak() at leaky.cpp:26", text)

    def test_a_program_that_is_newer_than_the_dumps_is_not_believed_and_named(self):
        dumps = self.dumps_with_program()
        program = self.directory / "leaky"
        shutil.copy(program, self.directory / "copy")  # another file: the dumps know theirs by its inode
        os.replace(self.directory / "copy", program)
        os.utime(program, (1900000000, 1900000000))
        done = tool.run("analyze", dumps)
        self.assertEqual(done.returncode, 1)
        self.assertTrue(done.stdout.startswith("leak: leaky+0x"), done.stdout)
        self.assertEqual(done.stderr.count("\n"), 1)
        self.assertIn(f"{self.directory}/leaky is newer than the dumps", done.stderr)

    def test_what_is_named_is_suppressed_by_its_name(self):
        known = self.file("leak:app::slow_leak\nleak:app::session_leak\n", "known.supp")
        events = self.events(f"--suppress={known}", self.dumps_with_program())
        self.assertEqual(len(events), 2)

    def on_terminal(self, **env):
        parent, child = pty.openpty()
        with subprocess.Popen([tool.TOOL, "analyze", self.file(leaking())], stdout=child, stderr=subprocess.PIPE,
                              env=tool.environment(TERM="xterm", **env)) as process:
            os.close(child)
            text = b""
            try:
                while chunk := os.read(parent, 65536):
                    text += chunk
            except OSError:
                pass  # the other end is closed
        os.close(parent)
        return text.decode()

    def test_colors_are_for_terminals_that_want_them(self):
        self.assertIn("\x1b[1;31mleak", self.on_terminal())
        self.assertNotIn("\x1b", self.on_terminal(NO_COLOR="1"))
        self.assertNotIn("\x1b", tool.run("analyze", self.file(leaking())).stdout)

    def test_a_series_may_come_through_a_pipe(self):
        whole = tool.run("analyze", self.file(leaking()))
        piped = tool.run("analyze", "/dev/stdin", input=leaking())
        self.assertEqual((piped.returncode, piped.stdout), (1, whole.stdout))

    def test_who_waits_at_a_terminal_sees_how_far_it_is(self):
        fifo = self.directory / "series.jsonl"
        os.mkfifo(fifo)
        ours, theirs = pty.openpty()
        with subprocess.Popen([tool.TOOL, "analyze", fifo], env=tool.environment(), stdout=subprocess.DEVNULL,
                              stderr=theirs) as process:
            os.close(theirs)
            shown = b""
            with open(fifo, "wb", buffering=0) as series:
                for i in range(3000):  # a minute at most, and more dumps for as long as nothing is shown
                    series.write(line(1.7e9 + 60 * i, [site("constant", 500)]).encode())
                    if select.select([ours], [], [], 0.02)[0]:
                        shown += os.read(ours, 4096)
                    if b"dumps read" in shown:
                        break
            try:
                while part := os.read(ours, 4096):
                    shown += part
            except OSError:  # the other side is closed
                pass
        os.close(ours)
        self.assertEqual(process.returncode, 0)
        self.assertRegex(shown, rb"^\r\d+ dumps read\x1b\[K")
        self.assertTrue(shown.endswith(b"\r\x1b[K"), shown)

    def test_text_keeps_to_the_width(self):
        done = tool.run("analyze", self.file(leaking()), env=tool.environment(COLUMNS="60"))
        self.assertLessEqual(max(map(len, done.stdout.splitlines())), 60)


if __name__ == "__main__":
    unittest.main()
