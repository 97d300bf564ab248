"""What the built agent shows to the loader: exported names, needed libraries, and what its hot objects may call."""
import os
import pathlib
import re
import subprocess
import unittest

BUILD = pathlib.Path(os.environ["HEADROOM_BUILD"])
AGENT = BUILD / "libheadroom_preload.so"
SHARED = [AGENT, BUILD / "libheadroom.so"]
ARCHIVE = BUILD / "libheadroom.a"

MALLOC_FAMILY = set("""malloc free calloc realloc reallocarray posix_memalign aligned_alloc memalign valloc pvalloc
    malloc_usable_size free_sized free_aligned_sized mmap mmap64 munmap mremap""".split())
OPERATORS = re.compile(r"_Zn[wa]m|_Zd[la]Pv")

# All that code inside malloc may reach for, and why it is safe there.
HOT_MAY_CALL = {
    "_end": "where the linker ends the executable or library",
    "_dl_find_object": "lock-free and async-signal-safe (glibc 2.35)",
    "__errno_location": "thread-local address",
    "__libc_stack_end": "a variable of the loader",
    "clock_gettime": "the vDSO",
    "syscall": "no state, no lock",
    "log": "pure",
    "log1p": "pure",
    "memcpy": "pure",
    "memset": "pure",
    "__popcountdi2": "pure",
    "__stack_chk_fail": "where a sample's frame was overwritten: no caller to return to",
    # Only until the first allocation of the process is through, or when operator new has already failed:
    "dlsym": "start", "dlopen": "after failure", "abort": "after failure",
    "__libc_malloc": "start", "__libc_calloc": "start", "__libc_realloc": "start", "__libc_free": "start",
    "__libc_memalign": "start", "__libc_valloc": "start", "__libc_pvalloc": "start",
    "__posix_memalign": "start, libc.a", "__malloc_usable_size": "start, libc.a",
}


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def undefined_symbols(objects):
    defined, undefined = set(), set()
    for line in run("nm", *map(str, objects)).splitlines():
        fields = line.split()
        if len(fields) >= 2 and fields[-2] in "Uw":
            undefined.add(fields[-1].split("@")[0])
        elif len(fields) == 3:
            defined.add(fields[-1])
    return undefined - defined


def defined_symbols(kind, library):
    lines = run("nm", kind, "--defined-only", str(library)).splitlines()
    return {line.split()[-1].split("@")[0] for line in lines if len(line.split()) == 3}


def public_functions():
    header = (pathlib.Path(os.environ["HEADROOM_SOURCE"]) / "include/headroom/headroom.h").read_text()
    return set(re.findall(r"^\w[\w* ]*?(headroom_\w+)\([^;]*HEADROOM_NOTHROW;", header, re.M))


class AgentLibrary(unittest.TestCase):
    def test_it_needs_nothing_but_libc_libm_and_the_loader(self):
        for library in SHARED:
            needed = set(re.findall(r"NEEDED.*\[(.+)\]", run("readelf", "-dW", str(library))))
            self.assertIn("libc.so.6", needed)
            self.assertLessEqual(needed, {"libc.so.6", "libm.so.6", "ld-linux-x86-64.so.2"})

    def test_it_exports_the_allocation_functions_and_nothing_else(self):
        for library in SHARED:
            exported = defined_symbols("-D", library)
            self.assertLessEqual(MALLOC_FAMILY | public_functions(), exported)
            operators = {name for name in exported if OPERATORS.match(name)}
            self.assertEqual(len(operators), 20)
            self.assertEqual(exported - MALLOC_FAMILY - operators, public_functions() | {"headroom_agent"})

    def test_the_archive_shows_the_same_names_without_the_operators_and_needs_libc_alone(self):
        self.assertEqual(defined_symbols("-g", ARCHIVE), MALLOC_FAMILY | public_functions() | {"headroom_agent"})
        foreign = {name for name in undefined_symbols([ARCHIVE]) if name.startswith("_Z")}
        self.assertLessEqual(foreign, {"_ZGTtnam", "_ZGTtdlPv"})  # transactional memory: weak, and looked at by libstdc++ alone

    def test_its_hot_objects_call_only_what_is_listed(self):
        objects = [p for p in BUILD.rglob("*.o")
                   if {"headroom_hot.dir", "headroom_interposition_shared.dir", "headroom_interposition_archive.dir"} & set(p.parts)]
        self.assertGreater(len(objects), 12)
        strangers = undefined_symbols(objects) - set(HOT_MAY_CALL) - {"_GLOBAL_OFFSET_TABLE_"}
        self.assertEqual(strangers, set(), "call these from hot code only with a reason in the list")

    def test_everything_is_bound_at_load_and_read_only_after(self):
        dynamic = run("readelf", "-dW", str(AGENT))
        self.assertRegex(dynamic, r"FLAGS.*BIND_NOW|FLAGS_1.*NOW")
        self.assertIn("GNU_RELRO", run("readelf", "-lW", str(AGENT)))

    def test_its_thread_local_state_fits_a_cache_line(self):
        sizes = re.findall(r"^\s*TLS\s+\S+\s+\S+\s+\S+\s+\S+\s+(0x[0-9a-f]+)", run("readelf", "-lW", str(AGENT)), re.M)
        self.assertEqual(len(sizes), 1)
        # the sampler's 64 bytes, and the two words that the carried C++ library keeps for exceptions
        self.assertLessEqual(int(sizes[0], 16), 64 + 16)


if __name__ == "__main__":
    unittest.main()
