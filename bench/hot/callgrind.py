"""Instructions that a loop's own thread takes for an op, counted by callgrind."""

import re
import subprocess

from loops import CannotRun


def per_op(configuration, spec, ops):
    """Of the timed loop only, after its warm-up: exact, and the same on a busy machine."""
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "--toggle-collect=bench_timed_loop",
               *spec.command(ops, configuration)]
    done = subprocess.run(command, env=configuration.full_environment(), text=True, stdin=subprocess.DEVNULL,
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=600)
    total = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode != 0 or not total:
        raise CannotRun("does not run under callgrind")
    return int(total[1]) / ops
