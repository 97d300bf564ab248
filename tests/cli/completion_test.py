"""The shells themselves complete a command line with what the build made for them."""
import json
import os
import re
import subprocess
import tempfile
import time
import unittest

import tool

SHARE = os.path.join(os.path.realpath(tool.BUILD), "share")
BASH = os.path.join(SHARE, "bash-completion", "completions", "headroom")
ZSH = os.path.join(SHARE, "zsh", "site-functions", "_headroom")
FISH = os.path.join(SHARE, "fish", "vendor_completions.d", "headroom.fish")
DEADLINE_S = 30


def commands():
    return re.findall(r"(?m)^  (\w+)  ", tool.run("--help").stdout.split("Subcommands:")[1])


def run_flags():
    return {option["flag"] for option in json.loads(tool.run("options", "--format=json").stdout)}


class CompletionTest(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)  # a shell may still write its history as it ends
        self.addCleanup(directory.cleanup)
        self.directory = os.path.realpath(directory.name)
        os.makedirs(os.path.join(self.directory, "headroom"))
        for name in ("headroom/4711.hr", "series.jsonl"):
            with open(os.path.join(self.directory, name), "w", encoding="utf-8"):
                pass
        self.environment = tool.environment(XDG_RUNTIME_DIR=self.directory, HOME=self.directory, TERM="xterm",
                                            PATH=f"{self.directory}/bin:{os.environ['PATH']}")

    def terminal(self, *shell):
        terminal = Terminal(shell, self.environment, self.directory)
        self.addCleanup(terminal.close)
        return terminal


class BashTest(CompletionTest):
    def complete(self, line):
        """What bash offers behind `line`, which it splits as when it is typed."""
        words = [word for word in re.split(r"(=)|\s+", line) if word]
        if line.endswith((" ", "=")):
            words.append("")
        script = (f"source {BASH}; COMP_WORDS=({' '.join(repr(word) for word in words)}); "
                  f"COMP_CWORD={len(words) - 1}; _headroom; printf '%s\\n' \"${{COMPREPLY[@]}}\"")
        done = subprocess.run(["bash", "--norc", "-c", script], capture_output=True, text=True, env=self.environment,
                              cwd=self.directory, timeout=DEADLINE_S, check=True)
        self.assertEqual(done.stderr, "")
        return set(done.stdout.split())

    def test_commands(self):
        self.assertEqual(self.complete("headroom "), {*commands(), "--help", "--version"})
        self.assertEqual(self.complete("headroom sta"), {"status"})

    def test_every_flag_of_every_command(self):
        self.assertEqual(self.complete("headroom run --"), run_flags() | {"--help"})
        for command in commands():
            shown = set(re.findall(r"(?m)^ +(?:-\w,)?(--[\w-]+)", tool.run(command, "--help").stdout))
            self.assertEqual(self.complete(f"headroom {command} --"), shown, command)

    def test_values(self):
        self.assertEqual(self.complete("headroom convert --to "), {"pprof", "folded", "speedscope", "jsonl"})
        self.assertEqual(self.complete("headroom convert --to=pp"), {"pprof"})
        self.assertEqual(self.complete("headroom run --log="), {"off", "error", "warning", "info", "debug"})
        self.assertIn("journald", self.complete("headroom run --alarm "))

    def test_files_and_watched_processes(self):
        self.assertIn("4711", self.complete("headroom status "))
        self.assertEqual(self.complete("headroom top 47"), {"4711"})
        self.assertEqual(self.complete("headroom analyze ser"), {"series.jsonl"})
        self.assertEqual(self.complete("headroom convert -o ser"), {"series.jsonl"})

    def test_the_program_of_run_is_any_program(self):
        self.assertIn("bash", self.complete("headroom run --limit 2GiB -- bas"))
        self.assertIn("bash", self.complete("headroom run --limit=2GiB bas"))

    def test_a_tab_on_a_terminal_completes(self):
        terminal = self.terminal("bash", "--norc", "-i")
        terminal.run(f"source {BASH}")
        terminal.type("headroom sta\t--fo\tj\t", "headroom status --format json")


class ZshTest(CompletionTest):
    def test_it_is_read_without_complaint(self):
        done = subprocess.run(["zsh", "-n", ZSH], capture_output=True, text=True, timeout=DEADLINE_S, check=True)
        self.assertEqual(done.stderr, "")

    def test_a_tab_on_a_terminal_completes(self):
        terminal = self.terminal("zsh", "-f", "-i")
        terminal.run(f"fpath=({os.path.dirname(ZSH)} $fpath); autoload -Uz compinit; compinit -u -d {self.directory}/dump")
        for line, completed in (("headroom sta\t", "headroom status"), ("headroom status --fo\tj\t", "--format=json"),
                                ("headroom run --sample\t", "--sample-bytes="), ("headroom status 47\t", "status 4711")):
            terminal.type(line, completed)
            terminal.tmux("send-keys", "C-u")


class FishTest(CompletionTest):
    def complete(self, line):
        script = f"source {FISH}; complete -C {json.dumps(line)}"
        done = subprocess.run(["fish", "--no-config", "-c", script], capture_output=True, text=True, env=self.environment,
                              cwd=self.directory, timeout=DEADLINE_S, check=True)
        self.assertEqual(done.stderr, "")
        return {offer.split("\t")[0] for offer in done.stdout.splitlines()}

    def test_commands_flags_values_and_processes(self):
        self.assertLessEqual(set(commands()), self.complete("headroom "))
        self.assertLessEqual(run_flags(), self.complete("headroom run --"))
        self.assertEqual(self.complete("headroom convert --to "), {"pprof", "folded", "speedscope", "jsonl"})
        self.assertIn("4711", self.complete("headroom status 47"))
        self.assertIn("series.jsonl", self.complete("headroom analyze ser"))


class Terminal:
    """A shell in a terminal of its own, drawn by tmux."""

    def __init__(self, shell, environment, directory):
        self.server = ["tmux", "-L", f"headroom-shell-{os.getpid()}", "-f", "/dev/null", "-u"]
        self.environment, self.directory = environment, directory
        self.tmux("new-session", "-d", "-x", "200", "-y", "50", "-c", directory, *shell)

    def tmux(self, *arguments):
        return subprocess.run([*self.server, *arguments], check=True, capture_output=True, text=True, env=self.environment,
                              timeout=DEADLINE_S).stdout

    def type(self, keys, awaited):
        """Types, and waits until the text is on the screen."""
        for part in re.split("(\t)", keys):
            if part:
                self.tmux("send-keys", *(["Tab"] if part == "\t" else ["-l", "--", part]))
                time.sleep(0.2)  # as a person would: two keys at once are a paste
        end = time.monotonic() + DEADLINE_S
        while awaited not in self.tmux("capture-pane", "-p"):
            if time.monotonic() > end:
                raise AssertionError(f"waited for {awaited!r} in vain; the terminal:\n" + self.tmux("capture-pane", "-p"))
            time.sleep(0.05)

    def run(self, line):
        self.tmux("send-keys", "-l", "--", line + "; echo rea''dy")
        self.tmux("send-keys", "Enter")
        self.type("", "\nready\n")
        self.tmux("send-keys", "C-l")

    def close(self):
        subprocess.run([*self.server, "kill-server"], capture_output=True, check=False)


if __name__ == "__main__":
    unittest.main()
