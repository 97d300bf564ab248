"""`headroom serve` over a directory of made records, for the tests that ask it."""

import json
import os
import signal
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request

import status_test
import tool

DEADLINE_S = 30


class ServeTest(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = os.path.realpath(directory.name)

    def child(self):
        """A process that runs until the test ends; its record may claim to be its own."""
        process = subprocess.Popen(["sleep", "600"])
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def gone_pid(self):
        process = subprocess.Popen(["true"])
        process.wait()
        return process.pid

    def put(self, name, content):
        path = os.path.join(self.directory, name)
        with open(path, "wb") as file:
            file.write(content)
        return path

    def record(self, pid, name=None, **changes):
        """An agent that has just ticked, with a long interval, so that no slow machine makes it late."""
        changes = {"interval_s": 3600, "time_s": time.time(), **changes}
        content = status_test.slot(1, json.dumps(status_test.status(pid=pid, **changes)).encode())
        return self.put(name or f"{pid}.hr", content)

    def serve(self, *arguments, listen="127.0.0.1:0"):
        errors = tempfile.TemporaryFile(mode="w+")
        self.addCleanup(errors.close)
        process = subprocess.Popen([tool.TOOL, "serve", "--listen", listen, *(arguments or [self.directory])],
                                   env=tool.environment(), stderr=errors, stdout=subprocess.DEVNULL)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        end = time.monotonic() + DEADLINE_S
        while time.monotonic() < end and process.poll() is None:
            errors.seek(0)
            line = errors.readline()
            if line.endswith("\n"):
                self.assertIn("serving http://127.0.0.1:", line)
                self.url = line.split()[2].rstrip("/")
                return process
            time.sleep(0.01)
        self.fail("serve did not begin")

    def ask(self, path, body=None, **headers):
        request = urllib.request.Request(self.url + path, data=body, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=DEADLINE_S) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()

    def text(self, path):
        status, body = self.ask(path)
        self.assertEqual(status, 200, body)
        return body.decode()

    def end(self, process):
        process.send_signal(signal.SIGTERM)
        return process.wait(DEADLINE_S)
