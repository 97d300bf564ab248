"""Flight recorder files as the agent would write them, for tests of what shows them."""

import json
import struct
import time
import zlib


def slot(sequence, text, version=1):
    """A record as src/recorder/layout.h describes it."""
    body = struct.pack("<IQQ", version, sequence, len(text)) + text
    return b"HEADROOM" + struct.pack("<I", zlib.crc32(body)) + body


def write(path, record, sequence=1):
    with open(path, "wb") as file:
        file.write(slot(sequence, json.dumps(record).encode()))


def frame(function, module="/usr/sbin/collectd"):
    return {"function": function, "file": None, "line": None, "module": module, "build_id": None, "offset": 4660}


def alarm(**changes):
    return {"event": "alarm", "state": "firing", "severity": "critical", "verdict": "leak", "id": "site-7f3a",
            "growth_bytes_per_s": {"estimate": 3612, "low": 2942, "high": 4370},
            "exhaustion": {"limit": "rlimit:AS", "limit_bytes": 1073741824, "used_bytes": 734003200,
                           "available_bytes": 339738624, "eta_s": {"estimate": 24000, "low": 18600, "high": 32400}},
            "site": {"live_bytes": 43305000, "frames": [frame("std::string::_M_create(unsigned long&)"),
                                                        frame("Resolver::Ask(Name const&)")]}, **changes}


def status(**changes):
    return {"event": "status", "format": 1, "headroom_version": "0.1.0", "program": "collectd", "pid": 1234,
            "time_s": time.time() - 4, "tick": 44012, "interval_s": 10, "armed": True,
            "armed_reason": "the hooks are in front of glibc", "process": {"rss_anon_bytes": 600000000},
            "heap": {"live_bytes": 5e8, "live_samples": 950, "sites": 412},
            "health": {"sample_bytes": 524288, "samples_dropped": 12, "sites_dropped": 0, "unwind_failures": 3,
                       "cpu_fraction": 0.00123, "agent_bytes": 3145728},
            "limits": [{"name": "rlimit:AS", "unit": "bytes", "limit": 1073741824, "used": 734003200,
                        "available": 339738624, "shared": False},
                       {"name": "vm.max_map_count", "unit": "mappings", "limit": 65530, "used": 530,
                        "available": 65000, "shared": False}],
            "sinks": [{"name": "stderr", "error": "it is closed", "waiting": 0, "lost": 3}],
            "alarms": [], "alarms_crowded_out": 0, "alarms_left_out": 0,
            "sites": [{"site": "abcdef", "growth_bytes_per_s": {"estimate": 0, "low": 0, "high": 0},
                       "live_bytes": 43305000, "live_samples": 83, "frames": [frame("Cache::Put(int)")]}], **changes}
