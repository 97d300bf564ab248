import os
import shutil
import signal
import subprocess
import tempfile
import unittest

import tool


def variables(done):
    return dict(line.split("=", 1) for line in done.stdout.splitlines() if "=" in line)


class BecomingTheProgramTest(unittest.TestCase):
    def test_exit_status_is_the_programs(self):
        for status in (0, 1, 2, 7, 255):
            self.assertEqual(tool.run("run", "--", "sh", "-c", f"exit {status}").returncode, status)

    def test_death_by_signal_is_the_programs(self):
        for number in (signal.SIGTERM, signal.SIGKILL):
            self.assertEqual(tool.run("run", "--", "sh", "-c", f"kill -{int(number)} $$").returncode, -number)

    def test_process_is_the_programs(self):
        with subprocess.Popen([tool.TOOL, "run", "--", "sh", "-c", "echo $$"], env=tool.environment(),
                              stdout=subprocess.PIPE, text=True) as process:
            self.assertEqual(int(process.stdout.read()), process.pid)

    def test_standard_streams_are_the_programs(self):
        done = tool.run("run", "--", "sh", "-c", "cat; echo problem >&2", input="in\n")
        self.assertEqual((done.stdout, done.stderr), ("in\n", "problem\n"))

    def test_words_of_the_program_are_not_read(self):
        done = tool.run("run", "--", "printf", "[%s]", "--limit=1", "--", "--help", "", "a b", "run")
        self.assertEqual(done.stdout, "[--limit=1][--][--help][][a b][run]")

    def test_mark_may_be_left_out(self):
        done = tool.run("run", "--limit", "1GiB", "printf", "[%s]", "--limit=1", "--", "-x")
        self.assertEqual((done.returncode, done.stdout), (0, "[--limit=1][--][-x]"))

    def test_program_may_have_the_name_of_a_command(self):
        with tempfile.TemporaryDirectory() as directory:
            script = os.path.join(directory, "options")
            with open(script, "w", encoding="utf-8") as file:
                file.write("#!/bin/sh\necho mine\n")
            os.chmod(script, 0o755)
            path = directory + ":" + os.environ["PATH"]
            self.assertEqual(tool.run("run", "options", env=tool.environment(PATH=path)).stdout, "mine\n")


class EnvironmentTest(unittest.TestCase):
    def test_agent_is_preloaded(self):
        self.assertEqual(variables(tool.run("run", "--", "env"))["LD_PRELOAD"], tool.LIBRARY)

    def test_agent_is_put_before_what_is_preloaded(self):
        done = tool.run("run", "--", "env", env=tool.environment(LD_PRELOAD="libm.so.6 libdl.so.2"))
        self.assertEqual(variables(done)["LD_PRELOAD"], tool.LIBRARY + ":libm.so.6 libdl.so.2")

    def test_empty_preload_is_none(self):
        done = tool.run("run", "--", "env", env=tool.environment(LD_PRELOAD=""))
        self.assertEqual(variables(done)["LD_PRELOAD"], tool.LIBRARY)

    def test_every_flag_becomes_its_variable(self):
        values = {"enable": "0", "sample-bytes": "64KiB", "interval": "250ms", "limit": "1.5GiB", "warn-within": "2d",
                  "critical-within": "30m", "alarm": "stderr,file:/tmp/a.jsonl", "recorder": "off",
                  "memory-budget": "8MiB", "log": "error"}
        for form in ([f"--{flag}={value}" for flag, value in values.items()],
                     [word for flag, value in values.items() for word in ("--" + flag, value)]):
            given = variables(tool.run("run", *form, "--", "env"))
            self.assertEqual({name: value for name, value in given.items() if name.startswith("HEADROOM_")},
                             {"HEADROOM_" + flag.upper().replace("-", "_"): value for flag, value in values.items()})

    def test_flag_wins_over_the_variable(self):
        done = tool.run("run", "--limit=2GiB", "--", "env", env=tool.environment(HEADROOM_LIMIT="1GiB"))
        self.assertEqual(variables(done)["HEADROOM_LIMIT"], "2GiB")

    def test_last_of_repeated_flags_wins(self):
        done = tool.run("run", "--limit=2GiB", "--limit=3GiB", "--", "env")
        self.assertEqual(variables(done)["HEADROOM_LIMIT"], "3GiB")

    def test_options_not_given_are_not_set(self):
        given = variables(tool.run("run", "--", "env"))
        in_tool_environment = ["HEADROOM_ENABLE"]
        self.assertEqual([name for name in given if name.startswith("HEADROOM_")], in_tool_environment)


class WrongUsageTest(unittest.TestCase):
    def assert_usage(self, arguments, message):
        done = tool.run("run", *arguments)
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertEqual(done.stderr, f"headroom: {message} (see headroom run --help)\n")

    def test_bad_value_is_named_with_what_is_taken(self):
        self.assert_usage(["--interval=fast", "--", "echo", "started"],
                          "--interval=fast is not taken; it takes a duration from 10ms to 1d in ms, s, m, h or d")
        self.assert_usage(["--sample-bytes", "2GiB", "--", "echo", "started"],
                          "--sample-bytes=2GiB is not taken; it takes a size from 1B to 1GiB in B, KiB, MiB or GiB")

    def test_every_flag_refuses_a_bad_value(self):
        for flag in ("enable", "sample-bytes", "interval", "limit", "warn-within", "critical-within", "alarm",
                     "recorder", "memory-budget", "log"):
            done = tool.run("run", f"--{flag}=?", "--", "echo", "started")
            self.assertEqual((done.returncode, done.stdout), (2, ""), flag)
            self.assertIn(f"--{flag}=? is not taken; it takes ", done.stderr)
            self.assertEqual(done.stderr.count("\n"), 1)

    def test_line_end_in_a_value_stays_one_line(self):
        done = tool.run("run", "--limit=1\n2", "--", "true")
        self.assertEqual((done.returncode, done.stderr.count("\n")), (2, 1))

    def test_missing_value(self):
        self.assert_usage(["--limit", "--", "echo", "started"], "--limit: 1 required auto|SIZE missing")

    def test_misspelt_flag_is_answered_with_the_nearest(self):
        self.assert_usage(["--intervall=1s", "--", "echo", "started"],
                          "there is no option --intervall; did you mean --interval?")

    def test_unknown_flag(self):
        self.assert_usage(["--frobnicate", "--", "echo", "started"], "there is no option --frobnicate")

    def test_command_is_missing(self):
        for arguments in ([], ["--"], ["--limit=1GiB"], ["--limit=1GiB", "--"]):
            self.assert_usage(arguments, "the command to start is missing, as in headroom run -- CMD")


class NothingToBecomeTest(unittest.TestCase):
    def test_missing_program_is_127(self):
        for name in ("no-such-program", "/no/such/program", ""):
            done = tool.run("run", "--", name)
            self.assertEqual((done.returncode, done.stderr), (127, f"headroom: {name}: No such file or directory\n"))

    def test_unreadable_directory_on_the_path_hides_nothing_else(self):
        with tempfile.TemporaryDirectory() as directory:
            os.chmod(directory, 0)
            path = directory + ":" + os.environ["PATH"]
            self.assertEqual(tool.run("run", "--", "no-such-program", env=tool.environment(PATH=path)).returncode, 127)
            self.assertEqual(tool.run("run", "--", "true", env=tool.environment(PATH=path)).returncode, 0)

    def test_program_on_the_path_that_cannot_be_executed_is_126(self):
        with tempfile.NamedTemporaryFile() as file:
            directory, name = os.path.split(file.name)
            self.assertEqual(tool.run("run", "--", name, env=tool.environment(PATH=directory)).returncode, 126)

    def test_program_that_cannot_be_executed_is_126(self):
        with tempfile.NamedTemporaryFile() as file:
            for path in (file.name, os.path.dirname(file.name)):
                done = tool.run("run", "--", path)
                self.assertEqual((done.returncode, done.stderr), (126, f"headroom: {path}: Permission denied\n"))


class LibraryTest(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.prefix = os.path.realpath(directory.name)

    def install(self, library_directory, binary_directory="bin"):
        binaries = os.path.join(self.prefix, binary_directory)
        os.makedirs(binaries)
        if library_directory is not None:
            os.makedirs(os.path.join(self.prefix, library_directory), exist_ok=True)
            shutil.copy(tool.LIBRARY, os.path.join(self.prefix, library_directory))
        return shutil.copy(tool.TOOL, binaries)

    def test_installed_tool_finds_the_installed_library(self):
        for number, place in enumerate(("lib/headroom", "lib64/headroom", "lib/x86_64-linux-gnu/headroom")):
            installed = self.install(f"{number}/{place}", f"{number}/bin")
            done = tool.run("run", "--", "env", tool=installed)
            self.assertEqual(variables(done)["LD_PRELOAD"], f"{self.prefix}/{number}/{place}/libheadroom_preload.so")

    def test_tool_finds_its_library_through_a_link(self):
        link = os.path.join(self.prefix, "link")
        os.symlink(self.install("lib/headroom"), link)
        self.assertEqual(variables(tool.run("run", "--", "env", tool=link))["LD_PRELOAD"],
                         f"{self.prefix}/lib/headroom/libheadroom_preload.so")

    def test_missing_library_starts_nothing(self):
        done = tool.run("run", "--", "echo", "started", tool=self.install(None))
        self.assertEqual((done.returncode, done.stdout), (125, ""))
        self.assertEqual(done.stderr,
                         "headroom: libheadroom_preload.so is neither beside this tool nor in its ../lib/headroom\n")

    def test_path_that_the_loader_would_split_starts_nothing(self):
        done = tool.run("run", "--", "echo", "started", tool=self.install("a b", "a b"))
        self.assertEqual((done.returncode, done.stdout), (125, ""))
        self.assertIn("a b/libheadroom_preload.so: LD_PRELOAD cannot carry", done.stderr)


if __name__ == "__main__":
    unittest.main()
