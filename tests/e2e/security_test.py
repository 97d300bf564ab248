"""A program that has more rights than its caller takes nothing from the caller's environment; the exporter is for this host alone."""

import ctypes
import fcntl
import os
import re
import socket
import struct
import subprocess
import unittest

import support


@unittest.skipUnless(support.AS_ROOT, "needs root to give a program's rights to others")
class SecurityTest(support.WatchedTest):
    def setUp(self):
        super().setUp()
        if os.statvfs(self.directory).f_flag & os.ST_NOSUID:
            self.skipTest(f"{self.directory} is mounted nosuid")
        os.chmod(self.directory, 0o777)
        self.agent = self.copy(support.AGENT)

    def linked_program(self, mode):
        """A program that needs the agent, so that the loader cannot leave it out."""
        target = self.path("linked")
        source = os.path.join(os.environ["HEADROOM_SOURCE"], "tests", "e2e", "programs", "rights.c")
        subprocess.run(["gcc", "-O1", "-o", target, source, "-Wl,--no-as-needed", self.agent,
                        "-Wl,-rpath," + self.directory], check=True, timeout=support.DEADLINE_S)
        os.chmod(target, mode)
        return target

    def run_as_nobody(self, program, preload):
        before = sorted(os.listdir(self.directory))
        done = self.run_watched(program, preload=preload, popen={"user": support.NOBODY})
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(sorted(os.listdir(self.directory)), before)
        return done.stdout.splitlines()

    def test_a_set_user_id_program_is_not_watched(self):
        program = self.copy(support.program("rights"), 0o4755)
        self.assertEqual(self.run_as_nobody(program, self.agent), ["secure 1", "threads 1", "done"])

    def test_an_agent_that_is_loaded_all_the_same_stays_idle(self):
        self.assertEqual(self.run_as_nobody(self.linked_program(0o4755), None), ["secure 1", "threads 1", "done"])

    def test_the_same_program_is_watched_when_it_has_no_more_rights_than_its_caller(self):
        process = self.start(self.linked_program(0o755), preload=None, popen={"user": support.NOBODY})
        self.assertEqual(self.wait_until_done(process), ["secure 0", "threads 2"])
        self.assertEqual(self.fresh_record()["pid"], process.pid)
        self.assertEqual(self.finish(process), 0)


def enter_own_network():
    """With a loopback of its own, where every port is free."""
    new_network, set_flags, up = 0x40000000, 0x8914, 1  # CLONE_NEWNET, SIOCSIFFLAGS, IFF_UP
    if ctypes.CDLL(None).unshare(new_network) != 0:
        raise OSError("unshare")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, set_flags, struct.pack("16sh14x", b"lo", up))


@unittest.skipUnless(support.AS_ROOT, "needs root for a network of its own")
class ExporterTest(support.WatchedTest):
    def listening_at(self, process):
        """(address, port) of each listening socket, in the kernel's notation."""
        tables = [support.read_text(f"/proc/{process.pid}/net/{name}") for name in ("tcp", "tcp6")]
        return [found for table in tables for found in re.findall(r"^ *\d+: (\w+):(\w+) \w+:\w+ 0A ", table, re.MULTILINE)]

    def test_it_listens_on_the_loopback_alone_unless_told(self):
        process = subprocess.Popen([os.path.join(support.BUILD, "headroom"), "serve", self.directory], preexec_fn=enter_own_network,
                                   stderr=subprocess.DEVNULL)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        loopback, port_9797 = "0100007F", "2645"
        self.assertEqual(support.wait_for(lambda: self.listening_at(process), "a socket"), [(loopback, port_9797)])


if __name__ == "__main__":
    unittest.main()
