"""What the built agent shows to the loader: exported names, needed libraries, and what its hot objects may call."""
import os
import pathlib
import re
import subprocess
import unittest

BUILD = pathlib.Path(os.environ["HEADROOM_BUILD"])
AGENT = BUILD / "libheadroom_preload.so"

MALLOC_FAMILY = set("""malloc free calloc realloc reallocarray posix_memalign aligned_alloc memalign valloc pvalloc
    malloc_usable_size free_sized free_aligned_sized mmap mmap64 munmap mremap""".split())
OPERATORS = re.compile(r"_Zn[wa]m|_Zd[la]Pv")

# All that code inside malloc may reach for, and why it is safe there.
HOT_MAY_CALL = {
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
    # Only until the first allocation of the process is through, or when operator new has already failed:
    "dlsym": "start", "dlopen": "after failure", "abort": "after failure",
    "__libc_malloc": "start", "__libc_calloc": "start", "__libc_realloc": "start", "__libc_free": "start",
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


class AgentLibrary(unittest.TestCase):
    def test_it_needs_nothing_but_libc_libm_and_the_loader(self):
        needed = set(re.findall(r"NEEDED.*\[(.+)\]", run("readelf", "-dW", str(AGENT))))
        self.assertIn("libc.so.6", needed)
        self.assertLessEqual(needed, {"libc.so.6", "libm.so.6", "ld-linux-x86-64.so.2"})

    def test_it_exports_the_allocation_functions_and_nothing_else(self):
        exported = set()
        for line in run("nm", "-D", "--defined-only", str(AGENT)).splitlines():
            exported.add(line.split()[-1].split("@")[0])
        self.assertLessEqual(MALLOC_FAMILY, exported)
        self.assertEqual(len([name for name in exported if OPERATORS.match(name)]), 20)
        strangers = {n for n in exported - MALLOC_FAMILY if not OPERATORS.match(n) and not n.startswith("headroom_")}
        self.assertEqual(strangers, set())

    def test_its_hot_objects_call_only_what_is_listed(self):
        objects = [p for p in BUILD.rglob("*.o")
                   if {"headroom_hot.dir", "headroom_interposition.dir"} & set(p.parts)]
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
