"""Debian's daemons under load, beside the plain ones of the same round; see daemons/comparison.py."""

import os

from comparison import Comparison
from configurations import HEADROOM, HEADROOM_SERVED
from daemons import DAEMONS, Python, missing
from server import LOAD_CORE, Failed
from table import Row


def measure(configurations, directory, rounds, slices, daemon_s, quick):
    """The rows, and what went wrong; at most `rounds` of each daemon within about daemon_s seconds."""
    served = [HEADROOM_SERVED if configuration is HEADROOM else configuration for configuration in configurations]
    rows, faults = [], []
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {LOAD_CORE})
    for daemon in DAEMONS[:1] if quick else [daemon for daemon in DAEMONS if daemon is not Python]:
        name = daemon.__name__.lower()
        if missing(daemon):
            reasons = {configuration.name: f"{' and '.join(missing(daemon))} not installed" for configuration in served}
            rows.append(Row(name, "ratio", reasons=reasons))
            continue
        comparison = Comparison(daemon, served, 1, slices)
        try:
            rows += comparison.measure(directory, rounds, daemon_s)
        except Failed as failure:
            faults.append(str(failure))
        faults += comparison.faults
    os.sched_setaffinity(0, cores)
    return rows, faults
