"""What a program's start takes longer: from the call that starts /bin/true to its end."""

import os
import time

from configurations import PLAIN
from table import Row, progress, rotated

QUIET = (os.POSIX_SPAWN_OPEN, 2, "/dev/null", os.O_WRONLY, 0)  # some peers talk


def start_ms(configuration):
    environment = configuration.full_environment()
    begin = time.perf_counter()
    os.waitpid(os.posix_spawn("/bin/true", ["true"], environment, file_actions=[QUIET]), 0)
    return 1000 * (time.perf_counter() - begin)


def measure(configurations, rounds):
    row = Row("start and end of /bin/true", "+ms", "ms")
    progress(row.name)
    for number in range(rounds):
        for configuration in rotated(list(configurations), number):
            plain = start_ms(PLAIN)
            row.add(PLAIN, plain)
            row.add(configuration, start_ms(configuration) - plain)
    return [row]
