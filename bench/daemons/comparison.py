"""One daemon under load with every configuration: its figures beside those of the plain one, and what went wrong.

A round starts every configuration of a daemon afresh, all at once on one core, and loads one after the other in short
turns from another core while the rest idle; its ratios are to the plain server of the same round.
"""

import contextlib

from configurations import AGENT, PLAIN
from server import Failed
from table import Row, progress, rotated, rounds_within


@contextlib.contextmanager
def running(daemon, configuration, directory, **options):
    server = daemon(configuration, directory, **options)
    try:
        server.start()
        yield server
    finally:
        if hasattr(server, "process"):
            server.stop()


def is_agent(configuration):
    return AGENT in configuration.preload


def running_faults(server, expected_answers=None):
    """What is wrong with a server that still runs. What it did wrong before, Server.faults() tells after its end."""
    found = []
    if expected_answers is not None and server.answers() != expected_answers:
        found.append(f"{server.describe()}: answers differ from plain's")
    if is_agent(server.configuration) and not server.watched():
        found.append(f"{server.describe()}: no thread named headroom")
    return found


class Comparison:
    """The rows of one daemon, who still takes part, and faults: those that are headroom's, not its peers'."""

    def __init__(self, daemon, configurations, seconds, slices):
        self.daemon, self.seconds, self.slices = daemon, seconds, slices
        self.configurations = [PLAIN, *configurations]
        name = daemon.__name__.lower()
        self.rate = Row(f"{name}: requests a second", "ratio", "/s")
        self.cpu = Row(f"{name}: CPU a request", "ratio", "us")
        self.memory = Row(f"{name}: memory (PSS)", "+MiB", "MiB")
        self.rows = (self.rate, self.cpu, self.memory)
        self.faults = []

    def drop(self, configuration, failure, why):
        """It takes no further part. Where plain or headroom fail, the whole is worth nothing."""
        if configuration is PLAIN or is_agent(configuration):
            raise failure
        self.configurations.remove(configuration)
        for row in self.rows:
            row.cannot(configuration, why)

    def start(self, stack, directory, number):
        servers = []
        for i, configuration in enumerate(rotated(self.configurations, number)):
            if configuration.thinned > 1 and number > 0:
                continue
            try:
                server = stack.enter_context(running(self.daemon, configuration, directory / f"{i}"))
            except Failed as failure:
                self.drop(configuration, failure, f"{self.daemon.__name__.lower()} does not start under it")
                continue
            try:
                server.load(self.seconds)
                servers.append(server)
            except Failed as failure:
                self.drop(configuration, failure, self.fails_under_load())
        return servers

    def turns(self, servers):
        """Loads the servers by turns; requests a second and CPU a request of each."""
        done = {server: [0, 0.0] for server in servers}
        cpu = {server: server.cpu_seconds() for server in servers}
        for turn in range(self.slices):
            for server in rotated(servers, turn):
                if server.configuration in self.configurations:
                    self.one_turn(server, done[server])
        return {server.configuration: (requests / elapsed, (server.cpu_seconds() - cpu[server]) / requests)
                for server, (requests, elapsed) in done.items() if server.configuration in self.configurations}

    def one_turn(self, server, done):
        try:
            requests, elapsed = server.load(self.seconds)
        except Failed as failure:
            return self.drop(server.configuration, failure, self.fails_under_load())
        done[0] += requests
        done[1] += elapsed

    def fails_under_load(self):
        return f"{self.daemon.__name__.lower()} fails or answers nothing for a second under load with it"

    def one_round(self, directory, number):
        directory.mkdir()
        with contextlib.ExitStack() as stack:
            servers = self.start(stack, directory, number)
            figures = self.turns(servers)
            memory = {server.configuration: server.memory_mib() for server in servers}
            expected = next(server for server in servers if server.configuration is PLAIN).answers()
            for server in servers:
                self.faults += running_faults(server, expected) if is_agent(server.configuration) else []
        self.faults += [fault for server in servers for fault in server.faults() if is_agent(server.configuration)]
        self.add(figures, memory)

    def add(self, figures, memory):
        plain_rate, plain_cpu = figures.pop(PLAIN)
        self.rate.add(PLAIN, plain_rate)
        self.cpu.add(PLAIN, 1e6 * plain_cpu)
        self.memory.add(PLAIN, memory[PLAIN])
        for configuration, (rate, cpu) in figures.items():
            self.rate.add(configuration, rate / plain_rate)
            self.cpu.add(configuration, cpu / plain_cpu)
            if configuration.thinned == 1:
                self.memory.add(configuration, memory[configuration] - memory[PLAIN])
            else:
                self.memory.cannot(configuration, "served fewer requests, which hold less")

    def measure(self, directory, rounds, within_s=float("inf")):
        """At most so many rounds, and one at least."""
        for number in rounds_within(within_s, 1, rounds):
            progress(f"{self.daemon.__name__.lower()}: round {number + 1} of {rounds}")
            self.one_round(directory / f"{self.daemon.__name__.lower()}{number}", number)
        return self.rows
