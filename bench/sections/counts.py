"""Instructions of one malloc and free under callgrind: the one figure that no load of the machine touches."""

from configurations import PLAIN
from hot.callgrind import per_op
from loops import CannotRun, LoopSpec
from table import Row, progress

OPS = 50_000
LOOPS = {"pair": "pair", "replacing in 10,000 live": "live10k"}


def measure(configurations, quick):
    rows = []
    for name, workload in list(LOOPS.items())[:1 if quick else None]:
        row = Row(f"{name}: instructions", "ratio", "an op")
        rows.append(row)
        progress(row.name)
        plain = per_op(PLAIN, LoopSpec(workload), OPS)
        row.add(PLAIN, plain)
        for configuration in configurations:
            if configuration.thinned > 1:
                row.cannot(configuration, "not counted: it records every allocation, see the times")
                continue
            try:
                row.add(configuration, per_op(configuration, LoopSpec(workload), OPS) / plain)
            except CannotRun as reason:
                row.cannot(configuration, str(reason))
    return rows
