"""A series of pprof dumps of a program with many call stacks, one of which leaks, and the time that a command takes."""

import gzip
import random
import resource
import subprocess
import time

START_NS = 1_700_000_000 * 10**9
STEP_NS = 60 * 10**9


def varint(value):
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def number(field, value):
    return varint(field << 3) + varint(value)


def message(field, *parts):
    content = b"".join(parts)
    return varint(field << 3 | 2) + varint(len(content)) + content


class Program:
    """Its stacks, as profile.proto has them: functions of files in one module, 30 deep, sharing their outer frames."""

    def __init__(self, stacks, depth=30):
        chance = random.Random(4)
        self.strings = ["", "alloc_objects", "count", "alloc_space", "bytes", "inuse_objects", "inuse_space", "space",
                        "/usr/bin/server"]
        functions, locations = [], []
        count = max(depth, stacks // 2)
        for i in range(1, count + 1):
            self.strings += [f"server::module{i % 97}::Class{i % 1009}::Method{i}(std::string const&, int)",
                             f"/src/server/module{i % 97}/file{i % 499}.cc"]
            name = len(self.strings) - 2
            functions.append(message(5, number(1, i), number(2, name), number(4, name + 1)))
            locations.append(message(4, number(1, i), number(2, 1), number(3, 0x400000 + 64 * i),
                                     message(4, number(1, i), number(2, i % 3000 + 1))))
        self.tables = b"".join([message(3, number(1, 1), number(2, 0x400000), number(3, 0x8000000), number(5, 8)),
                                *locations, *functions, *(message(6, text.encode()) for text in self.strings)])
        outer = [chance.sample(range(1, count + 1), depth - 8) for _ in range(200)]
        self.stacks = [message(1, *map(varint, chance.sample(range(1, count + 1), 8) + chance.choice(outer)))
                       for _ in range(stacks)]
        self.held = [chance.randint(1, 400) for _ in range(stacks)]

    def dump(self, index):
        samples = []
        for i, stack in enumerate(self.stacks):
            live = self.held[i] + (1000 * index if i == 0 else index * i % 7)
            born = live + index * (i % 50)
            samples.append(message(2, stack, message(2, *map(varint, (born, born << 12, live, live << 12)))))
        types = [message(1, number(1, a), number(2, b)) for a, b in ((1, 2), (3, 4), (5, 2), (6, 4))]
        tail = [number(9, START_NS + index * STEP_NS), message(11, number(1, 7), number(2, 4)), number(12, 524288)]
        return b"".join([*types, *samples, self.tables, *tail])

    def write_series(self, directory, dumps):
        """Those dumps that are not there yet."""
        for i in range(dumps):
            path = directory / f"heap.{i:05}.pb.gz"
            if not path.exists():
                path.write_bytes(gzip.compress(self.dump(i), 1, mtime=0))


def timed(command, first=False):
    """What became of it, elapsed and processor seconds, greatest resident MiB; `first`: before all else that runs here."""
    command = ["chrt", "--rr", "1", *command] if first else command
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True)
    elapsed = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return done, elapsed, cpu, after.ru_maxrss / 1024
