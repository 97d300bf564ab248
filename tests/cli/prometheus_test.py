"""The rules of examples/prometheus, against what `headroom serve` really exports: names, promtool, and a fleet of 50 hosts in
a real Prometheus."""

import http.server
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import threading
import time
import unittest
import urllib.parse
import urllib.request

import serving
from records import alarm, frame

RULES = pathlib.Path(os.environ["HEADROOM_SOURCE"]) / "examples" / "prometheus" / "headroom.rules.yml"
RUNBOOK = pathlib.Path(os.environ["HEADROOM_SOURCE"]) / "src" / "alarm" / "README.md"
HOSTS, LEAKING_HOSTS = 50, 17
LEAKY_BUILD, SOUND_BUILD = "aa11", "bb22"


def example_metrics(test):
    """What the exporter of a host says: the metrics of one process with an alarm, one without, and one that died."""
    leaking, calm, died = test.child().pid, test.child().pid, test.gone_pid()
    own = {"frames": [{**frame("Session::Remember(int)", "/usr/sbin/webd"), "build_id": LEAKY_BUILD}]}
    budget = {"cpu_fraction": 0.005, "memory_bytes": 16777216}
    test.record(leaking, program="webd", program_build_id=LEAKY_BUILD, budget=budget, alarms=[alarm(site=own)])
    test.record(calm, program="webd", program_build_id=SOUND_BUILD, budget=budget)
    test.record(died, alarms=[alarm()])
    test.serve()
    metrics = test.text("/metrics")
    return metrics, leaking, calm


@unittest.skipIf(shutil.which("promtool") is None, "needs prometheus")
class RulesTest(serving.ServeTest):
    def test_promtool_agrees_with_the_rules_and_their_tests(self):
        for command in ["check", "rules", RULES], ["test", "rules", RULES.with_suffix(".test.yml")]:
            done = subprocess.run(["promtool", *command], capture_output=True, text=True, timeout=60)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_the_runbook_has_each_alert_and_no_other(self):
        alerts = re.findall(r"^ *- alert: (\w+)$", RULES.read_text(), re.MULTILINE)
        self.assertGreater(len(alerts), 8)
        self.assertEqual(re.findall(r"^\| (Headroom\w+) \|", RUNBOOK.read_text(), re.MULTILINE), alerts)

    def test_every_metric_that_the_rules_name_is_exported(self):
        metrics, _, _ = example_metrics(self)
        exported = set(re.findall(r"^# TYPE (\w+)", metrics, re.MULTILINE))
        expressions = re.sub(r"(?m)^ *(#|-? ?(alert|record|summary|description):).*$", "", RULES.read_text())
        named = {name for name in re.findall(r"[\w:]*headroom[\w:]*", expressions) if ":" not in name}
        self.assertGreater(len(named), 8)
        self.assertLessEqual(named, exported | {"headroom"})


class Fleet(http.server.ThreadingHTTPServer):
    """Fifty hosts on one port, each with a path of its own."""

    request_queue_size = 128

    def __init__(self, pages):
        self.pages = pages
        super().__init__(("127.0.0.1", 0), FleetHandler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, *_):
        """A scrape that Prometheus gave up is repeated a second later."""

    def targets(self):
        return [{"targets": [f"127.0.0.1:{self.server_port}"], "labels": {"instance": host, "__metrics_path__": f"/{host}"}}
                for host in self.pages]


class FleetHandler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # Prometheus keeps its connections

    def do_GET(self):
        body = self.server.pages[self.path.lstrip("/")].encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; version=0.0.4")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@unittest.skipIf(shutil.which("prometheus") is None, "needs prometheus")
class FleetTest(serving.ServeTest):
    def of_process(self, metrics, pid):
        """The page of a host on which only this process runs."""
        lines = [line for line in metrics.splitlines() if line.startswith("#") or f'pid="{pid}"' in line]
        return "\n".join(lines) + "\n"

    def pages(self):
        metrics, leaking, calm = example_metrics(self)
        leaky, sound = self.of_process(metrics, leaking), self.of_process(metrics, calm)
        return {f"host-{number:02}": leaky if number < LEAKING_HOSTS else sound for number in range(HOSTS)}

    def start_prometheus(self, targets):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.api = f"http://127.0.0.1:{free.getsockname()[1]}"
        rules = pathlib.Path(self.directory, "rules.yml")
        rules.write_text(re.sub(r"for: \d+m", "for: 0s", RULES.read_text()))  # nobody waits here
        config = pathlib.Path(self.directory, "prometheus.yml")
        config.write_text(json.dumps({  # JSON is YAML
            "global": {"scrape_interval": "1s", "scrape_timeout": "1s", "evaluation_interval": "1s"},
            "rule_files": [str(rules)],
            "scrape_configs": [{"job_name": "fleet", "static_configs": targets}]}))
        log = open(os.path.join(self.directory, "log"), "w")
        self.addCleanup(log.close)
        process = subprocess.Popen(["prometheus", f"--config.file={config}", f"--storage.tsdb.path={self.directory}/data",
                                    f"--web.listen-address={self.api.removeprefix('http://')}"], stdout=log, stderr=log)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)

    def query(self, expression):
        url = f"{self.api}/api/v1/query?" + urllib.parse.urlencode({"query": expression})
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return [(series["metric"], float(series["value"][1])) for series in json.load(answer)["data"]["result"]]
        except OSError:
            return []

    def wait_for(self, expression, wanted):
        end, found = time.monotonic() + 60, None
        while time.monotonic() < end:
            found = self.query(expression)
            if wanted(found):
                return found
            time.sleep(0.2)
        with open(os.path.join(self.directory, "log")) as log:
            self.fail(f"{expression}: {found}\n{log.read()[-2000:]}")

    def test_prometheus_says_that_a_build_leaks_in_a_function_on_so_many_hosts(self):
        fleet = Fleet(self.pages())
        self.addCleanup(fleet.server_close)
        self.addCleanup(fleet.shutdown)
        self.start_prometheus(fleet.targets())
        (labels, hosts), = self.wait_for("build_id_function:headroom_leaking_hosts:count",
                                         lambda found: found and found[0][1] == LEAKING_HOSTS)
        self.assertEqual((labels["build_id"], labels["function"], hosts), (LEAKY_BUILD, "Session::Remember", LEAKING_HOSTS))
        running = self.wait_for("build_id:headroom_hosts:count", lambda found: sum(count for _, count in found) == HOSTS)
        self.assertEqual({labels["build_id"]: count for labels, count in running},
                         {LEAKY_BUILD: LEAKING_HOSTS, SOUND_BUILD: HOSTS - LEAKING_HOSTS})
        growth = self.wait_for("build_id_function:headroom_leak_growth_bytes_per_second:sum",
                               lambda found: found and found[0][1] == LEAKING_HOSTS * 3612)
        self.assertEqual(growth[0][0]["build_id"], LEAKY_BUILD)
        (alert, _), = self.wait_for('ALERTS{alertname="HeadroomBuildLeaks",alertstate="firing"}', bool)
        self.assertEqual((alert["function"], alert["severity"]), ("Session::Remember", "warning"))

    def test_an_exporter_that_stops_is_an_alert_and_one_that_comes_back_ends_it(self):
        pid = self.child().pid
        self.record(pid, alarms=[alarm()])
        exporter = self.serve()
        address = self.url.removeprefix("http://")
        self.start_prometheus([{"targets": [address]}])
        self.wait_for(f'headroom:alarm_time_left_seconds{{pid="{pid}",severity="critical"}}', lambda found: found and found[0][1] == 24000)
        self.wait_for('ALERTS{alertname="HeadroomMemoryEndsSoon",alertstate="firing"}', bool)
        self.end(exporter)
        (alert, _), = self.wait_for('ALERTS{alertname="HeadroomExporterDown",alertstate="firing"}', bool)
        self.assertEqual(alert["instance"], address)
        self.serve(listen=address)
        self.wait_for('ALERTS{alertname="HeadroomExporterDown"}', lambda found: not found)
        self.wait_for('ALERTS{alertname="HeadroomMemoryEndsSoon",alertstate="firing"}', bool)


if __name__ == "__main__":
    unittest.main()
