"""From malloc to the alarm: a leak beside a hundred times as much churn is told in time, by name, and resolved when it
is mended."""

import datetime
import signal
import subprocess
import time
import unittest

import support

SEVERITIES = ["notice", "warning", "critical"]

NUMBER = (int, float)
TEXT_OR_NULL = (str, type(None))
ESTIMATE = {"estimate": NUMBER, "low": NUMBER, "high": NUMBER}
FRAME = {"function": TEXT_OR_NULL, "file": TEXT_OR_NULL, "line": (int, type(None)), "module": TEXT_OR_NULL,
         "build_id": TEXT_OR_NULL, "offset": int}
EVENT = {
    "event": "alarm", "state": str, "severity": str, "verdict": str, "id": str, "time": str, "time_s": NUMBER,
    "onset": str, "program": str, "pid": int, "uptime_s": NUMBER, "growth_bytes_per_s": ESTIMATE,
    "exhaustion": {"limit": str, "limit_bytes": int, "used_bytes": int, "available_bytes": int, "eta_s": ESTIMATE},
    "site": {"live_bytes": NUMBER, "live_samples": int, "survivors": int, "oldest_s": NUMBER, "frames": [FRAME]},
    "health": {"sample_bytes": int, "samples_dropped": int, "sites_dropped": int, "unwind_failures": int,
               "cpu_fraction": NUMBER, "agent_bytes": int},
    "code": str}


def flaws(value, form, place="event"):
    """Where `value` differs from the form of the contract."""
    if isinstance(form, dict):
        if not isinstance(value, dict) or list(value) != list(form):
            return [f"{place}: {value}"]
        return [flaw for key in form for flaw in flaws(value[key], form[key], f"{place}.{key}")]
    if isinstance(form, list):
        return [flaw for element in value for flaw in flaws(element, form[0], place + "[]")]
    fits = value == form if isinstance(form, str) else isinstance(value, form)
    return [] if fits else [f"{place}: {value}"]


def unix_time(rfc3339):
    return datetime.datetime.fromisoformat(rfc3339).timestamp()


def own_bytes(record):
    return record["process"]["rss_anon_bytes"] + record["process"]["swap_bytes"]


class AlarmTest(support.WatchedTest):
    """`pace` times faster than a leak of 512 KiB/s beside 50 MiB/s of churn with a tick of 250 ms, in every respect."""

    def set_pace(self, pace, headroom_mib, **options):
        self.leak_bytes_per_s, self.churn_mib_per_s = pace * (512 << 10), pace * 50
        self.headroom_bytes = headroom_mib << 20
        self.end_s = self.headroom_bytes / self.leak_bytes_per_s
        self.options_of_pace = {"INTERVAL": f"{250 / pace}ms", **options}

    def start_program(self, leak_bytes_per_s, **options):
        command = [support.program("leak_beside_churn"), str(leak_bytes_per_s >> 10), str(self.churn_mib_per_s),
                   str(self.end_s)]
        return self.start(*command, popen={"stdout": subprocess.DEVNULL}, deadline_s=self.end_s,
                          **self.options_of_pace, **options)

    def assert_told_in_time_and_resolved(self):
        silent_alarms, silent_record = self.path("silent.jsonl"), self.path("silent.hr")
        silent = self.start_program(0, ALARM="file:" + silent_alarms, RECORDER=silent_record,
                                    LIMIT=f"{self.headroom_bytes + (20 << 20)}B")
        limit_bytes = own_bytes(self.fresh_record(silent_record)) + self.headroom_bytes
        start_s = time.time()
        process = self.start_program(self.leak_bytes_per_s, LIMIT=f"{limit_bytes}B")
        for severity, share in ("warning", 0.40), ("critical", 0.65):
            self.assert_told_in_time(severity, share, start_s)
        process.send_signal(signal.SIGUSR1)
        self.wait_for_alarm(lambda event: event["state"] == "resolved")
        self.assert_one_story(process)
        self.assertIsNone(silent.poll())
        self.assertEqual(support.read_alarms(silent_alarms), [])

    def assert_told_in_time(self, severity, share, start_s):
        at_least = SEVERITIES[SEVERITIES.index(severity):]
        event = self.wait_for_alarm(lambda event: event["severity"] in at_least, deadline_s=self.end_s)
        elapsed_s = event["time_s"] - start_s
        self.assertLess(elapsed_s, share * self.end_s, severity)
        left_s = self.end_s - elapsed_s
        eta_s = event["exhaustion"]["eta_s"]["estimate"]
        self.assertTrue(left_s / 1.5 < eta_s < 1.5 * left_s, f"{eta_s} s instead of {left_s} s at {severity}")
        print(f"{severity} at {elapsed_s / self.end_s:.0%} of the headroom; {eta_s:.0f} s left are {left_s:.0f} s")

    def assert_one_story(self, process):
        """All events are of one alarm, and follow the contract."""
        events = support.read_alarms(self.alarm_path)
        states = [event["state"] for event in events]
        self.assertEqual((states[0], states[-1]), ("firing", "resolved"))
        self.assertEqual(set(states[1:-1]), {"update"})
        self.assertEqual(len({event["id"] for event in events}), 1)
        for event in events:
            self.assertEqual(flaws(event, EVENT), [])
            self.assertEqual((event["verdict"], event["pid"], event["program"]),
                             ("leak", process.pid, "e2e_leak_beside_churn"))
            self.assertIn(event["severity"], SEVERITIES)
            self.assertTrue(support.names_function(event["site"]["frames"][:1], "RememberRefusal"))
            self.assertEqual(event["exhaustion"]["limit"], "option")
            self.assertAlmostEqual(unix_time(event["time"]), event["time_s"], delta=1)
            self.assertLess(unix_time(event["onset"]), event["time_s"])

    def test_a_leak_beside_churn(self):
        self.set_pace(1, headroom_mib=100)
        self.assert_told_in_time_and_resolved()

    def test_a_faster_leak_sampled_more_finely(self):
        self.set_pace(4, headroom_mib=80, SAMPLE_BYTES="64KiB")
        self.assert_told_in_time_and_resolved()


if __name__ == "__main__":
    unittest.main()
