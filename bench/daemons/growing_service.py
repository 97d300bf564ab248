"""A service whose memory moves as services' does: `refusals` meets errors and remembers them - with `leak` for ever, else the last
ones only; `batch` builds a night's report every twenty seconds and drops it - with `leak` two thirds of it only. Ends with its input."""

import itertools
import sys
import threading
import time


def remember_refusal(kept, number):
    kept[number] = {"client": f"10.0.{number >> 8 & 255}.{number & 255}", "why": "login refused " * 8, "at": time.time()}


def refusals(leak):
    kept = {}
    for number in itertools.count():
        remember_refusal(kept, number)
        if not leak:
            kept.pop(number - 2000, None)
        if number % 8 == 0:
            time.sleep(0.01)


def one_night(kept, leak):
    report = []
    for row in range(60_000):
        report.append(("row %d " % row) * 20)
        if row % 3000 == 0:
            time.sleep(0.05)
    if leak:
        kept.append(report[::3])


def batch(leak):
    kept = []
    while True:
        one_night(kept, leak)
        time.sleep(20)


def main():
    work = {"refusals": refusals, "batch": batch}[sys.argv[1]]
    threading.Thread(target=work, args=(sys.argv[2] == "leak",), daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    main()
