"""The ways to run a program that are compared: with nothing preloaded, with headroom, and with the peers Debian has."""

import os
from dataclasses import dataclass, field
from pathlib import Path

BUILD = Path(os.environ.get("HEADROOM_BUILD", Path(__file__).resolve().parent.parent / "build"))
AGENT = BUILD / "libheadroom_preload.so"
DEBIAN_LIBRARIES = Path("/usr/lib/x86_64-linux-gnu")
TCMALLOC = DEBIAN_LIBRARIES / "libtcmalloc.so.4"
JEMALLOC = DEBIAN_LIBRARIES / "libjemalloc.so.2"
LSAN = DEBIAN_LIBRARIES / "liblsan.so.0"
HEAPTRACK = Path("/usr/lib/heaptrack/libheaptrack_preload.so")
PEER_PACKAGES = ("libgoogle-perftools4", "libjemalloc2", "liblsan0", "libheaptrack")
SAMPLE_BYTES = 512 * 1024


@dataclass(frozen=True, eq=False)
class Configuration:
    """A way to run a program: what is preloaded, the environment beside it, and how many threads a loop then has."""

    name: str
    preload: tuple = ()
    environment: dict = field(default_factory=dict)
    threads: int = 1
    meaning: str = ""
    thinned: int = 1  # that many times fewer ops and rounds: it records every allocation, which takes long

    def missing(self):
        """Names of the libraries that are not there."""
        return [Path(library).name for library in self.preload if not Path(library).exists()]

    def full_environment(self, **more):
        """The caller's environment without what would be measured by mistake, and this configuration's own."""
        clean = {name: value for name, value in os.environ.items()
                 if name != "LD_PRELOAD" and not name.startswith("HEADROOM_")}
        preload = {"LD_PRELOAD": " ".join(map(str, self.preload))} if self.preload else {}
        return clean | preload | self.environment | more


PLAIN = Configuration("plain")
PLAIN_AGAIN = Configuration("plain again", meaning="what the machine's own noise makes of 1")
EMPTY = Configuration("empty", (BUILD / "libbench_empty.so",),
                      meaning="an interposer of which each function is one jump to the next allocator")
IDLE_THREAD = Configuration("idle thread", (BUILD / "libbench_idle_thread.so",), threads=2,
                            meaning="a thread that sleeps for ever and no hooks: glibc's malloc is slower as soon as "
                                    "there are two threads, and the agent has one")


def agent(name="headroom", meaning="", **options):
    """The agent with HEADROOM_<option>=value, and without a recorder file: nobody reads the one of so short a run."""
    environment = {"HEADROOM_RECORDER": "off"} | {f"HEADROOM_{option}": value for option, value in options.items()}
    return Configuration(name, (AGENT,), environment, threads=1 if options.get("ENABLE") == "0" else 2, meaning=meaning)


def gperftools(sample_bytes):
    return Configuration("gperftools", (TCMALLOC,), {"TCMALLOC_SAMPLE_PARAMETER": str(sample_bytes)},
                         meaning=f"libtcmalloc, TCMALLOC_SAMPLE_PARAMETER={sample_bytes}")


def jemalloc(sample_bytes):
    profiling = f"prof:true,lg_prof_sample:{sample_bytes.bit_length() - 1}" if sample_bytes else "prof:false"
    return Configuration("jemalloc", (JEMALLOC,), {"MALLOC_CONF": profiling}, meaning=f"MALLOC_CONF={profiling}")


def heap_profile(directory):
    return Configuration("gperftools, HEAPPROFILE", (TCMALLOC,), {"HEAPPROFILE": f"{directory}/heap"}, thinned=50,
                         meaning="libtcmalloc with HEAPPROFILE: records every allocation")


def exact_tools(directory):
    """Peers that record every allocation; what they write goes to that directory."""
    return (Configuration("LSan", (LSAN,), {"LSAN_OPTIONS": "leak_check_at_exit=0"}, thinned=4,
                          meaning="gcc's LeakSanitizer preloaded, without its check at the end"),
            Configuration("heaptrack", (HEAPTRACK,), {"DUMP_HEAPTRACK_OUTPUT": "/dev/null"}, thinned=10,
                          meaning="its part in the process, writing to /dev/null; what interprets that comes on top"),
            heap_profile(directory))


HEADROOM = agent(meaning="the agent with its defaults: one sample in 512 KiB")
HEADROOM_SERVED = Configuration("headroom", (AGENT,))  # as in service: with its recorder where there is a place for one
HEADROOM_8K = agent("headroom, 8 KiB", SAMPLE_BYTES="8KiB", CPU_BUDGET="100%",
                    meaning="one sample in 8 KiB: 64 times as many, never thinned out")


def compared(directory):
    """Everything that is set beside plain in the one table."""
    return (PLAIN_AGAIN, EMPTY, IDLE_THREAD, HEADROOM, HEADROOM_8K, jemalloc(SAMPLE_BYTES), gperftools(SAMPLE_BYTES),
            *exact_tools(directory))
