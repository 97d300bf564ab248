"""What /proc says about a process; nothing, or 0, where it has gone meanwhile."""

import os
import re
from pathlib import Path

CLOCK_TICKS = os.sysconf("SC_CLK_TCK")


def proc_text(pid, name):
    """A file of /proc/PID."""
    try:
        return Path(f"/proc/{pid}/{name}").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def stat(pid):
    """The fields of /proc/PID/stat from the third on, which is the state."""
    return proc_text(pid, "stat").rpartition(")")[2].split()


def process_tree(root):
    """The process and all its descendants."""
    children = {}
    for entry in Path("/proc").glob("[0-9]*"):
        fields = stat(entry.name)
        if fields:
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    tree = [root]
    for pid in tree:
        tree += children.get(pid, [])
    return tree


def birth(pid):
    """Start time, which tells a process from a later one of the same number."""
    fields = stat(pid)
    return fields[19] if fields else None


def cpu_seconds(pid):
    """User and system time, that of ended children included."""
    return sum(map(int, stat(pid)[11:15])) / CLOCK_TICKS


def memory_mib(pid):
    """Proportional set size: a page that n processes share counts as 1/n."""
    pss = re.search(r"^Pss:\s+(\d+)", proc_text(pid, "smaps_rollup"), re.MULTILINE)
    return int(pss[1]) / 1024 if pss else 0
