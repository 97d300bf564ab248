"""One run of a loop of bench_workloads, and several made ready together."""

import re
import subprocess
from dataclasses import dataclass

from configurations import BUILD, PLAIN

KILLED_AFTER_S = 120


class CannotRun(Exception):
    """Something does not run under a configuration; the text says why in a few words, without paths."""


@dataclass(frozen=True)
class LoopSpec:
    """Which loop: a workload of bench_workloads, and its options."""

    workload: str
    threads: int = 1
    options: tuple = ()

    def command(self, ops, configuration):
        return [str(BUILD / "bench_workloads"), self.workload, str(int(ops)), f"--threads={self.threads}",
                f"--await-threads={configuration.threads}", *self.options]


class LoopRun:
    """A loop that has started and waits for figures() to be let go; what is preloaded has its threads by then."""

    def __init__(self, spec, ops, configuration):
        self.process = subprocess.Popen(spec.command(ops, configuration), text=True, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        env=configuration.full_environment())

    def figures(self):
        """cpu_ns and elapsed_ns an op, peak_rss_kib, ops_per_sample_8k."""
        if self.process.stdout.readline() != "ready\n":
            self.end()
            raise CannotRun("does not start")
        try:
            output, _ = self.process.communicate(timeout=KILLED_AFTER_S)
        except subprocess.TimeoutExpired:
            self.end()
            raise CannotRun(f"not done within {KILLED_AFTER_S} s") from None
        if self.process.returncode != 0:
            raise CannotRun(f"ends with status {self.process.returncode}")
        return {name: float(value) for name, value in re.findall(r"(\w+)=(\S+)", output)}

    def end(self):
        self.process.kill()
        self.process.communicate()


def ops_for(spec, seconds):
    """How many ops of a loop take about that long with nothing preloaded."""
    trial_ops = 100 if spec.workload == "json" else 100_000
    return max(trial_ops // 10, int(seconds * 1e9 / LoopRun(spec, trial_ops, PLAIN).figures()["elapsed_ns"]))
