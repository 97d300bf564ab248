"""The daemons that are measured, as Debian ships them: each with its load, and questions that have one right answer."""

import csv
import hashlib
import os
import re
import shutil
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

from configurations import BUILD
from server import Failed, Server, figures, read_line, run


class Redis(Server):
    """Linked with jemalloc, not with glibc's malloc."""

    needs = ("redis-server", "redis-benchmark", "redis-cli")
    tests = "set,get,incr,lpush,lpop,sadd,hset,zadd"
    requests_a_second = 200_000  # about; redis-benchmark takes a number of requests and not a time

    def command(self):
        return ["redis-server", "--port", self.port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
                "--dir", self.directory]

    def load(self, seconds):
        requests = self.requests_a_second * seconds // self.configuration.thinned
        per_test = requests // len(self.tests.split(","))
        output = run(["redis-benchmark", "-p", self.port, "-t", self.tests, "-n", per_test, "-r", 50_000, "-d", 200,
                      "-c", 20, "-P", 16, "--csv"], seconds=60 + 20 * seconds)
        rates = [float(row["rps"]) for row in csv.DictReader(output.splitlines())]
        return per_test * len(rates), sum(per_test / rate for rate in rates)

    def answers(self):
        questions = ["SET q:s hello", "APPEND q:s world", "GET q:s", "STRLEN q:s",
                     "RPUSH q:l " + " ".join(str(i * 37 % 101) for i in range(100)), "SORT q:l", "LRANGE q:l 0 -1",
                     "HSET q:h " + " ".join(f"f{i} {i * i}" for i in range(100)), "HGETALL q:h",
                     "ZADD q:z " + " ".join(f"{i * 7 % 50} m{i}" for i in range(200)), "ZRANGE q:z 0 -1 WITHSCORES",
                     "EVAL \"local t = {} for i = 1, 1000 do t[i] = i * i end return #cjson.encode(t)\" 0",
                     "NO SUCH COMMAND", "DEL q:s q:l q:h q:z"]
        return run(["redis-cli", "-p", self.port], input="\n".join(questions))


class Nginx(Server):
    """A master that forks one worker, which drops privileges: a short answer, a compressed page and an error."""

    needs = ("nginx", "wrk")
    paths = ("/hello", "/page.txt", "/missing")

    def command(self):
        site = self.directory / "site"
        site.mkdir()
        page = "".join(f"{i:05d} the quick brown fox jumps over the lazy dog\n" for i in range(500))
        (site / "page.txt").write_text(page)
        (self.directory / "paths.lua").write_text(
            "local paths, i = {" + ", ".join(f'"{path}"' for path in self.paths) + "}, 0\n"
            'request = function() i = i + 1 return wrk.format("GET", paths[i % #paths + 1], '
            '{["Accept-Encoding"] = "gzip"}) end\n')
        temporary = "".join(f"{kind}_temp_path {self.directory}/{kind};\n"
                            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        (self.directory / "nginx.conf").write_text(f"""
{"user www-data;" if os.geteuid() == 0 else ""}
daemon off; worker_processes 1; pid {self.directory}/pid; error_log stderr;
events {{ worker_connections 256; }}
http {{
  access_log off; log_not_found off; {temporary}
  gzip on; gzip_types text/plain; default_type text/plain;
  server {{ listen 127.0.0.1:{self.port}; root {site}; location /hello {{ return 200 "hello\\n"; }} }}
}}
""")
        return ["nginx", "-p", self.directory, "-c", self.directory / "nginx.conf", "-e", "stderr"]

    def load(self, seconds):
        output = run(["wrk", "-t", 1, "-c", 20, "-d", f"{seconds}s", "-s", self.directory / "paths.lua",
                      f"http://127.0.0.1:{self.port}/"], seconds=60 + 5 * seconds)
        done = re.search(r"(\d+) requests in ([\d.]+)(m?s)", output)
        if not done or "Socket errors" in output:
            raise Failed(f"{self.describe()}: wrk says\n{output}")
        return int(done[1]), float(done[2]) / (1000 if done[3] == "ms" else 1)

    def answers(self):
        return "\n".join(self.fetch(path, coding) for path in self.paths for coding in ("gzip", "identity"))

    def fetch(self, path, coding):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers={"Accept-Encoding": coding})
        try:
            answer = urllib.request.urlopen(request, timeout=10)
        except urllib.error.HTTPError as error:
            answer = error
        return f"{path} {coding} {answer.status} {hashlib.sha256(answer.read()).hexdigest()}"


class Memcached(Server):
    """Several threads; takes its memory in slabs and allocates little beside."""

    needs = ("memcached", str(BUILD / "bench_memcached_load"))

    def command(self):
        return ["memcached", "-l", "127.0.0.1", "-p", self.port, "-U", 0, "-u", "nobody", "-m", 128, "-t", 4]

    def load(self, seconds):
        return figures(run([BUILD / "bench_memcached_load", self.port, seconds], seconds=60 + 5 * seconds))

    def answers(self):
        questions = (b"set q 0 0 5\r\nhello\r\nappend q 0 0 5\r\nworld\r\nget q\r\nset n 0 0 1\r\n7\r\nincr n 5\r\n"
                     b"delete q\r\nget q n\r\nbad command\r\nquit\r\n")
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(questions)
            return b"".join(iter(lambda: connection.recv(4096), b"")).decode()


class Postgres(Server):
    """A process per connection, forked and never exec'ed."""

    binaries = Path("/usr/lib/postgresql/15/bin")
    needs = tuple(map(str, map(binaries.joinpath, ("postgres", "initdb", "pgbench", "psql", "pg_isready"))))
    user = "postgres"
    stop_signal = signal.SIGINT
    questions = ("SELECT md5(json_agg(a)::text) FROM (SELECT * FROM pgbench_accounts WHERE aid < 5000 ORDER BY aid) a",
                 "SELECT bid, count(*), sum(aid) FROM pgbench_accounts GROUP BY bid ORDER BY bid",
                 "SELECT string_agg(to_char(i * i, 'FM999,999'), ' ') FROM generate_series(1, 500) i",
                 "SELECT nonsense")

    def command(self):
        data = self.directory / "data"
        run([self.binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync"],
            cwd="/", **self.owner())
        return [self.binaries / "postgres", "-D", data, "-p", self.port, "-c", "listen_addresses=127.0.0.1",
                "-c", "unix_socket_directories=", "-c", "fsync=off", "-c", "shared_buffers=64MB",
                "-c", "autovacuum=off"]

    def client(self, program, *arguments):
        return [self.binaries / program, "-h", "127.0.0.1", "-p", self.port, "-U", "postgres", *arguments]

    def ready(self):
        return subprocess.run(list(map(str, self.client("pg_isready", "-q"))), timeout=10).returncode == 0

    def start(self):
        super().start()
        run(self.client("pgbench", "-i", "-q", "postgres"))
        (self.directory / "load.sql").write_text(
            "\\set aid random(1, 90000)\nSELECT abalance FROM pgbench_accounts WHERE aid = :aid;\n"
            "SELECT json_agg(a) FROM (SELECT * FROM pgbench_accounts WHERE aid BETWEEN :aid AND :aid + 50\n"
            "  ORDER BY filler) a;\n")

    def load(self, seconds):
        script = self.directory / "load.sql"
        output = run(self.client("pgbench", "-n", "-c", 4, "-T", seconds, "-f", script, "postgres"),
                     seconds=60 + 5 * seconds)
        done, rate = re.search(r"actually processed: (\d+)", output), re.search(r"tps = ([\d.]+)", output)
        if not done or not rate:
            raise Failed(f"{self.describe()}: pgbench says\n{output}")
        return int(done[1]), int(done[1]) / float(rate[1])

    def answers(self):
        return "\n".join(self.ask(query) for query in self.questions)

    def ask(self, query):
        done = subprocess.run(list(map(str, self.client("psql", "-X", "-A", "-t", "-c", query, "postgres"))), text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
        return done.stdout


class Python(Server):
    """The interpreter with every object from malloc."""

    needs = ("/usr/bin/python3",)
    stop_signal = None
    environment = {"PYTHONMALLOC": "malloc", "PYTHONHASHSEED": "0"}

    def command(self):
        return ["/usr/bin/python3", Path(__file__).with_name("python_service.py")]

    def output(self, log):
        return subprocess.PIPE

    def ready(self):
        return self.process.poll() is None

    def ask(self, question, seconds):
        self.process.stdin.write(f"{question}\n".encode())
        self.process.stdin.flush()
        return read_line(self.process.stdout, seconds)

    def load(self, seconds):
        return figures(self.ask(f"load {seconds}", 60 + 5 * seconds))

    def answers(self):
        return self.ask("answers", 60)


DAEMONS = (Redis, Nginx, Memcached, Postgres, Python)


def missing(daemon):
    """Programs it needs that are not installed."""
    return [program for program in daemon.needs if not shutil.which(program)]
