"""What a figure depends on: the machine, its software and its load. No names of hosts or people."""

import os
import platform
import re
import subprocess
from pathlib import Path

PACKAGES = ("libc6", "libjemalloc2", "libgoogle-perftools4", "liblsan0", "libheaptrack", "redis-server", "nginx-light",
            "memcached", "postgresql-15", "nlohmann-json3-dev", "g++", "valgrind")


def cpu_model():
    found = re.search(r"^model name\s*:\s*(.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return found[1] if found else platform.machine()


def cpu_family():
    text = Path("/proc/cpuinfo").read_text()
    return "/".join(re.search(rf"^{name}\s*:\s*(\d+)$", text, re.MULTILINE)[1] for name in ("cpu family", "model"))


def memory_gib():
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def distribution():
    return f"{platform.freedesktop_os_release()['NAME']} {Path('/etc/debian_version').read_text().strip()}"


def package_versions():
    """Name -> version of those installed."""
    done = subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${Version}\n", *PACKAGES], text=True,
                          capture_output=True)
    return dict(line.split(" ", 1) for line in done.stdout.splitlines() if not line.endswith(" "))


def describe():
    """Facts by name, as text."""
    return {"processor": f"{cpu_model()} (family/model {cpu_family()}), {len(os.sched_getaffinity(0))} cores",
            "virtual": "yes" if "hypervisor" in Path("/proc/cpuinfo").read_text() else "no",
            "memory": f"{memory_gib():.0f} GiB",
            "kernel": platform.release().split("-")[0],
            "system": distribution(),
            "packages": ", ".join(f"{name} {version}" for name, version in package_versions().items())}


def load():
    """Processes that wanted to run, over the last minute."""
    return os.getloadavg()[0]
