"""Whole programs under the agent, for every tests/e2e/*_test.py.

Programs do a counted amount of work, print "done", and stay until their standard input ends, so that a test can look at
what the agent knows of them. A test waits for conditions, never for time to pass.
"""

import json
import os
import re
import shutil
import signal
import struct
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.request
import zlib

BUILD = os.path.realpath(os.environ["HEADROOM_BUILD"])
AGENT = os.path.join(BUILD, "libheadroom_preload.so")
LIBRARY_SOURCES = os.path.join(os.environ["HEADROOM_SOURCE"], "tests", "e2e", "libraries")
DEADLINE_S = 20
NOBODY = 65534
AS_ROOT = os.geteuid() == 0

SLOT_HEADER = struct.Struct("<8sIIQQ")  # src/recorder/layout.h
SLOT_BYTES = 256 * 1024


def program(name):
    return os.path.join(BUILD, "e2e", "e2e_" + name)


def environment(preload=None, **options):
    """The caller's environment without headroom's settings; `options` are headroom's own."""
    clean = {name: value for name, value in os.environ.items()
             if not name.startswith("HEADROOM_") and name not in ("LD_PRELOAD", "XDG_RUNTIME_DIR")}
    if preload:
        clean["LD_PRELOAD"] = preload
    return {**clean, **{"HEADROOM_" + name: str(value) for name, value in options.items()}}


def resident_bytes(process):
    status = read_text(f"/proc/{process.pid}/status")
    return int(re.search(r"^RssAnon:\s+(\d+) kB$", status, re.MULTILINE).group(1)) << 10


def read_text(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def read_record(path):
    """The newest whole record of a flight recorder file, or None."""
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError:
        return None
    newest, newest_sequence = None, 0
    for start in range(0, len(content), SLOT_BYTES):
        slot = content[start:start + SLOT_BYTES]
        if len(slot) < SLOT_HEADER.size:
            continue
        magic, checksum, _, sequence, length = SLOT_HEADER.unpack_from(slot)
        body = slot[12:SLOT_HEADER.size + length]
        if magic == b"HEADROOM" and zlib.crc32(body) == checksum and sequence > newest_sequence:
            newest, newest_sequence = slot[SLOT_HEADER.size:SLOT_HEADER.size + length], sequence
    return json.loads(newest) if newest else None


def read_alarms(path):
    """The events of a `file:` sink so far; a line that is still being written does not count."""
    try:
        with open(path, encoding="utf-8") as file:
            return [event for event in map(json.loads, file.read().split("\n")[:-1]) if event["event"] == "alarm"]
    except FileNotFoundError:
        return []


def functions_of(frames):
    return [frame["function"] or "" for frame in frames]


def names_function(frames, function):
    return any(re.search(rf"(^|::){function}(\(|$)", name) for name in functions_of(frames))


def live_at(record, function):
    """(bytes, samples) that live at the call stacks through `function`."""
    sites = [site for site in record["sites"] if names_function(site["frames"], function)]
    return sum(site["live_bytes"] for site in sites), sum(site["live_samples"] for site in sites)


def wait_for(condition, what, deadline_s=DEADLINE_S):
    """What `condition` returns as soon as that is true."""
    end = time.monotonic() + deadline_s
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.01)
    raise AssertionError(f"waited {deadline_s} s in vain for {what}")


class WatchedTest(unittest.TestCase):
    """A directory for each test, and programs that run in it under the agent."""

    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = os.path.realpath(directory.name)
        os.chmod(self.directory, 0o755)
        self.record_path = self.path("record.hr")
        self.alarm_path = self.path("alarms.jsonl")

    def path(self, name):
        return os.path.join(self.directory, name)

    def options(self, **changes):
        options = {"INTERVAL": "20ms", "CPU_BUDGET": "100%", "RECORDER": self.record_path, "ALARM": "file:" + self.alarm_path, **changes}
        return {name: value for name, value in options.items() if value is not None}

    def watched(self, preload=AGENT, **options):
        return environment(preload, **self.options(**options))

    def run_watched(self, *command, preload=AGENT, popen=None, **options):
        return subprocess.run(command, env=self.watched(preload, **options), capture_output=True, text=True,
                              timeout=DEADLINE_S, check=False, stdin=subprocess.DEVNULL, **(popen or {}))

    def run_unwatched(self, *command, preload=None, popen=None):
        return subprocess.run(command, env=environment(preload), capture_output=True, text=True, timeout=DEADLINE_S,
                              check=False, stdin=subprocess.DEVNULL, **(popen or {}))

    def start(self, *command, preload=AGENT, popen=None, deadline_s=DEADLINE_S, **options):
        """Starts the program, which is killed when it hangs. Its errors go to a file, see errors()."""
        with open(self.path("stderr"), "w", encoding="utf-8") as errors:
            settings = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": errors, **(popen or {})}
            process = subprocess.Popen(command, env=self.watched(preload, **options), text=True, **settings)
        watchdog = threading.Timer(deadline_s, process.kill)
        watchdog.start()
        self.addCleanup(self.end, process)
        self.addCleanup(watchdog.cancel)
        return process

    def start_and_wait_until_done(self, *command, **options):
        process = self.start(*command, **options)
        self.wait_until_done(process)
        return process

    def wait_until_done(self, process):
        lines = []
        for line in process.stdout:
            if line == "done\n":
                return lines
            lines.append(line.rstrip("\n"))
        self.fail(f"the program ended with {process.wait()} before it was done: {self.errors()}")

    def send_line(self, process):
        process.stdin.write("go on\n")
        process.stdin.flush()

    def finish(self, process):
        """Ends the program in good order; its exit status."""
        process.stdin.close()
        status = process.wait(DEADLINE_S)
        process.stdout.close()
        return status

    def end(self, process):
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            process.wait()
        for stream in (process.stdin, process.stdout):
            if stream:
                stream.close()

    def errors(self):
        return read_text(self.path("stderr"))

    def agent_lines(self, errors=None):
        return [line for line in (self.errors() if errors is None else errors).splitlines()
                if line.startswith("headroom:")]

    def fresh_record(self, path=None):
        """A record of a tick that began after this call."""
        path = path or self.record_path
        first = wait_for(lambda: read_record(path), f"the record {path}")
        return wait_for(lambda: self.newer(path, first["tick"] + 1), f"a newer record in {path}")

    @staticmethod
    def newer(path, tick):
        record = read_record(path)
        return record if record and record["tick"] > tick else None

    def wait_for_alarm(self, wanted=lambda event: True, deadline_s=DEADLINE_S):
        return wait_for(lambda: next(filter(wanted, read_alarms(self.alarm_path)), None), "an alarm", deadline_s)

    def serve(self):
        """Starts `headroom serve` on the records of the test's directory, at self.url."""
        errors = self.path("serve")
        with open(errors, "w", encoding="utf-8") as file:
            process = subprocess.Popen([os.path.join(BUILD, "headroom"), "serve", "--listen", "127.0.0.1:0", self.directory],
                                       stderr=file)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        self.url = wait_for(lambda: re.search(r"http://\S+?/", read_text(errors)), "serve").group()

    def metrics(self):
        with urllib.request.urlopen(self.url + "metrics", timeout=DEADLINE_S) as answer:
            return answer.read().decode()

    def build_library(self, source, *flags):
        """Compiles tests/e2e/libraries/SOURCE to a shared library in the test's directory."""
        name, language = os.path.splitext(source)
        target = self.path(f"{name}.so")
        compiler = "gcc" if language == ".c" else "g++"
        command = [compiler, "-shared", "-fPIC", "-O1", "-o", target, os.path.join(LIBRARY_SOURCES, source), *flags]
        subprocess.run(command, check=True, timeout=DEADLINE_S)
        return target

    def copy(self, path, mode=0o755):
        target = shutil.copy(path, self.directory)
        os.chmod(target, mode)
        return target
