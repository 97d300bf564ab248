"""Where a process's record is when nobody said, and what `headroom status PID` says where there is none."""

import glob
import os
import stat
import subprocess
import unittest

import support

TOOL = os.path.join(support.BUILD, "headroom")
PRIVATE_RUN = ["unshare", "--mount", "sh", "-c", 'mount -t tmpfs none /run && exec "$@"', "sh"]


def can_have_a_private_run():
    return support.AS_ROOT and subprocess.run([*PRIVATE_RUN, "true"], capture_output=True, check=False).returncode == 0


class StatusOfProcessTest(support.WatchedTest):
    def status(self, pid, *before):
        return subprocess.run([*before, TOOL, "status", str(pid)], env=support.environment(), capture_output=True,
                              text=True, timeout=support.DEADLINE_S, check=False)

    def assert_no_record(self, process, why):
        done = self.status(process.pid)
        self.assertEqual((done.returncode, done.stdout), (3, ""))
        self.assertRegex(done.stderr,
                         rf"\Aheadroom: process {process.pid} {why}[^\n]* \(looked for /run/headroom/[^\n]*\n\Z")


class ProgramNameTest(support.WatchedTest):
    def test_a_program_is_called_as_it_was_called(self):
        link = self.path("serves-as-d")
        os.symlink(support.program("plain"), link)
        process = self.start_and_wait_until_done(link)
        self.assertEqual(self.fresh_record()["program"], "serves-as-d")
        self.assertEqual(self.finish(process), 0)


class AtTheEndTest(support.WatchedTest):
    def test_the_record_stays_removed_while_the_process_ends(self):
        slow = self.build_library("slow_end.c")
        process = self.start_and_wait_until_done(support.program("plain"), preload=f"{support.AGENT}:{slow}")
        self.fresh_record()
        self.assertEqual((self.finish(process), self.errors()), (0, ""))
        self.assertFalse(os.path.exists(self.record_path))


class WithoutRecordTest(StatusOfProcessTest):
    def test_an_agent_that_has_not_started_is_told_with_what_it_waits_for(self):
        process = self.start("/bin/cat")
        maps = f"/proc/{process.pid}/maps"
        support.wait_for(lambda: "libheadroom_preload" in support.read_text(maps), "the agent in the process")
        waits_for = "64 KiB .* 1 s or has a second thread"
        self.assert_no_record(process, f"has no record: its agent has not started yet.* {waits_for}")

    def test_an_agent_without_a_place_for_its_record_is_told(self):
        process = self.start_and_wait_until_done(support.program("plain"), RECORDER="off")
        support.wait_for(lambda: "headroom\n" in self.threads_of(process), "the agent's thread")
        self.assert_no_record(process, "has no record: its agent writes the first after one HEADROOM_INTERVAL")

    @staticmethod
    def threads_of(process):
        return [support.read_text(name) for name in glob.glob(f"/proc/{process.pid}/task/*/comm")]


@unittest.skipUnless(can_have_a_private_run(), "needs root and a mount namespace")
class AfterRunTest(StatusOfProcessTest):
    def start_by_tool(self, *command):
        process = self.start(*PRIVATE_RUN, TOOL, "run", "--interval=20ms", "--alarm=stderr", "--", *command,
                             preload=None, INTERVAL=None, RECORDER=None, ALARM=None)
        self.run_directory = f"/proc/{process.pid}/root/run/headroom"
        return process

    def status_beside(self, process):
        record = f"{self.run_directory}/{process.pid}.hr"
        support.wait_for(lambda: support.read_record(record), "the record " + record)
        return self.status(process.pid, "nsenter", f"--mount=/proc/{process.pid}/ns/mnt")

    def test_status_finds_what_run_started(self):
        process = self.start_by_tool(support.program("plain"))
        self.wait_until_done(process)
        done = self.status_beside(process)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertTrue(done.stdout.startswith(f"e2e_plain (pid {process.pid}) is armed"), done.stdout)
        self.assertEqual(stat.S_IMODE(os.stat(self.run_directory).st_mode), 0o1777)
        self.assertEqual(self.finish(process), 0)

    def test_status_finds_a_daemon_that_gave_up_root(self):
        process = self.start_by_tool(support.program("gives_up_root"), "setuid", str(support.NOBODY))
        self.assertEqual(process.stdout.readline(), "started\n")
        record = f"{self.run_directory}/{process.pid}.hr"
        support.wait_for(lambda: os.path.exists(record), "the record " + record)
        self.send_line(process)
        self.wait_until_done(process)
        os.unlink(record)  # as if it had given up root before the first tick
        done = self.status_beside(process)
        self.assertTrue(done.stdout.startswith(f"e2e_gives_up_root (pid {process.pid}) is armed"), done.stdout)
        self.assertEqual(os.stat(record).st_uid, support.NOBODY)

    def test_status_does_not_believe_a_record_of_another_user(self):
        process = self.start_by_tool(support.program("plain"))
        self.wait_until_done(process)
        record = f"{self.run_directory}/{process.pid}.hr"
        support.wait_for(lambda: os.path.exists(record), "the record " + record)
        os.chown(record, support.NOBODY, support.NOBODY)
        done = self.status_beside(process)
        self.assertEqual((done.returncode, done.stdout), (3, ""))
        self.assertEqual(done.stderr, f"headroom: /run/headroom/{process.pid}.hr is not by process {process.pid}: "
                                      "it belongs to another user\n")


if __name__ == "__main__":
    unittest.main()
