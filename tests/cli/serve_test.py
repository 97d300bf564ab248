import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import unittest

import serving
import status_test
import tool
from records import alarm, frame

LABELS = 'program="collectd",pid="%d"'


class MetricsTest(serving.ServeTest):
    def metrics(self):
        return self.text("/metrics")

    def state_of(self, pid, metrics):
        return re.search(r'headroom_process_state\{program="[^"]*",pid="%d",state="(\w+)"\} 1\n' % pid, metrics).group(1)

    def test_every_way_to_stand_is_a_state(self):
        watched, silent, disarmed, died, killed = self.child(), self.child(), self.child(), self.gone_pid(), self.gone_pid()
        self.record(watched.pid, alarms=[alarm()])
        self.record(silent.pid, interval_s=0.001)
        self.record(disarmed.pid, armed=False)
        self.record(died, alarms=[alarm()])
        self.record(killed)
        self.serve()
        metrics = self.metrics()
        states = [self.state_of(pid, metrics) for pid in (watched.pid, silent.pid, disarmed.pid, died, killed)]
        self.assertEqual(states, ["watched", "late", "disarmed", "died_alarmed", "ended"])
        self.assertIn("headroom_alarm_info{" + LABELS % watched.pid + ',id="site-7f3a",severity="critical",verdict="leak",'
                      'function="Resolver::Ask",module="collectd",build_id=""} 1\n', metrics)
        self.assertIn("headroom_died_alarm_info{" + LABELS % died + ',id="site-7f3a"', metrics)
        self.assertNotIn("headroom_alarm_info{" + LABELS % died, metrics)  # it leaks no more
        self.assertNotIn("headroom_heap_live_bytes{" + LABELS % killed, metrics)

    def test_promtool_finds_nothing_to_complain_about(self):
        self.record(self.child().pid, alarms=[alarm(), alarm(id="other")], program='a"b\\c\n\x1b[2J')
        self.record(self.gone_pid(), alarms=[alarm()])
        self.serve()
        checked = subprocess.run(["promtool", "check", "metrics"], input=self.metrics(), text=True, capture_output=True,
                                 timeout=60)
        self.assertEqual((checked.returncode, checked.stdout + checked.stderr), (0, ""))

    def test_a_pid_that_another_process_got_is_not_the_daemon(self):
        child = self.child()
        path = self.record(child.pid, alarms=[alarm()])
        os.utime(path, (1, 1))  # written long before the child began
        self.serve()
        self.assertEqual(self.state_of(child.pid, self.metrics()), "died_alarmed")

    def test_files_that_are_no_records_are_counted_by_reason(self):
        self.record(self.child().pid)
        self.put("damaged.hr", b"x" * 100)
        self.put("strange.hr", status_test.slot(1, b"{}"))
        self.put("deep.hr", status_test.slot(1, b"[" * 100000 + b"]" * 100000))
        self.put("ignored.txt", b"x")
        os.symlink("/etc/passwd", os.path.join(self.directory, "link.hr"))
        os.mkfifo(os.path.join(self.directory, "pipe.hr"))
        os.link(self.put("twice.hr", b"x"), os.path.join(self.directory, "again.hr"))
        with open(self.put("long.hr", b""), "wb") as file:
            file.truncate(1 << 30)
        self.serve()
        metrics = self.metrics()
        for reason, count in ("damaged", 1), ("not_understood", 2), ("not_a_file", 4), ("too_long", 1), ("not_opened", 0):
            self.assertIn(f'headroom_records_refused{{reason="{reason}"}} {count}\n', metrics)
            self.assertIn(f'headroom_record_read_errors_total{{reason="{reason}"}} {count}\n', metrics)
        self.assertEqual(metrics.count("headroom_record_info{"), 1)

    @unittest.skipIf(os.geteuid() != 0, "needs root to make another user's file")
    def test_a_record_of_another_users_process_is_not_believed(self):
        child = self.child()
        os.chown(self.record(child.pid), 65534, 65534)
        self.serve()
        metrics = self.metrics()
        self.assertIn('headroom_records_refused{reason="not_its_own"} 1\n', metrics)
        self.assertNotIn("headroom_process_state{", metrics)

    def test_of_two_records_of_a_process_the_one_named_after_it_is_believed(self):
        child = self.child()
        self.record(child.pid, program="real")
        self.record(child.pid, name="forged.hr", program="forged", time_s=4e9)
        self.serve()
        metrics = self.metrics()
        self.assertIn('headroom_records_refused{reason="double"} 1\n', metrics)
        self.assertIn('program="real"', metrics)
        self.assertNotIn('program="forged"', metrics)

    def test_what_is_told_twice_in_a_record_becomes_one_series(self):
        limit = status_test.status()["limits"][0]
        self.record(self.child().pid, alarms=[alarm(), alarm(severity="notice")], limits=[limit, limit])
        self.serve()
        samples = [line.rsplit(" ", 1)[0] for line in self.metrics().splitlines() if not line.startswith("#")]
        self.assertEqual(len(samples), len(set(samples)))

    def test_stacks_that_share_an_id_are_two_series(self):
        site = status_test.status()["sites"][0]
        self.record(self.child().pid, sites=[{**site, "id": "x", "site": "1"}, {**site, "id": "x", "site": "2"}, site, site])
        self.serve()
        stacks = re.findall(r'headroom_stack_live_bytes\{.*stack="(\w+)"', self.metrics())
        self.assertEqual(stacks, ["x", "2", "abcdef"])

    def test_hostile_values_do_no_harm(self):
        for number, value in enumerate((None, -1, 1e308, -1e308, 2**64 - 1, 2**70, "\x1b[2J\n\x9b\"\\", [], {}, [[None]], True)):
            hostile = {**dict.fromkeys(status_test.status(), value), "event": "status", "format": 1}
            self.put(f"a{number}.hr", status_test.slot(1, json.dumps(hostile).encode()))
            self.record(10**9 + number, alarms=[hostile, value, alarm(site={"frames": [value]})], sites=[value],
                        limits=[hostile], sinks=[value])
        self.serve()
        checked = subprocess.run(["promtool", "check", "metrics"], input=self.metrics(), text=True, capture_output=True,
                                 timeout=60)
        self.assertEqual((checked.returncode, checked.stdout + checked.stderr), (0, ""))
        self.assertIn("10000000", self.text("/"))

    def test_two_hundred_recorders_at_once(self):
        for pid in range(10**9, 10**9 + 200):
            self.record(pid, alarms=[alarm()])
        self.serve()
        self.assertEqual(self.metrics().count('state="died_alarmed"} 1\n'), 200)

    def test_a_directory_that_goes_away_is_told_and_its_return_noticed(self):
        self.serve()
        self.assertIn(f'headroom_directory_up{{directory="{self.directory}"}} 1\n', self.metrics())
        shutil.rmtree(self.directory)
        self.wait_for_metric(f'headroom_directory_up{{directory="{self.directory}"}} 0\n')
        os.mkdir(self.directory)
        self.record(self.gone_pid())
        self.wait_for_metric('state="ended"} 1\n')

    def wait_for_metric(self, line):
        end = serving.time.monotonic() + serving.DEADLINE_S
        while line not in self.metrics():
            self.assertLess(serving.time.monotonic(), end, line)
            serving.time.sleep(0.1)


class ServerTest(serving.ServeTest):
    def test_it_is_healthy_and_ends_cleanly(self):
        process = self.serve()
        self.assertEqual(self.text("/-/healthy"), "headroom is healthy\n")
        self.assertEqual(self.end(process), 0)

    def test_an_open_connection_does_not_keep_it_from_ending(self):
        process = self.serve()
        with socket.create_connection(self.address()) as connection:
            connection.sendall(b"GET /metrics HTTP/1.1\r\n")
            self.assertEqual(self.end(process), 0)

    def address(self):
        host, port = self.url.removeprefix("http://").split(":")
        return host, int(port)

    def test_a_port_that_is_taken_is_one_line(self):
        self.serve()
        taken = self.url.removeprefix("http://")
        done = tool.run("serve", "--listen", taken, self.directory)
        self.assertEqual((done.returncode, done.stderr),
                         (2, f"headroom: cannot listen on {taken}: Address already in use\n"))

    def test_wrong_usage(self):
        for address in "9797", "name.example:1", ":9797", "127.0.0.1:", "127.0.0.1:x":
            done = tool.run("serve", "--listen", address, self.directory)
            self.assertEqual((done.returncode, done.stderr.count("\n")), (2, 1))
            self.assertIn("expected ADDRESS:PORT", done.stderr)
        done = tool.run("serve", "/nowhere")
        self.assertEqual((done.returncode, done.stderr), (3, "headroom: /nowhere: there is no such directory\n"))

    def test_no_path_leads_to_a_file(self):
        self.record(self.child().pid)
        self.serve()
        for path in "/../etc/passwd", "/%2e%2e/etc/passwd", "//etc/passwd", "/debug/pprof/../../etc/passwd", "/metrics/":
            connection = http.client.HTTPConnection(*self.address(), timeout=60)
            connection.request("GET", path)
            answer = connection.getresponse()
            self.assertEqual(answer.status, 404)
            self.assertNotIn(b"root:", answer.read())
            connection.close()
        self.assertEqual(self.ask("/debug/pprof/heap?pid=../../etc/passwd")[0], 404)

    def test_requests_are_bounded(self):
        self.serve()
        self.assertEqual(self.ask("/debug/pprof/symbol", b"0" * (2 << 20))[0], 413)
        self.assertIn(self.ask("/" + "a" * 100_000)[0], (400, 413, 414, 431))
        connection = http.client.HTTPConnection(*self.address(), timeout=60)
        connection.request("DELETE", "/metrics")
        self.assertEqual(connection.getresponse().status, 405)
        connection.close()
        self.assertEqual(self.text("/-/healthy"), "headroom is healthy\n")


@unittest.skipIf(shutil.which("go") is None, "needs go")
class ProfileTest(serving.ServeTest):
    def setUp(self):
        super().setUp()
        self.pid = self.child().pid
        unnamed = {**frame(None), "offset": 8192}
        site = {"site": "1", "growth_bytes_per_s": {"estimate": 0}, "live_bytes": 43305000, "live_samples": 83,
                "born_bytes": 2 * 43305000, "born_samples": 166}
        self.record(self.pid, sites=[{**site, "label": "tenant a", "frames": [frame("Cache::Put(int)"), unnamed, frame("main")]}])
        self.record(self.gone_pid())
        self.serve()

    def go_pprof(self, kind, *flags):
        return subprocess.run(["go", "tool", "pprof", *flags, f"{self.url}/debug/pprof/{kind}?pid={self.pid}"], text=True,
                              capture_output=True, timeout=120, env={**os.environ, "PPROF_TMPDIR": self.directory})

    def test_go_tool_pprof_fetches_what_is_live(self):
        for kind, column, megabytes in ("heap", "inuse_space", 41.30), ("allocs", "alloc_space", 82.60):
            done = self.go_pprof(kind, "-top", "-sample_index=" + column)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertRegex(done.stdout, rf"{megabytes:.2f}MB .* Cache::Put")

    def test_the_labels_that_the_program_set_are_tags(self):
        done = self.go_pprof("heap", "-tags")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"label: Total .*\n.*41\.3MB.*: tenant a")

    def test_symbols_and_the_command(self):
        status, body = self.ask(f"/debug/pprof/symbol?pid={self.pid}", b"0x1+0xzz")
        self.assertEqual((status, body), (200, b"num_symbols: 1\n"))
        self.assertEqual(self.text(f"/debug/pprof/cmdline?pid={self.pid}"), "collectd")
        self.assertIn(f"heap?pid={self.pid}", self.text("/debug/pprof/"))

    def test_which_process_is_to_be_said(self):
        self.assertEqual(self.ask("/debug/pprof/heap")[0], 400)
        self.assertEqual(self.ask("/debug/pprof/heap?pid=1")[0], 404)
        self.assertEqual(self.ask(f"/debug/pprof/heap?pid={self.pid}&seconds=1")[0], 400)
        self.assertEqual(self.ask(f"/debug/pprof/goroutine?pid={self.pid}")[0], 404)


@unittest.skipIf(shutil.which("chromium") is None, "needs chromium")
class PageTest(serving.ServeTest):
    def page_in_chromium(self):
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={self.directory}/chromium",
                   "--dump-dom", self.url]
        return subprocess.run(command, text=True, capture_output=True, timeout=120).stdout

    def test_the_worst_comes_first_and_no_name_becomes_markup(self):
        calm, leaking, died = self.child(), self.child(), self.gone_pid()
        self.record(calm.pid, program="<script>document.title='forged'</script><b id=forged>")
        history = [[1700000000, 2 << 20, 1 << 20, 4 << 20], [1700001800, 3 << 20, 2 << 20, 4 << 20]]
        own = {**alarm()["site"], "label": "<b id=forged>tenant a"}
        self.record(leaking.pid, alarms=[alarm(severity="warning", site=own)], history=history)
        self.record(died, alarms=[alarm()])
        self.serve()
        page = self.page_in_chromium()
        places = [page.index(f'id="p{pid}"') for pid in (died, leaking.pid, calm.pid)]
        self.assertEqual(places, sorted(places))
        self.assertIn("6 h 40 min left", page)
        self.assertIn("<b>Resolver::Ask</b> for &lt;b id=forged&gt;tenant a leak: about 12.4 MiB/h", page)
        self.assertIn("<b>Resolver::Ask</b> leak: about 12.4 MiB/h", page)
        self.assertIn("died with an alarm open", page)
        self.assertEqual(page.count("<polyline"), 3)  # the limit, what is used, what is live
        self.assertIn("30 min ago", page)
        self.assertIn("<title>headroom</title>", page)
        self.assertNotIn('id="forged"', page)

    def test_a_host_without_processes_says_what_to_do(self):
        self.serve()
        page = self.text("/")
        self.assertIn("headroom run -- CMD", page)
        self.assertIn(self.directory, page)


if __name__ == "__main__":
    unittest.main()
