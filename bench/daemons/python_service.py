"""A service that allocates a lot: reads `load SECONDS` or `answers` from standard input, answers each with one line."""

import collections
import hashlib
import json
import sys
import time


def request(number):
    """Builds a hundred records, sends them through JSON, sorts and counts them. The same number gives the same text."""
    records = [{"id": number * 1000 + i, "name": f"volume-{number * 7919 + i * 31 & 0xffff:05d}",
                "counters": [i * k for k in range(i % 17)], "labels": {"host": str(i % 13), "rack": str(i % 5)}}
               for i in range(120)]
    received = json.loads(json.dumps(records))
    received.sort(key=lambda record: (record["labels"]["rack"], record["name"]))
    by_host = collections.Counter(record["labels"]["host"] for record in received)
    return json.dumps([received[:10], sorted(by_host.items())])


def load(seconds, recent):
    """Serves requests for that long, keeping the last answers as a cache would."""
    start, served = time.monotonic(), 0
    while time.monotonic() - start < seconds:
        recent.append(request(served % 1000))
        served += 1
    return f"requests={served} elapsed_s={time.monotonic() - start:.3f}"


def main():
    recent = collections.deque(maxlen=500)
    for line in sys.stdin:
        words = line.split()
        if words[0] == "load":
            print(load(float(words[1]), recent), flush=True)
        else:
            print(hashlib.sha256("".join(request(number) for number in range(50)).encode()).hexdigest(), flush=True)


if __name__ == "__main__":
    main()
