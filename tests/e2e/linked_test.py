"""Programs that are linked with headroom: shared, as an archive, fully static; alone, preloaded too, and forking."""
import concurrent.futures
import itertools
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import threading
import unittest

from support import BUILD as BUILD_DIRECTORY

BUILD = pathlib.Path(BUILD_DIRECTORY)
SOURCE = pathlib.Path(os.environ["HEADROOM_SOURCE"])
PROGRAMS = SOURCE / "tests/e2e/linked"
FAST = {"HEADROOM_INTERVAL": "10ms", "HEADROOM_CPU_BUDGET": "100%", "HEADROOM_SAMPLE_BYTES": "4KiB", "HEADROOM_LIMIT": "64MiB", "HEADROOM_ALARM": "file:/dev/null"}
WAYS = {
    "shared": ["-L", str(BUILD), "-lheadroom", f"-Wl,-rpath,{BUILD}"],
    "archive": [str(BUILD / "libheadroom.a"), "-lm"],
    "static": ["-static", str(BUILD / "libheadroom.a"), "-lm", "-Wl,-z,muldefs,--eh-frame-hdr"],
    "static_pie": ["-static-pie", str(BUILD / "libheadroom.a"), "-lm", "-Wl,-z,muldefs"],
    "static_without_tables": ["-static", str(BUILD / "libheadroom.a"), "-lm", "-Wl,-z,muldefs"],
    "both": [str(BUILD / "libheadroom.a"), "-Wl,--no-as-needed", "-L", str(BUILD), "-lheadroom", f"-Wl,-rpath,{BUILD}", "-lm"],
}
ALONE = """status before: no agent runs in this process
start: done
start again: an agent runs in this process already
told: 1 remember_refusal [refusals]
status: done
armed 1, alarms 1, growing 1
stop: done
stop again: no agent runs in this process
restart: done
told: 1 remember_refusal [refusals]
stop: done
"""
BLOCKED = """told: 1
ticks go on: 1
metrics: 1
accept: done
the other sink is told that it is over: 1
the child is told of its own: 1
"""


class Linked(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.scratch.cleanup)
        cls.compiling = threading.Lock()

    def compiled(self, source, way):
        program = pathlib.Path(self.scratch.name) / f"{pathlib.Path(source).stem}_{way}"
        with self.compiling:
            if not program.exists():
                compiler = ["g++", "-std=c++20"] if source.endswith(".cc") else ["gcc"]
                subprocess.run([*compiler, "-g", "-O1", "-Wall", "-Wextra", "-Werror", f"-I{SOURCE / 'include'}", str(PROGRAMS / source),
                                "-o", str(program), *WAYS[way]], check=True)
        return program

    def at_once(self, check, cases):
        """check(*case) for each case, some at once: the programs wait for ticks more than they compute."""
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            for case, checked in [(case, pool.submit(check, *case)) for case in cases]:
                with self.subTest(case):
                    checked.result()

    def run_program(self, source, way, *arguments, preloaded=False, **environment):
        if preloaded:
            environment["LD_PRELOAD"] = str(BUILD / "libheadroom_preload.so")
        ended = subprocess.run([self.compiled(source, way), *arguments], env={"PATH": "/usr/bin:/bin", **environment}, text=True,
                               capture_output=True, timeout=120)
        self.assertEqual(ended.returncode, 0, ended.stdout + ended.stderr)
        self.assertEqual(ended.stderr, "")
        return ended.stdout

    def test_a_program_starts_it_is_told_of_its_leak_stops_it_and_starts_it_again(self):
        self.at_once(lambda way: self.assertEqual(self.run_program("leaking_daemon.c", way), ALONE), [("shared",), ("archive",), ("static",)])

    def test_a_preloaded_agent_answers_in_its_place_and_is_left_running(self):
        def check(way):
            told = self.run_program("leaking_daemon.c", way, preloaded=True, **FAST).splitlines()[1:]
            self.assertEqual(told, ["start: an agent runs in this process already",
                                    "start again: an agent runs in this process already",
                                    "told: 1 remember_refusal [refusals]", "status: done",
                                    "armed 1, alarms 1, growing 1", "stop: the agent was preloaded and is left running"])
        self.at_once(check, [("shared",), ("archive",)])

    def test_there_is_one_agent_whoever_brings_one_and_none_unasked(self):
        def check(way, preloaded, autostart):
            is_wanted = preloaded or autostart == "1"
            threads = self.run_program("threads.c", way, "20" if is_wanted else "1.2", preloaded=preloaded,
                                       HEADROOM_AUTOSTART=autostart).split()
            self.assertEqual(threads.count("headroom"), 1 if is_wanted else 0)
        self.at_once(check, itertools.product(("shared", "archive", "both"), (False, True), ("0", "1")))

    def test_the_c_plus_plus_words_do_what_they_say(self):
        def check(way):
            profile = pathlib.Path(self.scratch.name) / f"{way}.pb"
            shown = self.run_program("looking_in.cc", way, str(profile))
            self.assertNotIn("NO", shown)
            folded = subprocess.run([BUILD / "headroom", "convert", "--to", "folded", profile], check=True, capture_output=True,
                                    text=True).stdout
            self.assertIn("Keep", folded)
            judged = subprocess.run([BUILD / "headroom", "analyze", profile], capture_output=True, text=True)
            self.assertEqual((judged.returncode, judged.stderr), (0, ""), judged.stdout)  # one dump: no verdict, but read as its own
        self.at_once(check, [("shared",), ("static",), ("static_pie",)])

    def test_a_callback_that_never_returns_holds_up_nothing_nor_a_forked_child(self):
        def check(way):
            alarms = pathlib.Path(self.scratch.name) / f"{way}.jsonl"
            self.assertEqual(self.run_program("blocked_callback.c", way, str(alarms)), BLOCKED)
            pids = {json.loads(line)["pid"] for line in alarms.read_text().splitlines()}
            self.assertEqual(len(pids), 2)
        self.at_once(check, [("shared",), ("static",)])

    def test_heap_dumps_keep_the_label(self):
        dumps = pathlib.Path(self.scratch.name) / "dumps"
        self.run_program("leaking_daemon.c", "shared", HEADROOM_DUMP_DIR=str(dumps), HEADROOM_DUMP_INTERVAL="20ms")
        told = subprocess.run([BUILD / "headroom", "analyze", "--format=json", dumps], capture_output=True, text=True)
        sites = [json.loads(line)["site"] for line in told.stdout.splitlines()]
        leaks = {site["label"] for site in sites if site["frames"] and site["frames"][0]["function"] == "remember_refusal"}
        self.assertEqual(leaks, {"refusals"}, told.stderr)
        if shutil.which("go"):
            newest = max(dumps.iterdir(), key=lambda path: int(path.name.split(".")[-2]))
            tags = subprocess.run(["go", "tool", "pprof", "-tags", newest], capture_output=True, text=True,
                                  env={**os.environ, "HOME": self.scratch.name, "PPROF_TMPDIR": self.scratch.name})
            self.assertRegex(tags.stdout, r"label: Total .*\n.*: refusals\n")

    def test_a_static_program_without_tables_for_stack_walks_is_told_what_to_link_with(self):
        ended = subprocess.run([self.compiled("threads.c", "static_without_tables"), "20"], env={"HEADROOM_AUTOSTART": "1"}, text=True,
                               capture_output=True, timeout=120)
        self.assertEqual((ended.returncode, ended.stdout.count("headroom")), (0, 1))
        self.assertRegex(ended.stderr, r"^headroom: call stacks end with the caller of malloc: link .*--eh-frame-hdr \[HR-312\]\n$")

    def test_a_suppressed_leak_raises_no_alarm_and_is_counted(self):
        known = pathlib.Path(self.scratch.name) / "known"
        known.write_text("leak:remember_refusal\n")
        shown = self.run_program("suppressed.c", "shared", HEADROOM_SUPPRESS=str(known))
        self.assertEqual(shown, "suppressed 1, alarms 0, told 0\n")

    def test_the_example_of_the_readme_runs(self):
        example = re.search(r"```cpp\n(.*?)```", (SOURCE / "README.md").read_text(), re.S).group(1)
        source = pathlib.Path(self.scratch.name) / "readme.cc"
        source.write_text(example)
        self.assertEqual(self.run_program(str(source), "shared"), "")

    def test_the_environment_goes_before_the_program_s_options(self):
        self.assertIn("start: HEADROOM_ENABLE=0", self.run_program("leaking_daemon.c", "shared", HEADROOM_ENABLE="0"))


if __name__ == "__main__":
    unittest.main()
