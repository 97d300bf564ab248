"""A leak of 512 KiB/s beside 50 MiB/s of churn, under a limit that leaves 100 MiB: it is told in time, and only it."""

import subprocess
import time
import unittest

import support

KIB_PER_S, CHURN_MIB_PER_S = 512, 50
LEAK_BYTES_PER_S = KIB_PER_S * 1024
HEADROOM_BYTES = 100 << 20
SILENT_S = 60
DEADLINE_S = 150


def own_bytes(record):
    return record["process"]["rss_anon_bytes"] + record["process"]["swap_bytes"]


class AlarmTest(support.WatchedTest):
    def start_program(self, leak_kib_per_s, seconds, **options):
        return self.start(support.program("leak_beside_churn"), str(leak_kib_per_s), str(CHURN_MIB_PER_S), str(seconds),
                          popen={"stdout": subprocess.DEVNULL}, deadline_s=DEADLINE_S, INTERVAL="250ms", **options)

    def test_warning_and_critical_come_in_time_and_a_steady_program_stays_silent(self):
        silent_alarms, silent_record = self.path("silent.jsonl"), self.path("silent.hr")
        silent = self.start_program(0, SILENT_S, ALARM="file:" + silent_alarms, RECORDER=silent_record, LIMIT="110MiB")
        at_rest = own_bytes(self.fresh_record(silent_record))
        start_s = time.time()
        leaking = self.start_program(KIB_PER_S, DEADLINE_S, LIMIT=f"{at_rest + HEADROOM_BYTES}B")
        for severities, share in ({"warning", "critical"}, 0.40), ({"critical"}, 0.65):
            event = self.wait_for_alarm(lambda event: event["severity"] in severities, DEADLINE_S)
            with self.subTest(event["severity"]):
                self.assert_told_in_time(event, event["time_s"] - start_s, share)
        leaking.kill()
        self.assertEqual(silent.wait(DEADLINE_S), 0)
        self.assertEqual(support.read_alarms(silent_alarms), [])

    def assert_told_in_time(self, event, elapsed_s, share):
        gone = elapsed_s * LEAK_BYTES_PER_S / HEADROOM_BYTES
        print(f"{event['severity']} when {100 * gone:.0f} % of the headroom is gone: {event['exhaustion']}")
        self.assertEqual(event["verdict"], "leak")
        self.assertTrue(support.names_function(event["site"]["frames"][:1], "RememberRefusal"), event["site"]["frames"])
        self.assertLess(gone, share)
        truth_s = (HEADROOM_BYTES - elapsed_s * LEAK_BYTES_PER_S) / LEAK_BYTES_PER_S
        self.assertLess(event["exhaustion"]["eta_s"]["estimate"], 1.5 * truth_s)
        self.assertGreater(event["exhaustion"]["eta_s"]["estimate"], truth_s / 1.5)


if __name__ == "__main__":
    unittest.main()
