"""Where the agent cannot watch or is not to, it says so once, or does nothing at all."""

import os
import subprocess
import sys
import unittest

import support


def threads_of(process):
    return len(os.listdir(f"/proc/{process.pid}/task"))


def own_mappings_of(process):
    """How many mappings belong to no file, the kernel's own aside."""
    with open(f"/proc/{process.pid}/maps", encoding="utf-8") as maps:
        return sum(len(line.split()) == 5 for line in maps)


class UnarmedTest(support.WatchedTest):
    def assert_left_alone(self, preload):
        process = self.start_and_wait_until_done(support.program("own_malloc"), preload=preload)
        record = support.wait_for(lambda: support.read_record(self.record_path), "the record")
        self.assertFalse(record["armed"])
        self.assertIn("own malloc", record["armed_reason"])
        self.assertEqual(self.finish(process), 0)
        self.assertRegex(self.errors(), r"\Aheadroom: not armed: [^\n]*own malloc[^\n]*\n\Z")

    def test_a_program_with_its_own_malloc_is_told_once_and_its_record_says_so(self):
        self.assert_left_alone(support.AGENT)

    def test_the_own_malloc_may_map_its_memory_under_its_lock_before_the_agents_constructor(self):
        self.assert_left_alone(f"{support.AGENT}:{self.build_library('early_and_late.cc', '-pthread')}")

    def test_loaded_after_the_start_it_says_so_once_and_stays_idle(self):
        script = f"import ctypes; ctypes.CDLL({support.AGENT!r}); print('done', flush=True); input()"
        process = self.start_and_wait_until_done(sys.executable, "-c", script, preload=None)
        self.assertEqual(threads_of(process), 1)
        self.send_line(process)
        self.assertEqual(self.finish(process), 0)
        self.assertRegex(self.errors(), r"\Aheadroom: not armed: [^\n]*loaded this library too late \[HR-201\]\n\Z")

    def test_switched_off_it_has_no_thread_no_tables_and_no_files(self):
        watched = self.start_and_wait_until_done(support.program("plain"), ENABLE="0", FOO="1")
        self.assertEqual(threads_of(watched), 1)
        self.assertEqual(os.listdir(self.directory), ["stderr"])
        idle = self.build_library("nothing.c", "-Wl,-z,nodelete")
        with_other_library = self.start_and_wait_until_done(support.program("plain"), preload=idle)
        its_zeroed_variables = 1
        self.assertLessEqual(own_mappings_of(watched), own_mappings_of(with_other_library) + its_zeroed_variables)
        for process in (watched, with_other_library):
            self.assertEqual((self.finish(process), self.errors()), (0, ""))

    def test_a_static_program_is_not_touched(self):
        program = self.path("static")
        source = os.path.join(os.environ["HEADROOM_SOURCE"], "tests", "e2e", "programs", "plain.c")
        subprocess.run(["gcc", "-static", "-o", program, source], check=True, timeout=support.DEADLINE_S)
        process = self.start_and_wait_until_done(program, FOO="1")
        self.assertEqual(threads_of(process), 1)
        self.assertEqual((self.finish(process), self.errors()), (0, ""))
        self.assertEqual(sorted(os.listdir(self.directory)), ["static", "stderr"])


if __name__ == "__main__":
    unittest.main()
