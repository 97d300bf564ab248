import os
import re
import subprocess
import unittest
import urllib.request

from support import BUILD, WatchedTest, program, wait_for


class ServedTest(WatchedTest):
    """A real daemon, as `headroom serve` shows it."""

    def serve(self):
        errors = self.path("serve")
        with open(errors, "w", encoding="utf-8") as file:
            process = subprocess.Popen([os.path.join(BUILD, "headroom"), "serve", "--listen", "127.0.0.1:0", self.directory],
                                       stderr=file)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        self.url = wait_for(lambda: re.search(r"http://\S+?/", open(errors, encoding="utf-8").read()), "serve").group()

    def state(self, pid):
        """The state of the process, and all metrics."""
        with urllib.request.urlopen(self.url + "metrics", timeout=20) as answer:
            metrics = answer.read().decode()
        found = re.search(rf'headroom_process_state{{program="[^"]*",pid="{pid}",state="(\w+)"}} 1\n', metrics)
        return (found.group(1) if found else None), metrics

    def test_from_its_first_tick_to_its_violent_end(self):
        self.serve()
        process = self.start_and_wait_until_done(program("plain"), INTERVAL="1s")
        wait_for(lambda: self.state(process.pid)[0] == "watched", "the process")
        notes = subprocess.run(["readelf", "-n", program("plain")], capture_output=True, text=True, check=True).stdout
        build_id = re.search(r"Build ID: (\w+)", notes).group(1)
        info = rf'headroom_process_info{{program="e2e_plain",pid="{process.pid}",build_id="{build_id}",'
        self.assertIn(info, self.state(process.pid)[1])
        self.assertIn(f'headroom_agent_memory_budget_bytes{{program="e2e_plain",pid="{process.pid}"}} 16777216\n',
                      self.state(process.pid)[1])
        process.kill()
        process.wait()
        wait_for(lambda: self.state(process.pid)[0] == "ended", "its end")


if __name__ == "__main__":
    unittest.main()
