"""Installs into a prefix of its own, builds examples/embed against that with CMake and with pkg-config, runs it, and uninstalls."""
import concurrent.futures
import os
import pathlib
import subprocess
import tempfile
import unittest

BUILD = pathlib.Path(os.environ["HEADROOM_BUILD"])
SOURCE = pathlib.Path(os.environ["HEADROOM_SOURCE"])
CLEAN = {"PATH": os.environ["PATH"]}


def run(*command, **environment):
    done = subprocess.run(list(map(str, command)), env={**CLEAN, **environment}, text=True, capture_output=True, timeout=300)
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


def at_once(*programs):
    with concurrent.futures.ThreadPoolExecutor() as pool:
        return list(pool.map(run, programs))


class Installed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory()
        cls.addClassCleanup(scratch.cleanup)
        cls.scratch = pathlib.Path(scratch.name)
        cls.prefix = cls.scratch / "prefix"
        cls.addClassCleanup(cls.keep_manifest())
        run("cmake", "--install", BUILD, "--prefix", cls.prefix)
        cls.pkg_config = {"PKG_CONFIG_PATH": str(next(cls.prefix.rglob("headroom.pc")).parent)}
        cls.libraries = next(cls.prefix.rglob("libheadroom.so")).parent

    @staticmethod
    def keep_manifest():
        """What was installed from this build directory for good stays known to its uninstall target."""
        manifest = BUILD / "install_manifest.txt"
        kept = manifest.read_bytes() if manifest.exists() else None
        return lambda: manifest.unlink() if kept is None else manifest.write_bytes(kept)

    def flags(self, *asked):
        return run("pkg-config", *asked, "headroom", **self.pkg_config).split()

    def test_a_project_that_finds_the_package_is_told_of_its_leak(self):
        build = self.scratch / "embed"
        run("cmake", "-S", SOURCE / "examples/embed", "-B", build, "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={self.prefix}")
        run("cmake", "--build", build)
        told_in_c, told_in_cxx, told_in_static = at_once(build / "c_daemon", build / "cxx_daemon", build / "static_daemon")
        self.assertIn("refuse_login leaks", told_in_c)
        self.assertIn("for tenant a:", told_in_cxx)
        self.assertIn("refuse_login leaks", told_in_static)
        self.assertIn("no dynamic section", run("readelf", "-d", build / "static_daemon"))

    def test_pkg_config_has_the_flags_of_the_shared_and_of_the_static_way(self):
        shared, static = self.scratch / "shared", self.scratch / "static"
        for program, asked, more in ((shared, [], [f"-Wl,-rpath,{self.libraries}"]), (static, ["--static"], ["-static"])):
            run("gcc", "-g", SOURCE / "examples/embed/daemon.c", "-o", program, *more, *self.flags("--cflags", "--libs", *asked))
        for told in at_once(shared, static):
            self.assertIn("refuse_login leaks", told)

    def test_the_preload_library_and_the_tool_are_there_and_find_each_other(self):
        self.assertTrue((self.libraries / "headroom/libheadroom_preload.so").exists())
        self.assertIn("done", run(self.prefix / "bin/headroom", "run", "--", "echo", "done"))

    def test_what_a_fleet_is_run_with_is_there(self):
        shipped = self.prefix / "share/headroom"
        for name in ("prometheus/headroom.rules.yml", "grafana.json", "kubernetes.yaml", "systemd/headroom.conf",
                     "systemd/headroom-serve.service", "systemd/tmpfiles.conf", "runbook.md"):
            self.assertTrue((shipped / name).stat().st_size > 0, name)

    def test_uninstalling_leaves_no_file(self):
        elsewhere = self.scratch / "elsewhere"
        run("cmake", "--install", BUILD, "--prefix", elsewhere)
        run("cmake", f"-DMANIFEST={BUILD}/install_manifest.txt", "-P", SOURCE / "cmake/uninstall.cmake")
        self.assertEqual([file for file in elsewhere.rglob("*") if not file.is_dir()], [])


if __name__ == "__main__":
    unittest.main()
