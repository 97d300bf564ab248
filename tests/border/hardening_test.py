"""What the loader is told to protect, in the agent, which lives in other people's processes, and in the tool, which reads their
files."""
import os
import pathlib
import re
import subprocess
import unittest

BUILD = pathlib.Path(os.environ["HEADROOM_BUILD"])
BINARIES = [BUILD / "libheadroom_preload.so", BUILD / "headroom"]


def readelf(option, binary):
    return subprocess.run(["readelf", option, str(binary)], check=True, capture_output=True, text=True).stdout


class Hardening(unittest.TestCase):
    def for_each_binary(self):
        for binary in BINARIES:
            with self.subTest(binary.name):
                yield binary

    def test_all_code_is_placed_at_random(self):
        for binary in self.for_each_binary():
            self.assertRegex(readelf("-hW", binary), r"Type:\s+DYN")
            self.assertNotRegex(readelf("-dW", binary), r"\(TEXTREL\)")

    def test_what_is_called_through_is_bound_at_load_and_read_only_after(self):
        for binary in self.for_each_binary():
            self.assertRegex(readelf("-dW", binary), r"FLAGS.*NOW")
            self.assertIn("GNU_RELRO", readelf("-lW", binary))

    def test_nothing_is_writable_and_executable(self):
        for binary in self.for_each_binary():
            segments = re.findall(r"^\s+(\w+)\s+0x\S+ 0x\S+ 0x\S+ 0x\S+ 0x\S+ ([RWE ]{3})", readelf("-lW", binary), re.M)
            self.assertIn("GNU_STACK", dict(segments))
            self.assertEqual([name for name, access in segments if "W" in access and "E" in access], [])

    def test_no_library_is_looked_for_in_a_place_of_the_builds(self):
        for binary in self.for_each_binary():
            self.assertNotRegex(readelf("-dW", binary), r"\((RPATH|RUNPATH)\)")


if __name__ == "__main__":
    unittest.main()
