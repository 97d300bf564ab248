"""One daemon under measurement: started on a core of its own, watched, and stopped with all its children."""

import os
import pwd
import re
import select
import signal
import socket
import subprocess
import sys
import time
from ctypes import CDLL
from pathlib import Path

from processes import birth, cpu_seconds, memory_mib, process_tree, proc_text

CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, LOAD_CORE = CORES[0], CORES[-1]
START_SECONDS = STOP_SECONDS = 20
PR_SET_PDEATHSIG = 1
libc = CDLL(None)


class Failed(Exception):
    """A daemon or its load did not do what it should; the text says what."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run(command, seconds=60, **options):
    """Output of a helper program, which has to succeed within that time. It runs on the load generator's core."""
    try:
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=seconds,
                              **options)
    except subprocess.TimeoutExpired:
        raise Failed(f"{command[0]} was not done within {seconds:.0f} s") from None
    if done.returncode != 0:
        raise Failed(f"{command[0]} ended with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout


def figures(line):
    """(requests, seconds) of `requests=N elapsed_s=S`."""
    found = re.match(r"requests=(\d+) elapsed_s=(\S+)", line)
    if not found:
        raise Failed(f"expected `requests=N elapsed_s=S`, got {line!r}")
    return int(found[1]), float(found[2])


class Server:
    """Subclasses give command(), load(seconds) -> (requests, elapsed seconds) and answers() -> text."""

    needs = ()  # programs
    user = None  # whom it runs as when started by root
    stop_signal = signal.SIGTERM  # none: it ends with its standard input
    environment = {}

    def __init__(self, configuration, directory, **options):
        self.configuration = configuration
        self.directory = directory
        directory.mkdir()
        self.alarms = directory / "alarms"  # open to whomever the daemon turns into
        self.alarms.mkdir()
        self.alarms.chmod(0o777)
        self.options = {f"HEADROOM_{name}": value for name, value in options.items()}
        self.options["HEADROOM_ALARM"] = f"file:{self.alarms / 'alarms.jsonl'}"
        self.port = free_port()
        self.log = directory / "log"

    def start(self):
        if self.owner():
            user = pwd.getpwnam(self.user)
            os.chown(self.directory, user.pw_uid, user.pw_gid)
        environment = self.configuration.full_environment(**self.environment, **self.options)
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [str(word) for word in self.command()], stdin=subprocess.PIPE, stdout=self.output(log), stderr=log,
                cwd=self.directory, env=environment, start_new_session=True, preexec_fn=self.enter, **self.owner())
        deadline = time.monotonic() + START_SECONDS
        while not self.ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                said = self.log.read_text(errors="replace")[-2000:].strip() or "nothing"
                raise Failed(f"{self.describe()} was not ready within {START_SECONDS} s; it said: {said}")
            time.sleep(0.05)

    def owner(self):
        """Options of subprocess that make its user the server's."""
        return {"user": self.user, "group": self.user, "extra_groups": []} if self.user and os.geteuid() == 0 else {}

    @staticmethod
    def enter():
        """Runs in the child: on the server's core, and never longer than this script."""
        os.sched_setaffinity(0, {SERVER_CORE})
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)

    def output(self, log):
        return log

    def ready(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def describe(self):
        return f"{type(self).__name__.lower()}, {self.configuration.name}"

    def cpu_seconds(self):
        return sum(map(cpu_seconds, process_tree(self.process.pid)))

    def memory_mib(self):
        return sum(map(memory_mib, process_tree(self.process.pid)))

    def watched(self):
        """Whether the agent's thread runs anywhere in the tree."""
        return any(proc_text(pid, f"task/{task.name}/comm") == "headroom\n" for pid in process_tree(self.process.pid)
                   for task in Path(f"/proc/{pid}/task").glob("*"))

    def faults(self):
        """What must never be: an alarm, or a process of the tree that died of a signal."""
        found = [f"alarm: {line}" for path in self.alarms.glob("*") for line in path.read_text().splitlines()]
        log = self.log.read_text(errors="replace")
        found += re.findall(r".*(?:terminated by|exited on|crashed by) signal.*", log)
        if self.process.poll() is not None and self.process.returncode < 0:
            found.append(f"ended by signal {-self.process.returncode}")
        return [f"{self.describe()}: {fault}" for fault in found]

    def stop(self):
        """Asks it to end, waits, and ends by force what is left of the tree."""
        births = {pid: birth(pid) for pid in process_tree(self.process.pid)}
        self.process.stdin.close()
        if self.stop_signal and self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            print(f"{self.describe()} did not end when asked", file=sys.stderr)
        for pid, born in births.items():
            if born and birth(pid) == born:
                os.kill(pid, signal.SIGKILL)
        self.process.wait(STOP_SECONDS)


def read_line(pipe, seconds):
    """One line of a server's output, waited for no longer than that."""
    if not select.select([pipe], [], [], seconds)[0]:
        raise Failed(f"no answer within {seconds:.0f} s")
    return pipe.readline().decode().strip()
