"""Where memory, descriptors, room on the disk, stack or rights are short, the program gets what it gets without the agent, and
what was to be told is told as soon as it can be."""

import os
import resource
import subprocess
import unittest

import support

MIB = 1 << 20
KIB = 1 << 10
LEAKING = {"LIMIT": "64MiB", "SAMPLE_BYTES": "16KiB"}
LONG_DUE_BYTES = 45 * MIB


class FailingAllocationTest(support.WatchedTest):
    def test_every_nth_allocation_fails_as_without_the_agent_which_takes_none_itself(self):
        failing = self.build_library("failing_malloc.c")
        command = support.program("no_memory")
        alone = self.run_unwatched(command, preload=failing)
        self.assertEqual((alone.returncode, alone.stdout.splitlines()[-1]), (0, "0 calls by other threads"))
        self.assertEqual(len(set(alone.stdout.splitlines())), 64 + 3)
        for settings in ({"SAMPLE_BYTES": "1B", "INTERVAL": "10ms"}, {"SAMPLE_BYTES": "512B"}, {}):
            with self.subTest(**settings):
                watched = self.run_watched(command, preload=f"{support.AGENT}:{failing}", **settings)
                self.assertEqual((watched.returncode, watched.stdout), (0, alone.stdout))

    def test_at_every_step_of_too_little_address_space_the_agent_arms_or_says_so_and_the_program_runs(self):
        told = set()
        enough_for_the_loader = 10 * MIB  # which itself dies of what it does not get
        for limit in range(enough_for_the_loader, 40 * MIB, 256 * KIB):
            done = self.run_watched(support.program("plain"), SAMPLE_BYTES="1B", INTERVAL="10ms", popen={
                "preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit))})
            self.assertEqual((done.returncode, done.stdout), (0, "done\n"), f"{limit} bytes: {done.stderr}")
            told.add(done.stderr)
        self.assertIn("", told)
        self.assertIn("headroom: not armed: no memory for the tables; the program runs on without a watch [HR-202]\n", told)


class ShortageTest(support.WatchedTest):
    def start_short_of(self, what, **options):
        process = self.start(support.program("short_of"), what, **{**LEAKING, **options})
        self.assertEqual(process.stdout.readline(), "started\n")
        self.fresh_record()
        self.send_line(process)
        return process

    def is_leak(self, event):
        return event["severity"] != "notice" and support.names_function(event["site"]["frames"], "LeakWhenShort")

    def assert_told(self, process):
        self.wait_for_alarm(self.is_leak)
        process.stdin.close()
        self.assertEqual(process.stdout.read(), "done\n")
        self.assertEqual(process.wait(support.DEADLINE_S), 0)

    def test_without_descriptors_standard_error_still_tells(self):
        process = self.start_short_of("descriptors", ALARM="stderr")
        support.wait_for(lambda: "memory leak" in self.errors(), "an alarm")
        self.assertEqual(self.finish(process), 0)

    def test_without_any_more_address_space_the_alarm_comes(self):
        self.assert_told(self.start_short_of("address-space"))

    def assert_told_later(self, what):
        process = self.start_short_of(what)
        support.wait_for(lambda: support.resident_bytes(process) > LONG_DUE_BYTES, "most of the leak")
        self.assertEqual(support.read_alarms(self.alarm_path), [])
        self.send_line(process)
        self.assert_told(process)

    def test_without_descriptors_the_alarm_comes_when_there_is_one(self):
        self.assert_told_later("descriptors")

    def test_where_files_may_not_grow_the_alarm_comes_when_they_may(self):
        self.assert_told_later("file-size")

    @unittest.skipUnless(support.AS_ROOT, "needs root to make a small disk")
    def test_on_a_full_disk_the_alarm_comes_when_there_is_room(self):
        disk, filler = self.path("disk"), self.path("disk/filler")
        os.mkdir(disk)
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2M", "tmpfs", disk], check=False).returncode != 0:
            self.skipTest("no right to mount")
        self.addCleanup(subprocess.run, ["umount", "-l", disk], check=True)
        subprocess.run(["dd", "if=/dev/zero", "of=" + filler, "bs=64k", "status=none"], check=False, stderr=subprocess.DEVNULL)
        self.assertEqual(os.statvfs(disk).f_bfree, 0)
        self.record_path, self.alarm_path = self.path("disk/record.hr"), self.path("disk/alarms.jsonl")
        process = self.start(support.program("leaks_amid"), "fibers", **LEAKING)
        support.wait_for(lambda: any("alarms do not reach" in line for line in self.agent_lines()), "a line about the disk")
        os.remove(filler)
        self.wait_for_alarm(lambda event: event["severity"] != "notice")
        self.assertTrue(self.fresh_record()["armed"])
        self.assertEqual(self.finish(process), 0)


class ThreadStackTest(support.WatchedTest):
    """libc takes the thread-local variables of all that is loaded out of each thread's stack."""

    def test_however_large_a_programs_thread_local_variables_are_the_agent_has_its_stack(self):
        for kib in (64, 200, 230, 235, 240, 250, 256, 1024, 20 * 1024):
            with self.subTest(kib=kib):
                library = self.build_library("large_tls.c", f"-DTLS_BYTES={kib * KIB}")
                process = self.start_and_wait_until_done(support.program("plain"), preload=f"{support.AGENT}:{library}")
                self.assertTrue(self.fresh_record()["armed"])
                self.assertEqual((self.finish(process), self.errors()), (0, ""))


if __name__ == "__main__":
    unittest.main()
