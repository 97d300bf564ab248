"""However much is asked for, sampling stays within its budgets, says so, and is unbiased all the while."""

import os
import re
import subprocess
import time
import unittest

import support

ASKED_BYTES = 16
FEWER_SAMPLES = 64  # times
KEPT_BYTES = 1 << 30
CPU_BUDGET = 0.02
PERIOD_TICKS = 40
LONG_S = 60
KEEPS_AND_DROPS = """
import sys, threading
threading.Thread(target=lambda: None).start()
kept = [bytes(100 + i % 900) for i in range(300_000)]
print("kept", flush=True)
sys.stdin.readline()
kept = None
print("dropped", flush=True)
sys.stdin.readline()
"""


class GovernorTest(support.WatchedTest):
    def tool(self, *arguments):
        return subprocess.run([os.path.join(support.BUILD, "headroom"), *arguments], capture_output=True, text=True, timeout=support.DEADLINE_S)

    def interval(self):
        return self.fresh_record()["health"]["sample_bytes"]

    def wait_for_interval(self, is_wanted, what):
        return support.wait_for(lambda: next(filter(is_wanted, [self.interval()]), None), what, LONG_S)

    def wait_for_line(self, process, line):
        self.assertEqual(process.stdout.readline(), line + "\n", self.errors())

    def assert_thinning_was_told_once(self):
        of_looks = "headroom: most ticks are left out"  # on a machine that is slow enough
        told = [line for line in self.errors().splitlines() if not line.startswith(of_looks)]
        self.assertEqual(len(told), 1, told)
        self.assertRegex(told[0], r"\Aheadroom: samples are taken less often than HEADROOM_SAMPLE_BYTES says")


    def agent_seconds(self, process):
        """Processor time of the agent's own thread so far."""
        tasks = f"/proc/{process.pid}/task"
        agent = next(task for task in os.listdir(tasks) if support.read_text(f"{tasks}/{task}/comm") == "headroom\n")
        return int(support.read_text(f"{tasks}/{agent}/schedstat").split()[0]) * 1e-9


class ProcessorTest(GovernorTest):
    def sampling_seconds(self, process, record):
        """Of the program's own threads so far, for samples: what the agent says of its cost, without its own thread."""
        return record["health"]["cpu_fraction"] * (record["time_s"] - self.start_s) - self.agent_seconds(process)

    def sampling_share(self, process):
        """Of one processor, over three of the governor's periods."""
        before = self.fresh_record()
        before_s = self.sampling_seconds(process, before)
        after = support.wait_for(lambda: self.newer(self.record_path, before["tick"] + 3 * PERIOD_TICKS), "three periods", LONG_S)
        return (self.sampling_seconds(process, after) - before_s) / (after["time_s"] - before["time_s"])

    def assert_unbiased(self, function, interval_bytes):
        """A sum of weights has at most the variance bytes * interval."""
        live_bytes, _ = support.live_at(self.fresh_record(), function)
        six_sigma = 6 * (KEPT_BYTES * interval_bytes) ** 0.5
        self.assertLess(six_sigma, KEPT_BYTES / 2, "the interval is too long to tell")
        self.assertAlmostEqual(live_bytes, KEPT_BYTES, delta=six_sigma)

    def assert_thinning_is_shown(self):
        self.assertRegex(self.tool("status", self.record_path).stdout, r", one in \S+ \S+ instead of 16 B to stay within the budgets")
        self.serve()
        in_force, asked = (int(re.search(rf"^headroom_sample_interval_{which}bytes{{.*}} (\d+)$", self.metrics(), re.MULTILINE).group(1))
                           for which in ("", "asked_"))
        self.assertGreaterEqual(in_force, FEWER_SAMPLES * ASKED_BYTES)
        self.assertEqual(asked, ASKED_BYTES)

    def test_a_storm_is_held_within_the_budget_without_bias_and_what_was_asked_for_comes_back_with_the_calm(self):
        self.start_s = time.time()
        process = self.start(support.program("storm_and_calm"), CPU_BUDGET=f"{CPU_BUDGET:.0%}", SAMPLE_BYTES=f"{ASKED_BYTES}B",
                             LIMIT="64GiB", deadline_s=4 * LONG_S)
        self.wait_for_line(process, "kept")
        in_storm = self.wait_for_interval(lambda interval: interval >= FEWER_SAMPLES * ASKED_BYTES, "fewer samples")
        self.assert_unbiased("KeepInStorm", in_storm)
        self.assert_thinning_is_shown()
        self.assertLessEqual(self.sampling_share(process), CPU_BUDGET)
        self.send_line(process)
        self.wait_for_line(process, "calm")
        self.wait_for_interval(lambda interval: interval == ASKED_BYTES, "the interval that was asked for")
        self.assert_thinning_was_told_once()
        self.send_line(process)
        self.wait_until_done(process)
        self.assert_unbiased("KeepInCalm", in_storm)
        self.assert_unbiased("KeepInStorm", in_storm)
        self.assertEqual(self.finish(process), 0)

    def test_with_the_whole_processor_as_budget_every_sample_that_was_asked_for_is_taken(self):
        process = self.start_and_wait_until_done(support.program("storm"), CPU_BUDGET="100%", SAMPLE_BYTES=f"{ASKED_BYTES}B")
        self.assertEqual(self.interval(), ASKED_BYTES)
        self.assertEqual(self.finish(process), 0)
        self.assertEqual(self.errors(), "")


class LookTest(GovernorTest):
    CPU_BUDGET, INTERVAL_S = 0.005, 0.01  # 50 us a tick: no look is as cheap as that
    DEAREST_LOOK_S = 0.2

    def test_looks_that_cost_more_than_the_budget_are_made_less_often_which_is_told(self):
        process = self.start(support.program("storm"), CPU_BUDGET=f"{self.CPU_BUDGET:.1%}", SAMPLE_BYTES="1GiB", ALARM="stderr",
                             INTERVAL=f"{self.INTERVAL_S * 1000:.0f}ms", deadline_s=4 * LONG_S)
        self.wait_until_done(process)
        support.wait_for(lambda: "headroom: most ticks are left out, to stay within HEADROOM_CPU_BUDGET" in self.errors(), "the warning", LONG_S)
        before = self.newer(self.record_path, 1)
        before_s = self.agent_seconds(process)
        after = support.wait_for(lambda: self.newer(self.record_path, before["tick"] + 500), "five hundred ticks more", LONG_S)
        spent_s = self.agent_seconds(process) - before_s
        elapsed_s = (after["tick"] - before["tick"]) * self.INTERVAL_S
        self.assertLessEqual(spent_s, self.CPU_BUDGET * elapsed_s + self.DEAREST_LOOK_S)
        self.assertGreater(after["look_every_s"], after["interval_s"])
        self.assertGreater(after["ticks_left_out"], before["ticks_left_out"])
        self.assertRegex(self.tool("status", self.record_path).stdout, r"one every 10 ms; looks each \S+ m?s to stay within the budget\)")
        self.serve()
        left_out = int(re.search(r"^headroom_ticks_left_out_total{.*} (\d+)$", self.metrics(), re.MULTILINE).group(1))
        self.assertGreaterEqual(left_out, after["ticks_left_out"])
        self.assertEqual(self.errors().count("most ticks are left out"), 1)
        self.assertEqual(self.finish(process), 0)


class MemoryTest(GovernorTest):
    def test_a_table_that_fills_thins_sampling_out_and_an_empty_one_brings_it_back(self):
        for budget_mib in (6, 16):
            with self.subTest(budget_mib=budget_mib):
                process = self.start("/usr/bin/env", "PYTHONMALLOC=malloc", "/usr/bin/python3", "-c", KEEPS_AND_DROPS, CPU_BUDGET="100%",
                                     SAMPLE_BYTES="256B", MEMORY_BUDGET=f"{budget_mib}MiB", deadline_s=4 * LONG_S)
                self.wait_for_line(process, "kept")
                self.wait_for_interval(lambda interval: interval > 256, "fewer samples")
                some_scales_are_judged = 130
                full = support.wait_for(lambda: self.newer(self.record_path, some_scales_are_judged), "ticks with full tables", LONG_S)
                self.assertLess(full["health"]["agent_bytes"], budget_mib << 20)
                self.send_line(process)
                self.wait_for_line(process, "dropped")
                self.wait_for_interval(lambda interval: interval == 256, "the interval that was asked for")
                self.assert_thinning_was_told_once()
                self.assertEqual(self.finish(process), 0)


if __name__ == "__main__":
    unittest.main()
