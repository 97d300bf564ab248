"""The series of heap dumps that an agent writes: whole, bounded, read by headroom and by pprof - and judged offline as
the agent itself judged."""

import glob
import json
import os
import re
import shutil
import signal
import stat
import subprocess
import unittest

import support

TOOL = os.path.join(support.BUILD, "headroom")
LIMIT_MIB = 100


def tool(*arguments):
    return subprocess.run([TOOL, *arguments], env=support.environment(), capture_output=True, text=True, timeout=60,
                          check=False)


class DumpSeriesTest(support.WatchedTest):
    def setUp(self):
        super().setUp()
        self.dumps = self.path("dumps")

    def start_leak(self, seconds=60, leak_kib_per_s=16384, **options):
        options = {"SAMPLE_BYTES": "16KiB", "LIMIT": f"{LIMIT_MIB}MiB", "DUMP_DIR": self.dumps, **options}
        command = [support.program("leak_beside_churn"), str(leak_kib_per_s), "20", str(seconds)]
        return self.start(*command, popen={"stdout": subprocess.DEVNULL}, deadline_s=60, **options)

    def files(self):
        return sorted(glob.glob(self.dumps + "/*.pb"))

    def wait_for_files(self, count):
        return support.wait_for(lambda: len(self.files()) >= count and self.files(), f"{count} dumps")

    def kill(self, process):
        process.send_signal(signal.SIGKILL)
        process.wait()


class FilesTest(DumpSeriesTest):
    def test_they_are_named_after_the_process_numbered_and_the_owners_alone(self):
        process = self.start_leak(DUMP_INTERVAL="20ms")
        files = self.wait_for_files(3)
        self.kill(process)
        names = [f"e2e_leak_beside_churn.{process.pid}.{number:06}.pb" for number in (1, 2, 3)]
        self.assertEqual([os.path.basename(path) for path in files[:3]], names)
        self.assertEqual({stat.S_IMODE(os.stat(path).st_mode) for path in files}, {0o600})

    def test_an_alarm_brings_one_more(self):
        self.start_leak(DUMP_INTERVAL="30d")
        first = self.wait_for_files(1)
        self.wait_for_alarm()
        self.assertEqual(self.wait_for_files(2)[:1], first)

    def test_pprof_takes_them_as_they_are(self):
        if not shutil.which("go"):
            self.skipTest("go tool pprof is not installed")
        process = self.start_leak(DUMP_INTERVAL="20ms")
        self.wait_for_alarm()
        self.kill(process)
        environment = {**support.environment(), "PPROF_TMPDIR": self.directory, "HOME": self.directory}
        for dump, shown in (self.files()[-1], "leak_beside_churn"), (self.named(self.files()[-1]), "RememberRefusal"):
            top = subprocess.run(["go", "tool", "pprof", "-top", "-sample_index=inuse_space", dump], env=environment,
                                 capture_output=True, text=True, timeout=60, check=False)
            self.assertEqual(top.returncode, 0, top.stderr)
            self.assertIn("Type: inuse_space", top.stdout)
            self.assertIn(shown, top.stdout)

    def named(self, dump):
        """The same with the functions' names, which an agent leaves to its reader."""
        path = self.path("named.pb.gz")
        self.assertEqual(tool("convert", "--to", "pprof", dump, "-o", path).returncode, 0)
        return path

    def test_a_directory_removed_meanwhile_is_told_once(self):
        process = self.start_leak(DUMP_INTERVAL="20ms")
        self.wait_for_files(2)
        shutil.rmtree(self.dumps, ignore_errors=True)
        support.wait_for(lambda: "heap dumps: " in self.errors() and not os.path.exists(self.dumps) or
                         shutil.rmtree(self.dumps, ignore_errors=True), "the line about the directory")
        self.wait_for_alarm()
        self.assertIsNone(process.poll())
        self.assertEqual(len([line for line in self.agent_lines() if "heap dumps: " in line]), 1)


class ParityTest(DumpSeriesTest):
    """With a dump at every tick the offline engine sees what the agent saw."""

    def record_run(self):
        """Slowly enough that what was there at the first look weighs little."""
        process = self.start_leak(leak_kib_per_s=4096, INTERVAL="80ms", DUMP_INTERVAL="80ms")
        self.wait_for_alarm(lambda event: event["verdict"] == "leak" and event["severity"] == "critical")
        self.wait_for_files(len(self.files()) + 2)
        self.kill(process)
        self.assertLess(len(self.files()), 256, "a thinned series cannot tell every event")

    @staticmethod
    def shape(event):
        """What must be the same to the letter."""
        return (event["state"], event["severity"], event["verdict"], event["id"], event["time"], event["onset"],
                event["pid"], event["program"], event["exhaustion"]["limit"], event["exhaustion"]["used_bytes"],
                event["site"]["live_samples"], event["site"]["survivors"], event["site"]["oldest_s"])

    @staticmethod
    def estimates(event):
        """What must be the same but for the order of sums."""
        return [event["site"]["live_bytes"], *event["growth_bytes_per_s"].values(),
                *(event["exhaustion"]["eta_s"] or {}).values()]

    def test_a_replay_of_the_dumps_tells_every_alarm_of_the_agent(self):
        self.record_run()
        last_s = json.loads(tool("convert", "--to", "jsonl", self.files()[-1]).stdout)["time_s"]
        told = [event for event in support.read_alarms(self.alarm_path) if event["time_s"] <= last_s + 0.001]
        done = tool("analyze", "--replay", "--format=json", self.dumps)
        self.assertEqual((done.returncode, done.stderr), (1, ""))
        replayed = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertGreaterEqual(len(told), 2)
        self.assertEqual([self.shape(event) for event in replayed], [self.shape(event) for event in told])
        for ours, theirs in zip(replayed, told):
            for a, b in zip(self.estimates(ours), self.estimates(theirs), strict=True):
                self.assertAlmostEqual(a, b, delta=1e-6 * abs(b) + 0.002)

    def test_the_verdict_on_the_dumps_is_that_of_the_agents_last_record(self):
        self.record_run()
        done = tool("analyze", self.dumps)
        self.assertEqual((done.returncode, done.stderr), (1, ""))
        self.assertRegex(done.stdout, r"\Aleak: [^\n]*RememberRefusal")
        ours = json.loads(tool("analyze", "--format=json", self.dumps).stdout.splitlines()[0])
        theirs = json.loads(tool("analyze", "--format=json", self.record_path).stdout.splitlines()[0])
        self.assertEqual((ours["verdict"], ours["id"]), (theirs["verdict"], theirs["id"]))
        growth = theirs["growth_bytes_per_s"]
        self.assertTrue(growth["low"] <= ours["growth_bytes_per_s"]["estimate"] <= growth["high"])
        self.assertTrue(re.search(r"leak_beside_churn", ours["program"]))


if __name__ == "__main__":
    unittest.main()
