"""Programs that cannot have the agent: one warning, and they run."""

import os
import shutil
import struct
import subprocess
import tempfile
import unittest

import tool

PT_LOAD, PT_INTERP = 1, 3
EXIT_42 = bytes.fromhex("bf2a000000" "b83c000000" "0f05")  # mov edi, 42; mov eax, 60; syscall
NOBODY = 65534


def elf_program(loader=None, elf_class=2):
    """A program that exits with 42, linked statically or asking for `loader`."""
    base = 0x400000
    path = b"" if loader is None else loader.encode() + b"\0"
    count = 1 if loader is None else 2
    code = 64 + 56 * count + len(path)
    header = struct.pack("<4sBBB9xHHIQQQIHHHHHH", b"\x7fELF", elf_class, 1, 1, 2, 62, 1, base + code, 64, 0, 0, 64, 56,
                         count, 0, 0, 0)
    size = code + len(EXIT_42)
    segments = struct.pack("<IIQQQQQQ", PT_LOAD, 5, 0, base, base, size, size, 0x1000)
    if loader is not None:
        place = 64 + 56 * count
        segments = struct.pack("<IIQQQQQQ", PT_INTERP, 4, place, base + place, base + place, len(path), len(path),
                               1) + segments
    return header + segments + path + EXIT_42


class ObstacleTest(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = os.path.realpath(directory.name)
        os.chmod(self.directory, 0o755)

    def write(self, name, content):
        path = os.path.join(self.directory, name)
        with open(path, "wb") as file:
            file.write(content)
        os.chmod(path, 0o755)
        return path

    def assert_warning(self, done, clause):
        self.assertEqual(done.stderr.splitlines()[:1], [f"headroom: warning: {clause}; it runs unwatched"])

    def test_static_program_is_warned_of_and_runs(self):
        path = self.write("static", elf_program())
        done = tool.run("run", "--", path)
        self.assert_warning(done, f"{path} is statically linked, so no loader reads LD_PRELOAD")
        self.assertEqual((done.returncode, done.stderr.count("\n")), (42, 1))

    def test_static_program_is_found_on_the_path(self):
        path = self.write("static", elf_program())
        done = tool.run("run", "--", "static", env=tool.environment(PATH=self.directory))
        self.assert_warning(done, f"{path} is statically linked, so no loader reads LD_PRELOAD")
        self.assertEqual(done.returncode, 42)

    def test_script_is_judged_by_its_interpreter(self):
        path = self.write("static", elf_program())
        inner = self.write("inner", b"#! " + path.encode() + b" -x\n")
        done = tool.run("run", "--", self.write("outer", b"#!" + inner.encode() + b"\n"))
        self.assert_warning(done, f"{path} is statically linked, so no loader reads LD_PRELOAD")
        self.assertEqual(done.returncode, 42)

    def test_script_of_a_dynamic_interpreter_has_no_warning(self):
        done = tool.run("run", "--", self.write("script", b"#!/bin/sh\nexit 3\n"))
        self.assertEqual((done.returncode, done.stderr), (3, ""))

    def test_script_that_is_its_own_interpreter_ends(self):
        path = os.path.join(self.directory, "loop")
        self.write("loop", b"#!" + path.encode() + b"\n")
        self.assertEqual(tool.run("run", "--", path).returncode, 126)

    def test_program_of_another_loader(self):
        path = self.write("other", elf_program("/no/such/ld-musl-x86_64.so.1"))
        done = tool.run("run", "--", path)
        self.assert_warning(done, f"{path} is loaded by /no/such/ld-musl-x86_64.so.1, not by glibc")
        self.assertEqual(done.returncode, 127)

    def test_program_of_a_sanitizer_that_must_be_first_runs_without_the_agent(self):
        path, source = os.path.join(self.directory, "sanitized"), self.write("sanitized.c", b"int main(void) { return 7; }")
        for flag, sanitizer in ("address", "AddressSanitizer"), ("leak", "LeakSanitizer"):
            with self.subTest(sanitizer):
                subprocess.run(["gcc", "-fsanitize=" + flag, "-o", path, source], check=True)
                done = tool.run("run", "--", path)
                self.assert_warning(done, f"{path} is built with {sanitizer}, which must be loaded first")
                self.assertEqual((done.returncode, done.stderr.count("\n")), (7, 1))

    def test_32_bit_program(self):
        path = self.write("small", elf_program(elf_class=1))
        self.assert_warning(tool.run("run", "--", path), f"{path} is not a 64-bit program")

    def test_cut_program_is_left_to_the_system(self):
        done = tool.run("run", "--", self.write("cut", elf_program()[:16]), cwd=self.directory)
        self.assertIn(done.returncode, (126, 127))  # execvp gives it to the shell, which cannot read it either
        self.assertNotIn("warning", done.stderr)

    @unittest.skipUnless(os.geteuid() == 0, "needs root to give a file away")
    def test_set_user_id_program(self):
        path = shutil.copy("/bin/true", os.path.join(self.directory, "suid"))
        os.chown(path, NOBODY, 0)
        os.chmod(path, 0o4755)
        done = tool.run("run", "--", path)
        self.assert_warning(done, f"{path} is set-user-ID or set-group-ID, so the loader ignores LD_PRELOAD")
        self.assertEqual(done.returncode, 0)

    def test_set_user_id_of_the_caller_raises_nothing(self):
        path = shutil.copy("/bin/true", os.path.join(self.directory, "own"))
        os.chmod(path, 0o4755)
        self.assertEqual(tool.run("run", "--", path).stderr, "")

    @unittest.skipUnless(os.geteuid() == 0, "needs root to give a capability")
    def test_program_with_file_capabilities(self):
        path = shutil.copy("/bin/true", os.path.join(self.directory, "capable"))
        try:  # version 2, effective, cap_net_bind_service
            os.setxattr(path, "security.capability", struct.pack("<IIIII", 0x02000001, 1 << 10, 0, 0, 0))
        except OSError as error:
            self.skipTest(f"no file capabilities here: {error}")
        own_tool = shutil.copy(tool.TOOL, self.directory)
        shutil.copy(tool.LIBRARY, self.directory)
        done = tool.run("run", "--", path, tool=own_tool, user=NOBODY)
        self.assert_warning(done, f"{path} has file capabilities, so the loader ignores LD_PRELOAD")


if __name__ == "__main__":
    unittest.main()
