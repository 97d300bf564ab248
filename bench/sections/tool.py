"""How long the commands of the tool take."""

from configurations import BUILD, HEADROOM
from pprof_series import Program, timed
from table import Row, progress

DUMPS, STACKS = 100, 1000
NO_TOOL = "has no such command"


def command_row(name, arguments, rounds):
    row = Row(name, "ms")
    progress(name)
    for _ in range(rounds):
        done, elapsed, _, _ = timed([BUILD / "headroom", *arguments])
        if done.returncode > 1:
            row.cannot(HEADROOM, f"ends with status {done.returncode}")
            break
        row.add(HEADROOM, 1000 * elapsed)
    return row


def measure(record, directory, rounds):
    """`record`: a flight recorder's file."""
    series = directory / "series"
    series.mkdir()
    Program(STACKS).write_series(series, DUMPS)
    return [command_row("headroom --version: elapsed", ["--version"], rounds),
            command_row("headroom status: elapsed", ["status", record], rounds),
            command_row("headroom top --once: elapsed", ["top", "--once", record], rounds),
            command_row(f"headroom analyze, {DUMPS} dumps of {STACKS:,} stacks: elapsed",
                        ["analyze", "--limit=64GiB", series], max(3, rounds // 3))]
