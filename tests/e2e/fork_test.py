"""Processes that fork, start others, go to the background and give up their rights."""

import os
import signal
import unittest

import support

LEAKING = {"LIMIT": "64MiB", "SAMPLE_BYTES": "16KiB"}


class ForkTest(support.WatchedTest):
    def child_of(self, process):
        child = int(process.stdout.readline())
        self.wait_until_done(process)
        return child

    def assert_each_has_its_own_record(self, process, parent_path, child_path, child):
        parent_record, child_record = self.fresh_record(parent_path), self.fresh_record(child_path)
        self.assertEqual((parent_record["pid"], child_record["pid"]), (process.pid, child))
        for function, in_parent, in_child in (("KeepBefore", 10, 10), ("KeepInParent", 10, 0), ("KeepInChild", 0, 10)):
            self.assertEqual(support.live_at(parent_record, function)[1], in_parent, function)
            self.assertEqual(support.live_at(child_record, function)[1], in_child, function)

    def test_a_forked_child_has_an_agent_and_a_record_of_its_own(self):
        process = self.start(support.program("forked_child"), SAMPLE_BYTES="1B")
        child = self.child_of(process)
        self.assert_each_has_its_own_record(process, self.record_path, f"{self.record_path}.{child}", child)
        self.assertEqual((self.finish(process), self.errors()), (0, ""))
        self.assertEqual([name for name in os.listdir(self.directory) if name.startswith("record")], [])

    def test_records_are_named_after_processes_in_the_runtime_directory(self):
        place = "/run/headroom" if os.access("/run/headroom", os.W_OK) else self.path("headroom")
        env = {**self.watched(SAMPLE_BYTES="1B", RECORDER="auto"), "XDG_RUNTIME_DIR": self.directory}
        process = self.start("/usr/bin/env", *(f"{name}={value}" for name, value in env.items()),
                             support.program("forked_child"), preload=None)
        child = self.child_of(process)
        self.assert_each_has_its_own_record(process, f"{place}/{process.pid}.hr", f"{place}/{child}.hr", child)
        self.assertEqual(self.finish(process), 0)

    def test_a_daemon_that_closed_and_overwrote_everything_is_watched_where_it_goes_on(self):
        process = self.start(support.program("goes_to_background"), **LEAKING)
        self.assertEqual(process.wait(support.DEADLINE_S), 0)
        event = self.wait_for_alarm(lambda event: event["severity"] != "notice")
        self.addCleanup(os.kill, event["pid"], signal.SIGKILL)
        self.assertEqual((event["verdict"], event["program"]), ("leak", "e2e_goes_to_background"))
        self.assertTrue(support.names_function(event["site"]["frames"], "LeakInBackground"))
        record = self.fresh_record(f"{self.record_path}.{event['pid']}")
        self.assertEqual(record["pid"], event["pid"])
        self.assertEqual(self.errors(), "")

    def test_the_alarm_names_the_worker_that_leaks(self):
        process = self.start(support.program("forked_workers"), **LEAKING)
        leaking = self.child_of(process)
        event = self.wait_for_alarm(lambda event: event["severity"] != "notice")
        self.assertEqual((event["pid"], event["verdict"]), (leaking, "leak"))
        self.assertTrue(support.names_function(event["site"]["frames"], "LeakInWorker"))
        self.assertEqual({event["pid"] for event in support.read_alarms(self.alarm_path)}, {leaking})
        self.assertEqual((self.finish(process), self.errors()), (0, ""))

    def test_programs_start_others_as_they_do_without_the_agent(self):
        command = support.program("starts_programs")
        alone = self.run_unwatched(command, preload="libm.so.6")
        for settings in ({"SAMPLE_BYTES": "1B"}, {}):
            watched = self.run_watched(command, **settings)
            self.assertEqual((watched.returncode, watched.stdout, watched.stderr), (0, alone.stdout, ""))
        self.assertIn("vfork and exec", alone.stdout)

    def test_shells_which_have_an_environment_of_their_own_work_as_without_the_agent(self):
        script = 'x=$(echo a | tr a b); export x; for i in 1 2 3; do (env | grep ^x=) & wait; done; [ "$LD_PRELOAD" ]'
        for shell in ("bash", "dash"):
            alone = self.run_unwatched(shell, "-c", script, preload="libm.so.6")
            watched = self.run_watched(shell, "-c", script, SAMPLE_BYTES="1B")
            self.assertEqual(alone.stdout, "x=b\n" * 3)
            self.assertEqual((watched.returncode, watched.stdout, watched.stderr), (0, alone.stdout, ""), shell)

    def test_children_past_libc_and_started_programs_leave_the_record_alone(self):
        process = self.start(support.program("other_children"), support.program("plain"))
        self.assertEqual(process.stdout.readline(), "started\n")
        self.assertEqual(self.fresh_record()["pid"], process.pid)
        with open(self.record_path, "rb") as record:
            self.send_line(process)
            helper = int(next(line for line in iter(process.stdout.readline, "") if line != "done\n"))
            helpers_path = f"{self.record_path}.{helper}"
            self.assertEqual(self.fresh_record(helpers_path)["pid"], helper)
            self.assertEqual(self.fresh_record()["pid"], process.pid)
            self.assertEqual(os.fstat(record.fileno()).st_nlink, 1, "the record was removed meanwhile")
        self.assertEqual((self.finish(process), self.errors()), (0, ""))
        self.assertEqual([name for name in os.listdir(self.directory) if name.startswith("record")], [])

    def test_forks_beside_allocating_threads_neither_hang_nor_crash(self):
        for settings in ({"SAMPLE_BYTES": "512B"}, {"SAMPLE_BYTES": "1B", "INTERVAL": "10ms"}):
            done = self.run_watched(support.program("fork_storm"), **settings)
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))


@unittest.skipUnless(support.AS_ROOT, "needs root to give it up")
class GivingUpRootTest(support.WatchedTest):
    def give_up(self, *what, is_known=True, **options):
        """`is_known`: the agent has seen the process as root before."""
        process = self.start(support.program("gives_up_root"), *what, **LEAKING, **options)
        self.assertEqual(process.stdout.readline(), "started\n")
        if is_known:
            self.fresh_record()
        self.send_line(process)
        self.wait_until_done(process)
        return process

    def test_the_agent_goes_on_after_chroot_into_an_empty_directory(self):
        os.mkdir(self.path("empty"))
        process = self.give_up("chroot", self.path("empty"), ALARM="stderr")
        text = support.wait_for(lambda: "leak" in self.errors() and self.errors(), "an alarm on stderr")
        self.assertIn(f"(pid {process.pid})", text)

    def test_the_agent_says_once_that_it_sees_nothing_of_an_empty_root(self):
        os.mkdir(self.path("empty"))
        process = self.give_up("chroot", self.path("empty"), is_known=False, ALARM="stderr", INTERVAL="500ms")
        lines = support.wait_for(self.agent_lines, "a line")
        self.assertIn("/proc/self/status", lines[0])
        self.assertIsNone(process.poll())

    def test_the_agent_goes_on_as_another_user(self):
        os.chmod(self.directory, 0o777)
        process = self.give_up("setuid", str(support.NOBODY), ALARM="file:" + self.path("as_nobody.jsonl"))
        self.alarm_path = self.path("as_nobody.jsonl")
        os.path.exists(self.alarm_path) and os.chown(self.alarm_path, support.NOBODY, support.NOBODY)
        event = self.wait_for_alarm(lambda event: event["severity"] != "notice")
        self.assertEqual(event["pid"], process.pid)
        self.assertTrue(support.names_function(event["site"]["frames"], "LeakWithoutRoot"))


if __name__ == "__main__":
    unittest.main()
