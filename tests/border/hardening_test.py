"""What a mistake cannot be turned into, in the agent, which lives in other people's processes, and in the tool, which reads their
files: looked for in what is built."""
import json
import os
import pathlib
import re
import subprocess
import unittest

BUILD = pathlib.Path(os.environ["HEADROOM_BUILD"])
BINARIES = [BUILD / "libheadroom_preload.so", BUILD / "libheadroom.so", BUILD / "headroom"]
ARCHIVE = BUILD / "libheadroom.a"
HOT = {"headroom_hot.dir", "headroom_interposition_shared.dir", "headroom_interposition_archive.dir"}
COLD = {"headroom_cold.dir", "headroom_snapshot.dir", "headroom_agent.dir", "headroom_linked.dir",
        "headroom_preload.dir", "headroom_offline.dir", "headroom_serve.dir", "headroom.dir"}


def run(*command):
    return subprocess.run([*map(str, command)], check=True, capture_output=True, text=True).stdout


def readelf(option, binary):
    return run("readelf", option, binary)


def objects(targets):
    """What these targets are made of, not what an earlier build left in their directories."""
    commands = [entry["command"] for entry in json.loads((BUILD / "compile_commands.json").read_text())]
    outputs = [BUILD / re.search(r" -o (\S+\.o)\b", command).group(1) for command in commands if ".o " in command]
    found = [path for path in outputs if targets & set(path.parts)]
    assert found, targets
    return found


def functions_called(files):
    return {line.split()[-1] for line in run("nm", "-u", *files).splitlines() if line.startswith(" ")}


def shadow_stack_marks(files):
    """How many objects say that they take shadow stacks, and how many that indirect jumps reach marked places alone."""
    notes = run("readelf", "-nW", *files)
    return len(re.findall(r"x86 feature:.*SHSTK", notes)), len(re.findall(r"x86 feature:.*IBT", notes))


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
        self.assertRegex(readelf("-SW", ARCHIVE), r"\.note\.GNU-stack\s+PROGBITS\s+(\S+ ){4}\s+0")

    def test_only_code_is_executable(self):
        for binary in self.for_each_binary():
            headers = readelf("-lW", binary)
            access = re.findall(r"^\s+\w+\s+0x\S+ 0x\S+ 0x\S+ 0x\S+ 0x\S+ ([RWE ]{3})", headers, re.M)
            sections = re.findall(r"^\s+\d\d(?: +(\S.*?))? *$", headers.split("Segment Sections...")[1], re.M)
            self.assertEqual(len(access), len(sections))
            executable = " ".join(names for rights, names in zip(access, sections) if "E" in rights).split()
            self.assertEqual(set(executable), {".init", ".plt", ".plt.got", ".text", ".fini"} & set(executable))
            self.assertIn(".text", executable)

    def test_no_library_is_looked_for_in_a_place_of_the_builds(self):
        for binary in self.for_each_binary():
            self.assertNotRegex(readelf("-dW", binary), r"\((RPATH|RUNPATH)\)")

    def test_every_function_with_something_to_overflow_checks_its_frame(self):
        """GCC leaves its options in what it compiles; Debian's own archives say nothing."""
        for binary in self.for_each_binary():
            compilers = set(re.findall(r"GNU C\S* .*", readelf("-p.debug_str", binary)))
            self.assertGreater(len(compilers), 0)
            for options in compilers:
                self.assertIn("-fstack-protector-strong", options)
                self.assertIn("-fstack-clash-protection", options)
            self.assertIn("__stack_chk_fail", run("nm", "-D", binary))

    def test_calls_that_fill_buffers_know_their_sizes(self):
        for target in ("headroom_cold.dir", "headroom_agent.dir", "headroom_offline.dir", "headroom.dir"):
            with self.subTest(target):
                checked = {name for name in functions_called(objects({target})) if re.fullmatch(r"__\w+_chk", name)}
                self.assertNotEqual(checked, set())

    def test_shadow_stacks_stay_on_and_cold_code_is_entered_at_marked_places(self):
        for binary in self.for_each_binary():
            self.assertEqual(shadow_stack_marks([binary])[0], 1)
        self.assertEqual(shadow_stack_marks([ARCHIVE])[0], 1)
        hot, cold = objects(HOT), objects(COLD)
        self.assertGreater(min(len(hot), len(cold)), 12)
        self.assertEqual(shadow_stack_marks(hot), (len(hot), 0))
        self.assertEqual(shadow_stack_marks(cold), (len(cold), len(cold)))


if __name__ == "__main__":
    unittest.main()
