import json
import os
import subprocess
import tempfile
import time
import unittest

import tool
from records import alarm, slot, status

SLOT_BYTES = 256 * 1024


class StatusTest(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = directory.name
        self.path = os.path.join(directory.name, "1234.hr")

    def write(self, content):
        with open(self.path, "wb") as file:
            file.write(content)

    def show(self, record, *arguments):
        self.write(slot(1, json.dumps(record).encode()))
        return tool.run("status", self.path, *arguments)

    def assert_unreadable(self, reason, path=None):
        done = tool.run("status", path or self.path)
        self.assertEqual((done.returncode, done.stdout), (3, ""))
        self.assertEqual(done.stderr, f"headroom: {path or self.path}: {reason}\n")


class SightTest(StatusTest):
    def test_a_healthy_agent(self):
        done = self.show(status())
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertRegex(done.stdout, "\n".join([
            r"^collectd \(pid 1234\) is armed: the hooks are in front of glibc",
            r"  last tick   [4-9] s ago \(tick 44012, one every 10 s\)",
            r"  alarms      none",
            r"  sees        about 477 MiB live from 412 call stacks \(950 samples, one in 512 KiB\); 572 MiB resident",
            r"  most        about 41.3 MiB by Cache::Put",
            r"  limits      rlimit:AS: 324 MiB left of 1.0 GiB",
            r"              vm.max_map_count: 65000 left of 65530 mappings",
            r"  costs       0.12 % of a processor, 3.0 MiB memory",
            r"  missed      12 samples, 0 call stacks, 3 failed stack walks",
            r"  tells       stderr FAILS: it is closed; 0 waiting, 3 lost", "$"]))

    def test_an_open_alarm_is_one_line_and_exit_status_1(self):
        done = self.show(status(alarms=[alarm(), alarm(severity="notice", exhaustion=None)], alarms_crowded_out=7))
        self.assertEqual((done.returncode, done.stderr), (1, ""))
        self.assertIn("  alarms      critical leak: Resolver::Ask, about 12.4 MiB/h (10.1 MiB/h to 15.0 MiB/h with 80 % "
                      "confidence); about 6 h 40 min (5 h 10 min to 9 h) until rlimit:AS [site-7f3a]\n", done.stdout)
        self.assertIn("              notice leak: Resolver::Ask, about 12.4 MiB/h", done.stdout)
        self.assertIn("; end not known [site-7f3a]\n", done.stdout)
        self.assertIn("              and 7 more\n", done.stdout)

    def test_an_agent_that_is_not_armed_says_why(self):
        done = self.show(status(armed=False, armed_reason="the program brings its own malloc"))
        self.assertEqual(done.returncode, 0)
        self.assertTrue(done.stdout.startswith(
            "collectd (pid 1234) is NOT armed: the program brings its own malloc\n"), done.stdout)

    def test_three_missed_ticks_are_late(self):
        self.assertIn("  last tick   25 s ago", self.show(status(time_s=time.time() - 25)).stdout)
        self.assertIn("  last tick   NOT TICKING: the last was 35 s ago",
                      self.show(status(time_s=time.time() - 35)).stdout)
        self.assertIn("  last tick   NOT TICKING: the last was", self.show(status(interval_s=0.25)).stdout)

    def test_an_agent_that_leaves_ticks_out_for_its_budget_says_how_often_it_looks(self):
        done = self.show(status(time_s=time.time() - 35, look_every_s=40, ticks_left_out=9))
        self.assertRegex(done.stdout, r"last tick   \d+ s ago \(tick 44012, one every 10 s; looks each 40 s to stay within the budget\)")

    def test_json_is_the_record(self):
        record = status(alarms=[alarm()])
        done = self.show(record, "--format=json")
        self.assertEqual((done.returncode, done.stderr), (1, ""))
        self.assertEqual(json.loads(done.stdout), record)

    def test_the_newer_record_counts(self):
        older, newer = (json.dumps(status(tick=tick)).encode() for tick in (7, 8))
        self.write(slot(8, newer).ljust(SLOT_BYTES, b"\0") + slot(7, older))
        self.assertIn("(tick 8,", tool.run("status", self.path).stdout)


class PidTest(StatusTest):
    """Records by process id, in $XDG_RUNTIME_DIR."""

    def at_home_of(self, pid, record):
        os.makedirs(os.path.join(self.directory, "headroom"), exist_ok=True)
        self.path = os.path.join(self.directory, "headroom", f"{pid}.hr")
        self.write(slot(1, json.dumps(record).encode()))

    def status_of(self, pid):
        return tool.run("status", str(pid), env=tool.environment(XDG_RUNTIME_DIR=self.directory))

    def test_a_process_is_found_by_its_id(self):
        self.at_home_of(os.getpid(), status())
        self.assertIn("  last tick   4 s ago", self.status_of(os.getpid()).stdout.replace("5 s", "4 s"))

    def test_the_record_of_a_process_that_is_gone_says_so(self):
        child = subprocess.Popen(["true"])
        child.wait()
        self.at_home_of(child.pid, status(alarms=[alarm()]))
        done = self.status_of(child.pid)
        self.assertEqual(done.returncode, 1)
        self.assertIn("  last tick   THE PROCESS IS GONE: the last was", done.stdout)

    def test_a_process_without_agent_is_named(self):
        done = self.status_of(os.getpid())
        self.assertEqual((done.returncode, done.stdout), (3, ""))
        self.assertIn(f"headroom: process {os.getpid()} runs without the agent: start it with headroom run (looked for "
                      f"/run/headroom/{os.getpid()}.hr, {self.directory}/headroom/{os.getpid()}.hr", done.stderr)

    def test_there_is_no_such_process(self):
        done = self.status_of(999999999)
        self.assertEqual(done.returncode, 3)
        self.assertIn("headroom: there is no process 999999999 (looked for ", done.stderr)


class BadInputTest(StatusTest):
    def test_a_missing_file(self):
        self.assert_unreadable("No such file or directory")

    def test_a_foreign_file(self):
        self.assert_unreadable("byte 0: no record of headroom begins here", path="/etc/passwd")

    def test_what_is_no_file(self):
        self.assert_unreadable("it is not a regular file", path=self.directory)
        self.assert_unreadable("it is not a regular file", path="/dev/zero")

    def test_a_damaged_record_is_named_with_its_byte(self):
        whole = bytearray(slot(1, json.dumps(status()).encode()))
        whole[100] ^= 1
        self.write(bytes(whole))
        self.assert_unreadable("byte 8: the checksum does not match the record")

    def test_a_later_layout_or_format(self):
        self.write(slot(1, b"{}", version=9))
        self.assert_unreadable("byte 12: layout version 9, expected 1")
        self.write(slot(1, json.dumps(status(format=9)).encode()))
        self.assert_unreadable("the record has format 9, this tool knows 1")

    def test_a_record_that_is_not_a_status(self):
        self.write(slot(1, b'{"event": '))
        self.assert_unreadable("the record is not JSON at its byte 11")
        self.write(slot(1, b'{"tick": 1e999}'))
        self.assert_unreadable("the record holds a number beyond every range")
        self.write(slot(1, b"[1, 2]"))
        self.assert_unreadable('the record is not a status: no "event":"status" in it')

    def test_hostile_values_do_no_harm(self):
        for value in (None, -1, 1e308, -1e308, 2**64 - 1, 2**70, "\x1b[2J\n\x9b", [], {}, [[None]], True):
            record = {**dict.fromkeys(status(), value), "event": "status", "format": 1}
            for hostile in (record, status(alarms=[record, value], sites=[value], limits=[record], sinks=[value]),
                            status(alarms=[alarm(site={"frames": [value, record]}, exhaustion=record)])):
                done = self.show(hostile)
                self.assertIn(done.returncode, (0, 1), done.stderr)
                self.assertNotRegex(done.stdout, "[\x00-\x09\x0b-\x1f\x7f-\x9f]")

    def test_deep_nesting_does_no_harm(self):
        self.write(slot(1, b"[" * 100000 + b"]" * 100000))
        self.assert_unreadable('the record is not a status: no "event":"status" in it')

    def test_wrong_usage(self):
        self.assertEqual(tool.run("status", "1", "2").returncode, 2)
        self.assertEqual(tool.run("status", "--format=json").returncode, 2)
        self.assertEqual(tool.run("status", "1", "--format=xml").returncode, 2)


if __name__ == "__main__":
    unittest.main()
