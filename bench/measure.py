"""What the benchmarks share: the configurations to compare, one run of a workload, and ratios as text."""

import os
import re
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

BUILD = Path(os.environ.get("HEADROOM_BUILD", Path(__file__).resolve().parent.parent / "build"))
AGENT = BUILD / "libheadroom_preload.so"
DEBIAN_LIBRARIES = Path("/usr/lib/x86_64-linux-gnu")


@dataclass(frozen=True, eq=False)
class Configuration:
    """A way to run a program: what is preloaded, the environment beside it, and how many threads a loop then has."""

    name: str
    preload: tuple = ()
    environment: dict = field(default_factory=dict)
    threads: int = 1

    def installed(self):
        return all(Path(library).exists() for library in self.preload)

    def full_environment(self, **more):
        """The caller's environment without what would be measured by mistake, and this configuration's own."""
        clean = {name: value for name, value in os.environ.items()
                 if name != "LD_PRELOAD" and not name.startswith("HEADROOM_")}
        preload = {"LD_PRELOAD": " ".join(map(str, self.preload))} if self.preload else {}
        return clean | preload | self.environment | more


PLAIN = Configuration("plain")
EMPTY = Configuration("empty", (BUILD / "libbench_empty.so",))
IDLE_THREAD = Configuration("idle thread", (BUILD / "libbench_idle_thread.so",), threads=2)


def agent(name="headroom", **options):
    """The agent with HEADROOM_<option>=value, and without a recorder file: nobody reads the one of so short a run."""
    environment = {"HEADROOM_RECORDER": "off"} | {f"HEADROOM_{option}": value for option, value in options.items()}
    return Configuration(name, (AGENT,), environment, threads=1 if options.get("ENABLE") == "0" else 2)


def gperftools(sample_bytes):
    return Configuration("gperftools", (DEBIAN_LIBRARIES / "libtcmalloc.so.4",),
                         {"TCMALLOC_SAMPLE_PARAMETER": str(sample_bytes)})


def jemalloc(sample_bytes):
    profiling = f"prof:true,lg_prof_sample:{sample_bytes.bit_length() - 1}" if sample_bytes else "prof:false"
    return Configuration("jemalloc", (DEBIAN_LIBRARIES / "libjemalloc.so.2",), {"MALLOC_CONF": profiling})


def installed(configurations):
    """Those that can run here; names the libraries that are missing."""
    missing = {str(library) for configuration in configurations for library in configuration.preload
               if not Path(library).exists()}
    for library in sorted(missing):
        print(f"left out, as it is not there: {library}", file=sys.stderr)
    return [configuration for configuration in configurations if configuration.installed()]


def workload_command(workload, ops, configuration, *options):
    return [str(BUILD / "bench_workloads"), workload, str(int(ops)), f"--threads={configuration.threads}", *options]


class WorkloadRun:
    """A workload that has started and waits for figures() to be let go; what is preloaded has its threads by then."""

    def __init__(self, workload, ops, configuration):
        self.process = subprocess.Popen(workload_command(workload, ops, configuration), text=True,
                                        env=configuration.full_environment(), stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE)
        if self.process.stdout.readline() != "ready\n":
            sys.exit(f"{configuration.name}: {workload} did not start")

    def figures(self):
        """cpu_ns and elapsed_ns an op, peak_rss_kib, ops_per_sample_8k."""
        output, _ = self.process.communicate(timeout=600)
        if self.process.returncode != 0:
            sys.exit(f"{' '.join(self.process.args)} ended with {self.process.returncode}")
        return {name: float(value) for name, value in re.findall(r"(\w+)=(\S+)", output)}


def run_workload(workload, ops, configuration):
    return WorkloadRun(workload, ops, configuration).figures()


def ops_for(workload, seconds):
    """How many ops of a workload take about that long."""
    trial_ops = 100_000
    return max(trial_ops, int(seconds * 1e9 / run_workload(workload, trial_ops, PLAIN)["elapsed_ns"]))


def rotated(items, by):
    """The same items from another start, so that none is always measured first."""
    by %= max(len(items), 1)
    return items[by:] + items[:by]


def spread(values, digits=3):
    """Median (min..max)."""
    if not values:
        return ""
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f}..{max(values):.{digits}f})"


def print_table(title, columns, rows):
    """A Markdown table; each row is a list, its first cell the name."""
    print(f"\n{title}\n\n| {' | '.join(columns)} |")
    print("| --- |" + " ---: |" * (len(columns) - 1))
    for row in rows:
        print(f"| {' | '.join(row)} |")
    sys.stdout.flush()
