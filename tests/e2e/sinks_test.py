"""Alarms reach the real receivers: Debian's Alertmanager, systemd's journal, a command - and a dead one is told of by others."""

import json
import os
import shutil
import socket
import subprocess
import unittest
import urllib.error
import urllib.request

import support

ALERTMANAGER = shutil.which("prometheus-alertmanager")
JOURNALD = "/lib/systemd/systemd-journald"
MESSAGE_ID = "8e286ec0da2148499bf48091f4034a5b"

IN_OWN_RUN_DIRECTORY = """
set -e
mount -t tmpfs none /run
mkdir -p /run/log/journal /run/systemd
"$JOURNALD" 2>/run/journald.log & journald=$!
trap 'kill $program $journald' EXIT
until [ -S /run/systemd/journal/socket ]; do sleep 0.02; done
LD_PRELOAD="$AGENT" "$@" <&0 >/dev/null & program=$!
until journalctl -q -D /run/log/journal -o json MESSAGE_ID="$WANTED" | grep -q .; do sleep 0.1; done
journalctl -q -D /run/log/journal -o json MESSAGE_ID="$WANTED"
"""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def get(url):
    """The answer as text, None where there is none."""
    try:
        with urllib.request.urlopen(url, timeout=support.DEADLINE_S) as answer:
            return answer.read().decode()
    except (urllib.error.URLError, ConnectionError):
        return None


class SinksTest(support.WatchedTest):
    deadline_s = 60

    def start_leak(self, kib_per_s=8192, **options):
        return self.start(support.program("leak_beside_churn"), str(kib_per_s), "1", "90", deadline_s=120,
                          popen={"stdout": subprocess.DEVNULL}, SAMPLE_BYTES="64KiB", LIMIT="128MiB", **options)

    def start_alertmanager(self, port):
        config = self.path("alertmanager.yml")
        with open(config, "w", encoding="utf-8") as file:
            file.write("route: {receiver: nobody}\nreceivers: [{name: nobody}]\n")
        process = subprocess.Popen(
            [ALERTMANAGER, "--config.file=" + config, "--storage.path=" + self.path("alertmanager"),
             f"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address="],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(self.end, process)
        support.wait_for(lambda: get(f"http://127.0.0.1:{port}/-/ready"), "the Alertmanager", self.deadline_s)
        return process

    def wait_for_alert(self, port):
        def alert():
            alerts = json.loads(get(f"http://127.0.0.1:{port}/api/v2/alerts") or "[]")
            return next((alert for alert in alerts if alert["labels"]["alertname"] == "HeadroomLeak"), None)
        return support.wait_for(alert, "an alert in the Alertmanager", self.deadline_s)

    def wait_for_note(self, beginning):
        def note():
            try:
                with open(self.alarm_path, encoding="utf-8") as file:
                    events = map(json.loads, file.read().split("\n")[:-1])
                    return next((event["message"] for event in events
                                 if event["event"] == "note" and event["message"].startswith(beginning)), None)
            except FileNotFoundError:
                return None
        return support.wait_for(note, f"the note '{beginning}...'", self.deadline_s)

    def sink(self, name):
        return next(sink for sink in self.fresh_record()["sinks"] if sink["name"] == name)


class AlertmanagerTest(SinksTest):
    def setUp(self):
        super().setUp()
        self.assertIsNotNone(ALERTMANAGER, "prometheus-alertmanager is not installed")
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/"

    def test_a_leak_is_an_alert_with_what_to_route_by_and_what_to_read(self):
        self.start_alertmanager(self.port)
        process = self.start_leak(ALARM=self.url)
        alert = self.wait_for_alert(self.port)
        labels = alert["labels"]
        self.assertEqual(labels["pid"], str(process.pid))
        self.assertEqual(labels["instance"], os.uname().nodename)
        self.assertIn("RememberRefusal", labels["function"])
        self.assertIn(labels["severity"], ("notice", "warning", "critical"))
        self.assertIn("RememberRefusal", alert["annotations"]["summary"])
        self.assertIn("how fast", alert["annotations"]["description"])
        self.assertEqual((self.sink(self.url)["error"], self.sink(self.url)["lost"]), (None, 0))

    def test_one_that_is_down_is_told_of_by_another_sink_and_learns_of_the_leak_when_it_is_up(self):
        self.start_leak(ALARM=self.url + ",file:" + self.alarm_path)
        self.assertEqual(self.wait_for_note("alarms do not reach"), f"alarms do not reach {self.url}: Connection refused")
        self.wait_for_alarm(deadline_s=self.deadline_s)
        self.assertEqual(self.sink(self.url)["error"], "Connection refused")
        self.start_alertmanager(self.port)
        self.wait_for_alert(self.port)
        self.wait_for_note(f"alarms reach {self.url} again; messages lost so far: 0")

    def test_one_that_lost_all_it_knew_learns_of_the_leak_again(self):
        alertmanager = self.start_alertmanager(self.port)
        self.start_leak(kib_per_s=4096, ALARM=self.url)
        self.wait_for_alert(self.port)
        self.end(alertmanager)
        shutil.rmtree(self.path("alertmanager"))
        self.start_alertmanager(self.port)
        self.deadline_s = 90  # told again with the next severity, within a minute at the latest
        self.wait_for_alert(self.port)

    def test_one_that_accepts_and_never_answers_holds_up_neither_daemon_nor_other_sinks(self):
        with socket.create_server(("127.0.0.1", self.port)):
            self.start_leak(ALARM=self.url + ",file:" + self.alarm_path)
            self.assertIn("it does not answer in time", self.wait_for_note("alarms do not reach"))
            self.wait_for_alarm(deadline_s=self.deadline_s)


class CommandTest(SinksTest):
    def test_the_event_is_on_standard_input_of_a_command_that_nobody_watches(self):
        told, variables, script = self.path("told"), self.path("variables"), self.path("page")
        with open(script, "w", encoding="utf-8") as file:
            file.write(f"#!/bin/sh\nenv > {variables}\ncat >> {told}\n")
        os.chmod(script, 0o755)
        process = self.start_leak(ALARM=f"exec:{script} --team storage")
        event = support.wait_for(lambda: next(iter(support.read_alarms(told)), None), "the command", self.deadline_s)
        self.assertEqual(event["pid"], process.pid)
        with open(variables, encoding="utf-8") as file:
            self.assertNotIn("LD_PRELOAD", file.read())


@unittest.skipUnless(support.AS_ROOT and os.path.exists(JOURNALD) and shutil.which("journalctl"),
                     "needs root and systemd-journald; journald_sink_test has a stand-in")
class JournalTest(SinksTest):
    def test_the_journal_has_the_alarm_with_its_fields(self):
        variables = self.watched(None, SAMPLE_BYTES="64KiB", LIMIT="128MiB", ALARM="journald")
        done = subprocess.run(
            ["unshare", "--mount", "sh", "-c", IN_OWN_RUN_DIRECTORY, "sh", support.program("leak_beside_churn"), "8192",
             "1", "90"], env={**variables, "AGENT": support.AGENT, "JOURNALD": JOURNALD, "WANTED": MESSAGE_ID},
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=self.deadline_s, check=False)
        if "Operation not permitted" in done.stderr or "Permission denied" in done.stderr:
            self.skipTest("no mount namespace here: " + done.stderr.splitlines()[0])
        self.assertNotEqual(done.stdout, "", done.stderr)
        entry = json.loads(done.stdout.splitlines()[0])
        self.assertEqual(entry["_TRANSPORT"], "journal")
        self.assertEqual(entry["SYSLOG_IDENTIFIER"], "headroom")
        self.assertEqual(entry["HEADROOM_PID"], entry["_PID"])
        self.assertIn("RememberRefusal", entry["HEADROOM_FUNCTION"])
        self.assertIn(entry["PRIORITY"], ("2", "4", "5"))
        self.assertIn("how fast", entry["MESSAGE"])
        self.assertEqual(json.loads(entry["HEADROOM_EVENT"])["event"], "alarm")


if __name__ == "__main__":
    unittest.main()
