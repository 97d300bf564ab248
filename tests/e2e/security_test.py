"""A program that has more rights than its caller takes nothing from the caller's environment."""

import os
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


if __name__ == "__main__":
    unittest.main()
