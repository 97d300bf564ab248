"""The flight recorder through the life and every death of its process: what it held is found, and tells who ate the
memory."""

import json
import os
import resource
import shutil
import signal
import stat
import subprocess
import unittest

import support

TOOL = os.path.join(support.BUILD, "headroom")
CGROUPS = "/sys/fs/cgroup"
LEAK_KIB_PER_S = 16384
LIMIT_MIB = 100


def tool(*arguments):
    return subprocess.run([TOOL, *arguments], env=support.environment(), capture_output=True, text=True,
                          timeout=support.DEADLINE_S, check=False)


def memory_cgroup():
    """An empty memory cgroup of this test's own, and the file that takes its limit; or why there is none."""
    if not support.AS_ROOT:
        return None, "making a memory cgroup needs root"
    for parent, limit in (os.path.join(CGROUPS, "memory"), "memory.limit_in_bytes"), (CGROUPS, "memory.max"):
        group = os.path.join(parent, f"headroom-test-{os.getpid()}")
        try:
            os.mkdir(group)
        except OSError:
            continue
        if os.path.exists(os.path.join(group, limit)):
            return group, limit
        os.rmdir(group)
    return None, "this machine has no memory controller that can be used"


class RecorderTest(support.WatchedTest):
    def start_leak(self, *before, seconds=60, **options):
        options = {"SAMPLE_BYTES": "16KiB", "LIMIT": f"{LIMIT_MIB}MiB", **options}
        command = [*before, support.program("leak_beside_churn"), str(LEAK_KIB_PER_S), "20", str(seconds)]
        return self.start(*command, popen={"stdout": subprocess.DEVNULL, **options.pop("popen", {})}, deadline_s=60,
                          **options)

    def wait_for_warning(self):
        """Until the record has told of a leak, tick after tick: early in a life what grows may still be filling up, now and again."""
        told_at = []

        def has_told_for_long():
            record = support.read_record(self.record_path)
            if record is None or [alarm["verdict"] for alarm in record["alarms"]] != ["leak"]:
                told_at.clear()
                return False
            told_at.append(record["tick"])
            return told_at[-1] - told_at[0] >= 50
        support.wait_for(has_told_for_long, "a leak in the record", deadline_s=60)

    def kill_after_warning(self):
        process = self.start_leak()
        self.wait_for_warning()
        self.fresh_record()
        process.kill()
        process.wait()

    def assert_post_mortem(self, path=None, limit="HEADROOM_LIMIT"):
        path = path or self.record_path
        done = tool("analyze", path)
        self.assertEqual((done.returncode, done.stderr), (1, ""), done.stdout)
        self.assertRegex(done.stdout, r"\Aleak: [^\n]*RememberRefusal")
        self.assertRegex(done.stdout, r"\n +since +\d{4}-\d\d-\d\d ")
        self.assertIn(limit, done.stdout)
        event = json.loads(tool("analyze", "--format=json", path).stdout.splitlines()[0])
        self.assertEqual(event["verdict"], "leak")
        self.assertTrue(support.names_function(event["site"]["frames"][:1], "RememberRefusal"))
        self.assert_dump_names_the_leak(path)

    def assert_dump_names_the_leak(self, path):
        folded = tool("convert", "--to", "folded", path)
        self.assertEqual((folded.returncode, folded.stderr), (0, ""))
        heaviest = max(folded.stdout.splitlines(), key=lambda line: int(line.rsplit(" ", 1)[1]))
        self.assertIn("RememberRefusal", heaviest)


class AliveTest(RecorderTest):
    def test_the_record_tells_all_that_grows_while_the_process_runs(self):
        self.start_leak()
        self.wait_for_warning()
        record = self.fresh_record()
        site = next(site for site in record["sites"] if support.names_function(site["frames"], "RememberRefusal"))
        alarm = record["alarms"][0]
        self.assertEqual((site["verdict"], site["id"]), ("leak", alarm["id"]))
        self.assertEqual((site["growth_bytes_per_s"], site["eta_s"]),
                         (alarm["growth_bytes_per_s"], alarm["exhaustion"]["eta_s"]))
        self.assertGreater(site["survivors"], 0)
        self.assertGreaterEqual(site["born_bytes"], site["live_bytes"])
        self.assertGreater(record["heap"]["born_bytes"], record["heap"]["live_bytes"])
        times = [point[0] for point in record["history"]]
        self.assertEqual(times, sorted(times))
        self.assertEqual(record["history"][-1][3], LIMIT_MIB << 20)

    def test_its_heap_dump_is_read_while_it_is_rewritten(self):
        self.start_leak()
        self.wait_for_warning()
        for _ in range(5):
            self.assert_post_mortem()

    def test_it_is_the_owners_alone_and_bounded(self):
        self.start_leak()
        self.wait_for_warning()
        status = os.stat(self.record_path)
        self.assertEqual(stat.S_IMODE(status.st_mode), 0o600)
        self.assertLessEqual(status.st_size, (512 << 10) + (2 << 20))


class DeathTest(RecorderTest):
    def test_after_sigkill(self):
        self.kill_after_warning()
        self.assert_post_mortem()

    def test_after_an_oom_kill_in_a_memory_cgroup(self):
        group, limit_file = memory_cgroup()
        if group is None:
            self.skipTest(limit_file)
        self.addCleanup(lambda: support.wait_for(lambda: not os.path.exists(group) or os.rmdir(group) is None,
                                                 "the empty cgroup to go"))
        with open(os.path.join(group, limit_file), "w", encoding="utf-8") as file:
            file.write(str(LIMIT_MIB << 20))

        def enter():
            with open(os.path.join(group, "cgroup.procs"), "w", encoding="utf-8") as file:
                file.write(str(os.getpid()))
        process = self.start_leak(LIMIT=None, popen={"preexec_fn": enter})
        self.assertEqual(process.wait(60), -signal.SIGKILL, self.errors())
        self.assert_post_mortem(limit=f"headroom-test-{os.getpid()}")

    def test_after_the_end_of_its_address_space(self):
        def take_address_space():
            resource.setrlimit(resource.RLIMIT_AS, (300 << 20, 300 << 20))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        process = self.start_leak(LIMIT=None, popen={"preexec_fn": take_address_space})
        # Of its own accord, or, also without the agent, where not even its stack can grow for that.
        self.assertIn(process.wait(60), (-signal.SIGABRT, -signal.SIGSEGV), self.errors())
        self.assert_post_mortem(limit="rlimit:AS")

    def test_half_written_at_every_field_of_a_header_the_record_before_is_found(self):
        self.kill_after_warning()
        with open(self.record_path, "rb") as file:
            whole = file.read()
        newest = support.read_record(self.record_path)
        sequences = [support.SLOT_HEADER.unpack_from(whole, slot * support.SLOT_BYTES)[3] for slot in range(2)]
        begin = sequences.index(max(sequences)) * support.SLOT_BYTES
        for offset in (0, 8, 12, 16, 24, 32, 200):
            torn = bytearray(whole)
            torn[begin + offset] ^= 0xff
            path = self.path(f"torn{offset}.hr")
            with open(path, "wb") as file:
                file.write(torn)
            shown = json.loads(tool("status", "--format=json", path).stdout)
            self.assertLess(shown["tick"], newest["tick"], f"byte {offset} of the slot")
        self.assert_post_mortem(self.path("torn24.hr"))

    def test_a_record_without_a_leak_says_so(self):
        process = self.start_and_wait_until_done(support.program("plain"))
        self.fresh_record()
        process.kill()
        process.wait()
        done = tool("analyze", self.record_path)
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
        self.assertIn("with 0 alarms open", done.stdout)

    def test_a_damaged_record_is_named_with_its_byte(self):
        with open(self.record_path, "wb") as file:
            file.write(b"HEADROOM" + bytes(100))
        done = tool("analyze", self.record_path)
        self.assertEqual((done.returncode, done.stdout), (3, ""))
        self.assertIn(f"headroom: {self.record_path}: byte 12: layout version 0, expected 1", done.stderr)


class BadPlaceTest(RecorderTest):
    def assert_unharmed_and_told_once(self, process, why):
        """The agent goes on to tell of the leak, as many ticks later, and so does the program."""
        def told():
            return [line for line in self.agent_lines() if "flight recorder" in line]
        support.wait_for(told, "a line on the flight recorder")
        self.wait_for_alarm()
        self.assertIsNone(process.poll())
        self.assertEqual(len(told()), 1, told())
        self.assertRegex(told()[0], why)

    def mounted(self, options):
        place = self.path("place")
        os.mkdir(place)
        script = f'mount -t tmpfs -o {options} none {place} && exec "$@"'
        return place, ["unshare", "--mount", "sh", "-c", script, "sh"]

    def can_mount(self):
        return support.AS_ROOT and subprocess.run(["unshare", "--mount", "sh", "-c", "mount -t tmpfs none /mnt"],
                                                  capture_output=True, check=False).returncode == 0

    def test_a_full_disk(self):
        if not self.can_mount():
            self.skipTest("mounting a small file system needs root")
        place, before = self.mounted("size=16k")
        process = self.start_leak(*before, RECORDER=place + "/1.hr")
        self.assert_unharmed_and_told_once(process, "flight recorder: .*No space left on device")

    def test_a_read_only_disk(self):
        if not self.can_mount():
            self.skipTest("mounting a file system needs root")
        place, before = self.mounted("ro")
        process = self.start_leak(*before, RECORDER=place + "/1.hr")
        self.assert_unharmed_and_told_once(process, "flight recorder: .*Read-only file system")

    def test_a_directory_that_is_removed(self):
        place = self.path("place")
        os.mkdir(place)
        process = self.start_leak(RECORDER=place + "/1.hr")
        self.fresh_record(place + "/1.hr")
        os.rename(place, self.path("gone"))  # at one stroke: the next tick would put a record into a directory half removed
        shutil.rmtree(self.path("gone"))
        self.assert_unharmed_and_told_once(process, "flight recorder: .*No such file or directory")

    def test_a_symbolic_link_is_not_followed(self):
        precious = self.path("precious")
        with open(precious, "w", encoding="utf-8") as file:
            file.write("precious")
        os.symlink(precious, self.record_path)
        process = self.start_leak()
        self.assert_unharmed_and_told_once(process, "flight recorder: .*it is a symbolic link")
        self.assertEqual(support.read_text(precious), "precious")


class ManyTest(support.WatchedTest):
    def test_two_hundred_recorders_at_once(self):
        directory = self.path("records")
        os.mkdir(directory)
        processes = []
        for number in range(200):
            watched = self.watched(INTERVAL="500ms", RECORDER=f"{directory}/{number}.hr")
            processes.append(subprocess.Popen([support.program("plain")], env=watched, stdin=subprocess.PIPE,
                                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
            self.addCleanup(self.end, processes[-1])
        for number, process in enumerate(processes):
            record = support.wait_for(lambda path=f"{directory}/{number}.hr": support.read_record(path),
                                      f"record {number}", deadline_s=60)
            self.assertEqual(record["pid"], process.pid)
        for process in processes:
            process.stdin.close()
        self.assertEqual({process.wait(60) for process in processes}, {0})
        self.assertEqual(os.listdir(directory), [])


if __name__ == "__main__":
    unittest.main()
