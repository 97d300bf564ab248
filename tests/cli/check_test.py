"""headroom check: every link named, the broken one first of all."""
import json
import os
import shutil
import socket
import tempfile
import time
import unittest

import tool


def environment(**extra):
    clean = tool.environment(**extra)
    if "HEADROOM_ENABLE" not in extra:
        del clean["HEADROOM_ENABLE"]
    return clean


class CheckTest(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = directory.name

    def path(self, name):
        return os.path.join(self.directory, name)

    def check(self, *arguments, at=tool.TOOL, **variables):
        start = time.monotonic()
        done = tool.run("check", *arguments, tool=at, env=environment(TMPDIR=self.directory, **variables))
        self.assertLess(time.monotonic() - start, 30)
        self.assertEqual(done.stderr, "")
        states = {}
        for line in done.stdout.splitlines():
            for word in ("  ok  ", "  BROKEN  ", "  not reached  "):
                if word in line and not line.startswith("   "):
                    states[line.split(word)[0].strip()] = (word.strip(), line.split(word)[1].strip())
        return done, states

    def assert_broken(self, name, finding, checked):
        done, states = checked
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertEqual(states[name][0], "BROKEN", done.stdout)
        self.assertIn(finding, states[name][1])
        self.assertIn("\n  ", done.stdout.split("BROKEN")[1])
        self.assertIn("-> ", done.stdout)
        self.assertRegex(done.stdout.splitlines()[-1], f"^broken: .*{name}")

    def test_every_link_holds(self):
        alarms = self.path("alarms.jsonl")
        done, states = self.check("--sink", f"stderr,file:{alarms},exec:/bin/cat")
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertEqual(list(states), ["options", "library", "agent", "hooks", "unwinder", "trend", "alarm", "stderr",
                                        f"file:{alarms}", "exec:/bin/cat"])
        self.assertEqual({state for state, _ in states.values()}, {"ok"})
        self.assertEqual(done.stdout.splitlines()[-1], "every link holds")
        with open(alarms, encoding="utf-8") as file:
            event = json.loads(file.readline())
        self.assertIn("headroom_check_planted_leak", [frame["function"] for frame in event["site"]["frames"]])
        self.assertEqual(os.listdir(self.directory), ["alarms.jsonl"], "the check left something behind")

    def test_sinks_are_those_of_the_environment(self):
        done, states = self.check(HEADROOM_ALARM="file:" + self.path("a"))
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertEqual(states["file:" + self.path("a")][0], "ok")
        self.assertNotIn("stderr", states)

    def test_a_sink_that_cannot_be_reached_is_named(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
        url = f"http://127.0.0.1:{port}/"
        checked = self.check("--sink", f"{url},stderr")
        self.assert_broken(url, "Connection refused", checked)
        self.assertEqual(checked[1]["stderr"][0], "ok")

    def test_a_file_that_cannot_be_written_is_named(self):
        sink = "file:/nonexistent/alarms.jsonl"
        self.assert_broken(sink, "cannot be opened: No such file or directory", self.check("--sink", sink))

    def test_a_command_that_fails_is_named(self):
        self.assert_broken("exec:/bin/false", "it ended with status 1", self.check("--sink", "exec:/bin/false"))

    def test_a_missing_library_is_named(self):
        copy = shutil.copy(tool.TOOL, self.directory)
        self.assert_broken("library", "libheadroom_preload.so is neither", self.check(at=copy))

    def test_a_library_that_does_not_load_is_named(self):
        copy = shutil.copy(tool.TOOL, self.directory)
        with open(self.path("libheadroom_preload.so"), "w", encoding="utf-8") as file:
            file.write("no library")
        self.assert_broken("agent", "cannot be preloaded", self.check(at=copy))

    def test_an_agent_that_is_switched_off_is_named(self):
        self.assert_broken("options", "HEADROOM_ENABLE is 0", self.check(HEADROOM_ENABLE="0"))

    def test_a_bad_option_is_named(self):
        self.assert_broken("options", "HEADROOM_MEMORY_BUDGET=tiny is not taken", self.check(HEADROOM_MEMORY_BUDGET="tiny"))

    def test_a_wrong_sink_is_wrong_usage(self):
        done = tool.run("check", "--sink", "pigeon")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertRegex(done.stderr, "^headroom: --sink=pigeon is not taken; it takes a comma list of .*\n$")


if __name__ == "__main__":
    unittest.main()
