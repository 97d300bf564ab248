"""Processor time of one sample, its stack and its free included, in a program without frame pointers.

The same loop is run with one op in 63 sampled and with none, right after each other; the difference of an op times 63
is one sample. Of a tool that records every allocation it is the difference to plain, and one record.
"""

from configurations import PLAIN, agent, gperftools, jemalloc
from loops import CannotRun, LoopRun, LoopSpec, ops_for
from table import Row, progress, rotated

INTERVAL_BYTES = 8 * 1024
LOOPS = {"32 frames": LoopSpec("deep"), "2 frames and those of the start": LoopSpec("pair")}
PAIRS = ((agent(SAMPLE_BYTES="8KiB", CPU_BUDGET="100%", INTERVAL="1h"), agent(SAMPLE_BYTES="1GiB", INTERVAL="1h")),
         (jemalloc(INTERVAL_BYTES), jemalloc(0)), (gperftools(INTERVAL_BYTES), gperftools(0)))
NO_SAMPLES = dict.fromkeys(("plain again", "empty", "idle thread"), "takes no samples")
NO_SAMPLES["headroom, 8 KiB"] = "the same code as headroom"


class Pair:
    """A configuration and the one without its samples."""

    def __init__(self, recording, off):
        self.recording, self.off = recording, off

    def ns(self, spec, ops, recording_first):
        thinned = ops // self.recording.thinned
        ready = {configuration: LoopRun(spec, thinned, configuration) for configuration in (self.recording, self.off)}
        order = (self.recording, self.off) if recording_first else (self.off, self.recording)
        figures = {configuration: ready[configuration].figures() for configuration in order}
        ops_per_sample = 1 if self.off is PLAIN else figures[self.off]["ops_per_sample_8k"]
        return (figures[self.recording]["cpu_ns"] - figures[self.off]["cpu_ns"]) * ops_per_sample


def measure(configurations, rounds, seconds):
    """Rows in ns, for those of the configurations that take samples or record everything."""
    names = [configuration.name for configuration in configurations]
    pairs = [Pair(*pair) for pair in PAIRS if pair[0].name in names]
    pairs += [Pair(configuration, PLAIN) for configuration in configurations if configuration.thinned > 1]
    rows = []
    for frames, spec in LOOPS.items():
        row = Row(f"one sample or record, {frames}: CPU", "ns", reasons=dict(NO_SAMPLES))
        rows.append(row)
        ops = ops_for(spec, seconds)
        for number in range(rounds):
            progress(f"{row.name}: round {number + 1} of {rounds}")
            for pair in rotated(pairs, number):
                try:
                    row.add(pair.recording, pair.ns(spec, ops, number % 2 == 0))
                except CannotRun as reason:
                    row.cannot(pair.recording, str(reason))
    return rows
