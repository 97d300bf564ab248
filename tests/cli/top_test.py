import json
import os
import pty
import re
import signal
import subprocess
import tempfile
import termios
import time
import unittest

import records
import tool

DEADLINE_S = 30


def wait_for(condition, what):
    end = time.monotonic() + DEADLINE_S
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited {DEADLINE_S} s in vain for {what}")


def utc(unix_s):
    return time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(unix_s))


def site(key, function, live_bytes, growth=0, **changes):
    return {"site": key, "id": "site-" + key, "verdict": "leak" if growth else None,
            "severity": "warning" if growth else "none",
            "growth_bytes_per_s": {"estimate": growth, "low": growth * 0.8, "high": growth * 1.25},
            "onset": utc(time.time() - 12000) if growth else None,
            "eta_s": {"estimate": 24000, "low": 18600, "high": 32400} if growth else None,
            "survivors": 3, "oldest_s": 7300, "live_bytes": live_bytes, "live_samples": int(live_bytes / 524288) + 1,
            "frames": [records.frame("operator new(unsigned long)"), records.frame(function), records.frame("main")],
            **changes}


def record(**changes):
    sites = [site("b1", "Resolver::Ask(Name const&)", 43305000, growth=3612), site("b2", "Cache::Put(int)", 4e8),
             site("b3", "Log::Open()", 4096)]
    return records.status(**{"pid": 4999999, "sites": sites, "sinks": [], "start_time": utc(time.time() - 91000), **changes})


class TopTest(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = directory.name
        self.path = os.path.join(directory.name, "collectd.hr")
        records.write(self.path, record())


class OnceTest(TopTest):
    def once(self, *arguments, **environment):
        return tool.run("top", "--once", *arguments, env=tool.environment(**{"COLUMNS": "100", **environment}))

    def test_one_frame_is_plain_text(self):
        done = self.once(self.path)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        lines = done.stdout.splitlines()
        self.assertRegex(lines[0], r"^collectd \(pid 4999999\), up 1 d 1 h  tick [4-9] s ago \(tick 44012, one every 10 s\)$")
        self.assertEqual(lines[1], "memory     700 MiB of 1.0 GiB (68 %), 324 MiB left until rlimit:AS")
        self.assertEqual(lines[2], "time left  about 6 h 40 min (5 h 10 min to 9 h)")
        self.assertEqual(lines[-3:], [
            "  12.4 MiB/h  -20/+25 % 41.3 MiB      83    2 h  6 h 40 min Resolver::Ask",
            "           -          -  381 MiB     763    2 h           - Cache::Put",
            "           -          -  4.0 KiB       1    2 h           - Log::Open"])

    def test_the_width_is_that_of_columns(self):
        for width in (60, 80, 200):
            done = self.once(self.path, COLUMNS=str(width))
            self.assertLessEqual(max(map(len, done.stdout.splitlines())), width)

    def test_without_a_terminal_it_is_one_frame_too(self):
        done = tool.run("top", self.path, stdin=subprocess.DEVNULL)
        self.assertEqual(done.returncode, 0)
        self.assertIn("Resolver::Ask", done.stdout)
        self.assertNotIn("\x1b", done.stdout)

    def test_an_open_alarm_is_exit_status_1(self):
        records.write(self.path, record(alarms=[records.alarm()]))
        done = self.once(self.path)
        self.assertEqual(done.returncode, 1)
        self.assertIn("alarms     critical leak: Resolver::Ask [HR-101]\n", done.stdout)

    def test_what_cannot_be_read_is_named(self):
        done = self.once(self.path + ".missing")
        self.assertEqual((done.returncode, done.stdout), (3, ""))
        self.assertEqual(done.stderr, f"headroom: {self.path}.missing: No such file or directory\n")

    def test_hostile_values_do_no_harm(self):
        for value in (None, -1, 1e308, -1e308, 2**64 - 1, "\x1b[2J\n\x9b", [], {}, [[None]], True):
            hostile = dict.fromkeys(record()["sites"][0], value)
            for made in (record(sites=[hostile, value]), {**dict.fromkeys(record(), value), "event": "status", "format": 1},
                         record(limits=[dict.fromkeys(record()["limits"][0], value)])):
                records.write(self.path, made)
                done = self.once(self.path)
                self.assertIn(done.returncode, (0, 1), done.stderr)
                self.assertNotRegex(done.stdout, "[\x00-\x09\x0b-\x1f\x7f-\x9f]")


class ListTest(TopTest):
    """Records by process id, in $XDG_RUNTIME_DIR; the host may have others."""

    def listed(self, command):
        home = os.path.join(self.directory, "headroom")
        os.makedirs(home, exist_ok=True)
        records.write(os.path.join(home, f"{os.getpid()}.hr"), record(pid=os.getpid(), program="the_one", alarms=[records.alarm()]))
        ended = subprocess.Popen(["true"])
        ended.wait()
        records.write(os.path.join(home, f"{ended.pid}.hr"), record(pid=ended.pid, program="the_other"))
        with open(os.path.join(home, "note.txt"), "w", encoding="utf-8") as file:
            file.write("no record")
        return tool.run(command, env=tool.environment(XDG_RUNTIME_DIR=self.directory, COLUMNS="160")), ended.pid

    def test_top_and_status_list_the_records_of_the_host_worst_first(self):
        for command in ("top", "status"):
            done, ended = self.listed(command)
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertRegex(done.stdout, rf"(?m)^ +{os.getpid()}  the_one +watched .* critical leak: Resolver::Ask$")
            self.assertRegex(done.stdout, rf"(?m)^ +{ended}  the_other +ENDED ")
            self.assertLess(done.stdout.index("the_one"), done.stdout.index("the_other"))
            self.assertNotIn("note", done.stdout)

    @unittest.skipIf(os.path.exists("/run/headroom") and os.listdir("/run/headroom"), "this host has records")
    def test_a_host_without_records_says_where_it_looked(self):
        done = tool.run("top", env=tool.environment(XDG_RUNTIME_DIR=self.directory))
        self.assertEqual((done.returncode, done.stdout), (3, ""))
        self.assertRegex(done.stderr, rf"^headroom: there are no records \(looked in .*{self.directory}/headroom.*\); headroom run")


class LiveTest(TopTest):
    """In a terminal: tmux draws what a person would see."""

    def setUp(self):
        super().setUp()
        self.server = ["tmux", "-L", f"headroom-{os.getpid()}-{self.id()[-40:]}", "-f", "/dev/null", "-u"]
        self.addCleanup(lambda: subprocess.run([*self.server, "kill-server"], capture_output=True, check=False))

    def tmux(self, *arguments):
        return subprocess.run([*self.server, *arguments], check=True, capture_output=True, text=True).stdout

    def open(self, width=100, height=24, target=None):
        command = f"exec {tool.TOOL} top {target or self.path}"
        # A pane without a shell, that stays when its program has ended.
        self.tmux("new-session", "-d", "-x", str(width), "-y", str(height), "-e", "HEADROOM_ENABLE=0", "sleep 1000")
        self.tmux("set-option", "-g", "remain-on-exit", "on")
        self.tmux("set-option", "-g", "status", "off")
        self.tmux("respawn-pane", "-k", command)
        self.wait_for_text("q quit")

    def screen(self):
        return self.tmux("capture-pane", "-p")

    def wait_for_text(self, text):
        try:
            return wait_for(lambda: text in self.screen() and self.screen(), text)
        except AssertionError as error:
            raise AssertionError(f"{error}; the screen:\n{self.screen()}") from None

    def wait_until_gone(self, text):
        return wait_for(lambda: text not in self.screen(), f"{text} to vanish")

    def press(self, *keys):
        self.tmux("send-keys", *keys)

    def has_ended(self):
        return self.tmux("display-message", "-p", "#{pane_dead}").strip() == "1"

    def order(self):
        return re.findall(r"(Resolver::Ask|Cache::Put|Log::Open)$", self.screen(), re.M)

    def test_it_shows_the_record_and_keys_sort_it(self):
        self.open()
        self.assertEqual(self.order(), ["Resolver::Ask", "Cache::Put", "Log::Open"])
        self.press("l")
        wait_for(lambda: self.order() == ["Cache::Put", "Resolver::Ask", "Log::Open"], "the order by live bytes")
        self.press("n")
        wait_for(lambda: self.order() == ["Cache::Put", "Log::Open", "Resolver::Ask"], "the order by name")

    def test_a_filter_hides_other_sites_and_escape_brings_them_back(self):
        self.open()
        self.press("/", "c", "a", "c", "h", "e")
        wait_for(lambda: self.order() == ["Cache::Put"], "the filter to work while it is typed")
        self.press("Enter")
        self.wait_for_text("filter: cache")
        self.press("Escape")
        wait_for(lambda: len(self.order()) == 3, "all sites")

    def test_enter_opens_a_stack_and_closes_it(self):
        self.open()
        self.press("Down", "Enter")
        self.wait_for_text("#1 Cache::Put  in /usr/sbin/collectd")
        self.press("Enter")
        self.wait_until_gone("#1 Cache::Put")

    def test_a_frame_is_named_with_its_line_from_debug_information(self):
        source = os.path.join(os.environ["HEADROOM_SOURCE"], "tests", "debuginfo", "data", "leaky")
        self.assertTrue(os.path.exists(source))
        place, build_id = self.line_in_the_tool()
        frame = {"function": None, "file": None, "line": None, "module": tool.TOOL, "build_id": build_id, "offset": place}
        records.write(self.path, record(sites=[site("b1", "f", 1e6, frames=[frame])]))
        self.open(width=160)
        self.press("Enter")
        self.wait_for_text("planted_leak.cc:")

    @staticmethod
    def line_in_the_tool():
        """(offset, build id) of a function in the tool itself, which is built with debug information."""
        symbols = subprocess.run(["nm", tool.TOOL], check=True, capture_output=True, text=True).stdout
        place = int(re.search(r"^(\w+) [Tt] headroom_check_planted_leak$", symbols, re.M).group(1), 16)
        notes = subprocess.run(["readelf", "-n", tool.TOOL], check=True, capture_output=True, text=True).stdout
        found = re.search(r"Build ID: (\w+)", notes)
        return place + 1, found.group(1) if found else None

    def test_it_follows_the_record(self):
        self.open()
        records.write(self.path, record(tick=44013, alarms=[records.alarm()]), sequence=2)
        self.wait_for_text("critical leak: Resolver::Ask [HR-101]")

    def test_pause_keeps_the_view(self):
        self.open()
        self.press("p")
        self.wait_for_text("PAUSED")
        records.write(self.path, record(tick=44099), sequence=2)
        self.press("l")
        wait_for(lambda: self.order()[:1] == ["Cache::Put"], "keys to work while it is paused")
        self.assertNotIn("44099", self.screen())
        self.press("p")
        self.wait_for_text("44099")

    def test_a_silent_record_and_one_that_is_gone_are_said_and_the_view_stays(self):
        self.open()
        records.write(self.path, record(time_s=time.time() - 100), sequence=2)
        self.wait_for_text("NOT TICKING: the last was 1 min")
        os.remove(self.path)
        self.wait_for_text(f"{self.path}: No such file or directory")
        self.assertEqual(len(self.order()), 3)

    def test_a_process_that_ended_is_said(self):
        child = subprocess.Popen(["sleep", "1000"])
        self.addCleanup(child.kill)
        records.write(self.path, record(pid=child.pid))
        self.open()
        self.assertNotIn("GONE", self.screen())
        child.kill()
        child.wait()
        self.wait_for_text("THE PROCESS IS GONE: the last was")
        self.assertEqual(len(self.order()), 3)

    def test_a_new_size_is_filled(self):
        self.open(width=120)
        self.tmux("resize-window", "-x", "64", "-y", "12")
        wait_for(lambda: "OLDEST" not in self.screen() and "Resolver::Ask" in self.screen(), "the narrow view")
        self.tmux("resize-window", "-x", "140", "-y", "30")
        self.wait_for_text("OLDEST")

    def test_help_is_a_key_away(self):
        self.open(height=30)
        self.press("?")
        self.wait_for_text("any key goes back")
        self.press("x")
        self.wait_until_gone("any key goes back")

    def test_q_quits(self):
        self.open()
        self.press("q")
        wait_for(self.has_ended, "its end")

    def test_an_unknown_terminal_is_told_of(self):
        master, slave = pty.openpty()
        self.addCleanup(os.close, master)
        done = subprocess.run([tool.TOOL, "top", self.path], stdin=slave, stdout=slave, stderr=subprocess.PIPE, text=True,
                              env=tool.environment(TERM="no-such-terminal"), timeout=DEADLINE_S, check=False)
        os.close(slave)
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.stderr, "headroom: this terminal is not known .*--once")


class TerminalTest(TopTest):
    """The terminal itself: what it was is what it is again."""

    def start(self):
        master, slave = pty.openpty()
        self.addCleanup(os.close, master)
        self.addCleanup(os.close, slave)
        self.before = termios.tcgetattr(slave)
        process = subprocess.Popen([tool.TOOL, "top", self.path], stdin=slave, stdout=slave, start_new_session=True,
                                   env=tool.environment(TERM="xterm"))
        self.addCleanup(process.kill)
        wait_for(lambda: termios.tcgetattr(slave) != self.before, "the terminal to be taken over")
        output = b""
        while b"quit" not in output:
            output += os.read(master, 65536)
        return process, master, slave

    def test_it_is_as_before_after_a_signal_that_ends_it(self):
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            process, master, slave = self.start()
            process.send_signal(number)
            output = b""
            while b"\x1b[?1049l" not in output:  # leaves the other screen
                output += os.read(master, 65536)
            self.assertEqual(process.wait(DEADLINE_S), -number)
            self.assertEqual(termios.tcgetattr(slave), self.before)

    def test_it_is_as_before_after_q(self):
        process, master, slave = self.start()
        os.write(master, b"q")
        self.assertEqual(process.wait(DEADLINE_S), 0)
        self.assertEqual(termios.tcgetattr(slave), self.before)


if __name__ == "__main__":
    unittest.main()
