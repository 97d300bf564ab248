"""Processor time, elapsed time and memory of malloc-heavy loops and of a program that reads JSON, beside plain.

A round makes every configuration ready at once and then lets one after the other go, with a run of plain before every
two of them, which they are divided by.
"""

from dataclasses import dataclass

from configurations import PLAIN
from loops import CannotRun, LoopRun, LoopSpec, ops_for
from table import Row, progress, rotated, rounds_within

CPU = ("CPU", "cpu_ns", "ratio", "ns an op")
ELAPSED = ("elapsed", "elapsed_ns", "ratio", "ns an op")
MEMORY = ("peak memory", "peak_rss_kib", "+MiB", "MiB")


@dataclass(frozen=True)
class Loop:
    name: str
    spec: LoopSpec
    quantities: tuple = (CPU,)
    is_quick: bool = False


def sized(size):
    return Loop(f"pair of {size} bytes", LoopSpec("pair", options=(f"--size={size}",)))


LOOPS = (
    Loop("pair", LoopSpec("pair"), is_quick=True),
    Loop("pair, 2 threads", LoopSpec("pair", 2), (CPU, ELAPSED)),
    Loop("pair, 16 threads", LoopSpec("pair", 16), (CPU, ELAPSED), is_quick=True),
    sized(16), sized(1024), sized(65536),
    Loop("pair, 5,800 blocks of 1 MiB held", LoopSpec("pair", options=("--held=5800,1",)), (CPU, MEMORY)),
    Loop("1,000 mallocs, then frees", LoopSpec("lifo")),
    Loop("replacing in 10,000 live", LoopSpec("live10k"), (CPU, MEMORY), is_quick=True),
    Loop("replacing in 10,000 live, 2 threads", LoopSpec("live10k", 2), (CPU, ELAPSED)),
    Loop("replacing in 10,000 live each, 16 threads", LoopSpec("live10k", 16), (CPU, ELAPSED, MEMORY)),
    Loop("replacing in 1,000,000 live", LoopSpec("live1m"), (CPU, MEMORY)),
    Loop("one thread frees what another allocates", LoopSpec("fifo", 2), (CPU, ELAPSED)),
    Loop("pair, under 32 frames", LoopSpec("deep")),
    Loop("JSON documents in C++", LoopSpec("json"), (CPU, ELAPSED, MEMORY), is_quick=True),
)
QUICK_LOOPS = tuple(loop for loop in LOOPS if loop.is_quick)


def figure(quantity, figures, plain):
    _, key, unit, _ = quantity
    return figures[key] / plain[key] if unit == "ratio" else (figures[key] - plain[key]) / 1024


def takes_part(configuration, number):
    return configuration.thinned == 1 or number % 3 == 0


class Comparison:
    """The rows of one loop, and who still takes part."""

    def __init__(self, loop, configurations, seconds):
        self.loop = loop
        self.configurations = list(configurations)
        self.ops = ops_for(loop.spec, seconds)
        self.rows = {quantity: Row(f"{loop.name}: {quantity[0]}", quantity[2], quantity[3])
                     for quantity in loop.quantities}

    def run(self, configuration):
        return LoopRun(self.loop.spec, max(self.ops // configuration.thinned, 16), configuration)

    def one_round(self, number):
        taking_part = [configuration for configuration in rotated(self.configurations, number)
                       if takes_part(configuration, number)]
        ready = [(configuration, self.run(configuration), self.run(PLAIN) if i % 2 == 0 else None)
                 for i, configuration in enumerate(taking_part)]
        for configuration, run, plain_run in ready:
            plain = plain_run.figures() if plain_run else plain
            if plain_run:
                self.add_plain(plain)
            try:
                figures = run.figures()
                for quantity, row in self.rows.items():
                    row.add(configuration, figure(quantity, figures, plain))
            except CannotRun as reason:
                self.drop(configuration, str(reason))

    def add_plain(self, plain):
        for (_, key, unit, _), row in self.rows.items():
            row.add(PLAIN, plain[key] if unit == "ratio" else plain[key] / 1024)

    def drop(self, configuration, reason):
        self.configurations.remove(configuration)
        for row in self.rows.values():
            row.cannot(configuration, reason)


def measure(configurations, rounds, run_s, loop_s, loops=LOOPS):
    """The rows of those loops, at most `rounds` of each within about loop_s seconds."""
    rows = []
    for loop in loops:
        comparison = Comparison(loop, configurations, run_s)
        for number in rounds_within(loop_s, 3, rounds):
            progress(f"{loop.name}: round {number + 1} of {rounds}")
            comparison.one_round(number)
        rows += comparison.rows.values()
    return rows
