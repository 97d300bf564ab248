"""What examples/operate holds is what the tools that read it take, and uses only names that are there."""
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

import yaml

SOURCE = pathlib.Path(os.environ["HEADROOM_SOURCE"])
TOOL = os.path.join(os.environ["HEADROOM_BUILD"], "headroom")
OPERATE = SOURCE / "examples" / "operate"
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("HEADROOM_")}


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=ENVIRONMENT, **options)


def flag_of(variable):
    return "--" + variable.removeprefix("HEADROOM_").lower().replace("_", "-")


class Operate(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = pathlib.Path(directory.name)

    def assert_taken(self, settings):
        """Every HEADROOM_ variable is an option, and its value is one that the option takes."""
        ours = {name: value for name, value in settings.items() if name.startswith("HEADROOM_")}
        self.assertTrue(ours)
        for name, value in ours.items():
            done = run(TOOL, "run", f"{flag_of(name)}={value}", "--", "true")
            self.assertEqual((done.returncode, done.stderr), (0, ""), name)


class SystemdTest(Operate):
    UNIT = "[Service]\nExecStart=/bin/true\n"

    def verify(self, unit):
        done = run("systemd-analyze", "verify", "--man=no", str(unit))
        complaints = [line for line in done.stderr.splitlines() if str(self.directory) in line or unit.name in line]
        self.assertEqual((done.returncode, complaints), (0, []), done.stderr)

    def drop_in(self, text=None):
        unit = self.directory / "collectd.service"
        unit.write_text(self.UNIT)
        place = self.directory / "collectd.service.d"
        place.mkdir()
        (place / "headroom.conf").write_text(text or (OPERATE / "systemd" / "headroom.conf").read_text())
        return unit

    def test_systemd_takes_the_drop_in(self):
        self.verify(self.drop_in())

    def test_a_mistake_in_it_would_be_seen(self):
        text = (OPERATE / "systemd" / "headroom.conf").read_text()
        with self.assertRaises(AssertionError):
            self.verify(self.drop_in(text + "ReadWritePaths=relative/path\n"))

    def test_systemd_takes_the_exporters_unit(self):
        text = (OPERATE / "systemd" / "headroom-serve.service").read_text()
        unit = self.directory / "headroom-serve.service"
        unit.write_text(text.replace("/usr/bin/headroom", TOOL))
        self.verify(unit)

    def test_the_drop_in_sets_options_as_they_are(self):
        text = (OPERATE / "systemd" / "headroom.conf").read_text()
        settings = dict(line.split("=", 2)[1:] for line in text.splitlines() if re.match(r"#?Environment=", line))
        self.assertIn("libheadroom_preload.so", settings.pop("LD_PRELOAD"))
        self.assert_taken(settings)

    def test_the_directory_of_the_records_is_open_and_sticky(self):
        if os.geteuid() != 0:
            self.skipTest("systemd-tmpfiles gives the directory to root")
        done = run("systemd-tmpfiles", "--root", str(self.directory), "--create", str(OPERATE / "systemd" / "tmpfiles.conf"))
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(os.stat(self.directory / "run" / "headroom").st_mode & 0o7777, 0o1777)


class KubernetesTest(Operate):
    def setUp(self):
        super().setUp()
        self.deployment = yaml.safe_load((OPERATE / "kubernetes.yaml").read_text())
        self.pod = self.deployment["spec"]["template"]["spec"]
        self.containers = {c["name"]: c for c in self.pod["initContainers"] + self.pod["containers"]}

    def test_every_mount_is_a_volume_and_every_volume_is_mounted(self):
        mounted = {mount["name"] for c in self.containers.values() for mount in c["volumeMounts"]}
        self.assertEqual(mounted, {volume["name"] for volume in self.pod["volumes"]})

    def test_the_daemon_preloads_what_the_init_container_brings(self):
        settings = {e["name"]: e["value"] for e in self.containers["collector"]["env"]}
        copied = self.containers["headroom"]["command"]
        self.assertEqual(settings["LD_PRELOAD"], copied[-1] + os.path.basename(copied[-2]))
        for name in ("collector", "headroom"):
            self.assertIn("/headroom", {m["mountPath"] for m in self.containers[name]["volumeMounts"]})
        self.assert_taken(settings)

    def test_the_exporter_reads_where_the_daemon_writes(self):
        place = {name: next(m["mountPath"] for m in self.containers[name]["volumeMounts"] if m["name"] == "records")
                 for name in ("collector", "headroom-serve")}
        self.assertEqual(set(place.values()), {"/run/headroom"})
        self.assertEqual(self.containers["headroom-serve"]["command"][-1], "/run/headroom")

    def test_nobody_has_more_rights_than_needed(self):
        self.assertTrue(self.pod["securityContext"]["runAsNonRoot"])
        for container in self.containers.values():
            context = container["securityContext"]
            self.assertFalse(context["allowPrivilegeEscalation"])
            self.assertTrue(context["readOnlyRootFilesystem"])
            self.assertEqual(context["capabilities"], {"drop": ["ALL"]})

    def test_the_labels_select_the_pods(self):
        self.assertEqual(self.deployment["spec"]["selector"]["matchLabels"],
                         self.deployment["spec"]["template"]["metadata"]["labels"])


class GrafanaTest(Operate):
    def setUp(self):
        super().setUp()
        self.dashboard = json.loads((OPERATE / "grafana.json").read_text())
        self.queries = [target["expr"] for panel in self.dashboard["panels"] for target in panel["targets"]]

    def test_it_asks_for_its_data_source_and_filters_by_job_and_instance(self):
        source = self.dashboard["__inputs"][0]["name"]
        self.assertEqual({panel["datasource"]["uid"] for panel in self.dashboard["panels"]}, {"${" + source + "}"})
        self.assertEqual([v["name"] for v in self.dashboard["templating"]["list"]], ["job", "instance", "program"])
        for query in self.queries:
            self.assertIn('job=~"$job", instance=~"$instance"', query)

    def test_it_asks_only_for_metrics_that_headroom_serves(self):
        served = set()
        for room in ("metrics", "serve"):
            for file in (SOURCE / "src" / room).rglob("*.cc"):
                served |= set(re.findall(r'"(headroom_\w+)"', file.read_text()))
        asked = {name for query in self.queries for name in re.findall(r"\bheadroom_\w+", query)}
        self.assertGreater(len(asked), 15)
        self.assertEqual(asked - served, set())

    def test_prometheus_takes_its_queries(self):
        rules = [{"record": "r:%d" % i, "expr": query.replace("$job", "x").replace("$instance", "x").replace("$program", "x")}
                 for i, query in enumerate(self.queries)]
        path = self.directory / "rules.yml"
        path.write_text(yaml.safe_dump({"groups": [{"name": "dashboard", "rules": rules}]}))
        done = run("promtool", "check", "rules", str(path))
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_no_panel_lies_on_another(self):
        cells = [(x, y) for p in (panel["gridPos"] for panel in self.dashboard["panels"])
                 for x in range(p["x"], p["x"] + p["w"]) for y in range(p["y"], p["y"] + p["h"])]
        self.assertEqual(len(cells), len(set(cells)))
        self.assertLess(max(x for x, _ in cells), 24)


class ReadmeTest(Operate):
    def test_it_leads_to_every_file(self):
        linked = set(re.findall(r"\]\((?!\.\.)([^)]+)\)", (OPERATE / "README.md").read_text()))
        files = {str(p.relative_to(OPERATE)) for p in OPERATE.rglob("*") if p.is_file()} - {"README.md"}
        self.assertEqual(linked, files)


if __name__ == "__main__":
    unittest.main()
