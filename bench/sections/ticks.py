"""What the agent's own thread takes: of a tick, by live samples and by call stacks, and at rest, of one processor."""

import subprocess
import time
from pathlib import Path

from configurations import BUILD, HEADROOM, Configuration
from loops import CannotRun
from table import Row, progress

# Every block is a live sample, and the tables have room for all of them.
SAMPLED = {"HEADROOM_SAMPLE_BYTES": "1B", "HEADROOM_CPU_BUDGET": "100%", "HEADROOM_ALARM": "file:/dev/null"}
TICK_S = 0.5
TICKS = 6
REST_BLOCKS, REST_SITES, REST_WINDOW_S = 100_000, 1000, 30
BY_BLOCKS = [(blocks, 100) for blocks in (10**3, 10**4, 10**5, 10**6)]
BY_SITES = [(10**5, sites) for sites in (10**2, 10**3, 10**4, 10**5)]
NO_AGENT = "has no thread that looks for growth"


class Watched:
    """A program that holds so many live samples of so many call stacks and does nothing else, with the agent in it."""

    def __init__(self, blocks, sites, record, **options):
        configuration = Configuration("", HEADROOM.preload, SAMPLED | {"HEADROOM_RECORDER": str(record)} | options)
        self.record = record
        self.process = subprocess.Popen([BUILD / "bench_hold_samples", str(blocks), str(sites)], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        env=configuration.full_environment())
        if self.process.stdout.readline() != "ready\n":
            raise CannotRun("does not start")
        self.thread = next(task for task in Path(f"/proc/{self.process.pid}/task").iterdir()
                           if (task / "comm").read_text() == "headroom\n")

    def agent_seconds(self):
        """Processor time of the agent's thread so far."""
        return int((self.thread / "schedstat").read_text().split()[0]) / 1e9

    def await_record(self):
        """The flight recorder's file, which begins with the first tick."""
        deadline = time.monotonic() + 60
        while not self.record.exists():
            if time.monotonic() > deadline:
                raise CannotRun("has no record after a minute")
            time.sleep(0.1)
        return self.record

    def end(self):
        self.process.communicate()


def tick_row(blocks, sites, directory):
    row = Row(f"a tick, {blocks:,} live samples of {sites:,} stacks: CPU", "ms")
    progress(row.name)
    watched = Watched(blocks, sites, directory / "ticks.hr", HEADROOM_INTERVAL=f"{TICK_S * 1000:.0f}ms",
                      HEADROOM_MEMORY_BUDGET="1GiB")
    time.sleep(2 * TICK_S)
    before = watched.agent_seconds()
    for _ in range(TICKS):
        time.sleep(TICK_S)
        row.add(HEADROOM, 1000 * (watched.agent_seconds() - before))
        before = watched.agent_seconds()
    watched.end()
    return row


def measure(directory, quick):
    points = dict.fromkeys([BY_BLOCKS[0], BY_BLOCKS[2]] if quick else BY_BLOCKS + BY_SITES)
    return [tick_row(blocks, sites, directory) for blocks, sites in points]


class Rest:
    """The agent with its usual clock in a program at rest, from now to row(), beside all else that is measured."""

    def __init__(self, directory):
        self.watched = Watched(REST_BLOCKS, REST_SITES, directory / "rest.hr", HEADROOM_MEMORY_BUDGET="64MiB")
        self.looks = []
        self.look()

    def look(self):
        """Call now and then; two looks that are far enough apart make a figure."""
        now = time.monotonic()
        if not self.looks or now - self.looks[-1][0] >= REST_WINDOW_S:
            self.looks.append((now, self.watched.agent_seconds()))

    def row(self):
        """Waits where too little time has passed."""
        row = Row(f"at rest, {REST_BLOCKS:,} live samples: CPU of the agent's thread", "% of a core")
        while len(self.looks) < 2:
            progress(row.name)
            time.sleep(1)
            self.look()
        for (t0, cpu0), (t1, cpu1) in zip(self.looks, self.looks[1:]):
            row.add(HEADROOM, 100 * (cpu1 - cpu0) / (t1 - t0))
        return row

    def end(self):
        self.watched.end()
