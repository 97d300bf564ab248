"""A process whose limits leave the agent no room runs as it would without the agent, and is told so in one line."""

import os
import resource
import unittest

import support


class LimitsTest(support.WatchedTest):
    def test_without_address_space_for_the_tables_the_program_runs_and_one_line_says_so(self):
        def take_address_space():
            resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
        command = support.program("answers")
        alone = self.run_unwatched(command, popen={"preexec_fn": take_address_space})
        watched = self.run_watched(command, MEMORY_BUDGET="4GiB", popen={"preexec_fn": take_address_space})
        self.assertEqual((watched.returncode, watched.stdout), (0, alone.stdout))
        self.assertEqual(watched.stderr,
                         "headroom: not armed: no memory for the tables; the program runs on without a watch [HR-202]\n")

    @unittest.skipUnless(support.AS_ROOT, "needs root to become a user whose limits count")
    def test_without_a_thread_the_program_runs_until_one_can_be_had_and_one_line_says_so(self):
        os.chmod(self.directory, 0o777)
        agent, program = self.copy(support.AGENT), self.copy(support.program("no_more_threads"))
        process = self.start_and_wait_until_done(program, preload=agent, popen={"user": support.NOBODY})
        support.wait_for(self.agent_lines, "a line about the thread")
        self.send_line(process)
        self.assertEqual(self.fresh_record()["pid"], process.pid)
        self.assertEqual(self.finish(process), 0)
        self.assertRegex(self.errors(), r"\Aheadroom: no thread could be started.*\n\Z")


if __name__ == "__main__":
    unittest.main()
