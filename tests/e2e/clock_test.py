"""Clocks that jump and processes that stand still: no false alarm, none lost."""

import signal
import time
import unittest

import support

LEAKING = {"LIMIT": "64MiB", "SAMPLE_BYTES": "16KiB"}
STOPPED_S = 4  # 400 ticks, more than an hour of the default


class ClockTest(support.WatchedTest):
    def is_leak(self, event):
        return event["severity"] != "notice" and support.names_function(event["site"]["frames"], "LeakAmid")

    def start_churn(self, name, **options):
        """The same work without the leak, silent whatever happens."""
        self.silent_alarms, self.silent_record = self.path(name + ".jsonl"), self.path(name + ".hr")
        silent = self.start(support.program("storm"), **{**LEAKING, "ALARM": "file:" + self.silent_alarms,
                                                         "RECORDER": self.silent_record, **options})
        self.wait_until_done(silent)
        return silent

    def test_a_system_clock_set_back_and_forth_by_days_changes_no_alarm(self):
        clocked = f"{self.build_library('jumping_clock.c')}:{support.AGENT}"
        silent = self.start_churn("silent", preload=clocked)
        process = self.start(support.program("leaks_amid"), "fibers", preload=clocked, **LEAKING)
        event = self.wait_for_alarm(self.is_leak)
        self.assertLess(event["uptime_s"], support.DEADLINE_S)
        times = {record["time_s"] // 43200 for record in (self.fresh_record() for _ in range(20))}
        self.assertGreater(len(times), 1, "the clock does not jump")
        self.assertEqual([self.finish(process), self.finish(silent)], [0, 0])
        self.assertEqual(support.read_alarms(self.silent_alarms), [])

    def test_a_process_that_was_stopped_for_many_ticks_goes_on_as_if_nothing_had_been(self):
        silent = self.start_churn("silent", INTERVAL="10ms")
        process = self.start(support.program("leaks_amid"), "fibers", INTERVAL="10ms", **LEAKING)
        first = [self.fresh_record(path)["tick"] for path in (self.record_path, self.silent_record)]
        for each in (process, silent):
            each.send_signal(signal.SIGSTOP)
        time.sleep(STOPPED_S)
        for each in (process, silent):
            each.send_signal(signal.SIGCONT)
        self.wait_for_alarm(self.is_leak)
        for before, path in zip(first, (self.record_path, self.silent_record)):
            self.assertGreater(self.fresh_record(path)["tick"], before + STOPPED_S * 90)
        self.assertEqual([self.finish(process), self.finish(silent)], [0, 0])
        self.assertEqual(support.read_alarms(self.silent_alarms), [])


if __name__ == "__main__":
    unittest.main()
