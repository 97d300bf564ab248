import os
import re
import subprocess
import unittest
import urllib.request

from support import BUILD, WatchedTest, program, wait_for


class ServedTest(WatchedTest):
    """A real daemon, as `headroom serve` shows it."""

    def state(self, pid):
        """The state of the process, and all metrics."""
        metrics = self.metrics()
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

    def test_the_profile_holds_every_call_stack_of_the_record_and_the_names_that_the_agent_knows(self):
        self.serve()
        python = """import json, select, sys
print("done", flush=True)
while not select.select([sys.stdin], [], [], 0.01)[0]:
    kept = [json.loads('{"a": [1.5]}') for _ in range(2000)]
"""
        process = self.start_and_wait_until_done("/usr/bin/python3", "-c", python, SAMPLE_BYTES="1KiB", INTERVAL="100ms")
        wait_for(lambda: self.state(process.pid)[0] == "watched", "the process")
        profile = self.path("heap.pb.gz")

        def stacks():
            with urllib.request.urlopen(f"{self.url}debug/pprof/heap?pid={process.pid}", timeout=20) as answer:
                with open(profile, "wb") as file:
                    file.write(answer.read())
            folded = subprocess.run([os.path.join(BUILD, "headroom"), "convert", "--to", "folded", profile],
                                    capture_output=True, text=True, check=True).stdout
            return folded.splitlines()

        most_of_a_status = 32
        wait_for(lambda: len(stacks()) > most_of_a_status, "the heap dump in the record")
        self.assertTrue(any("_Py" in line for line in stacks()))


if __name__ == "__main__":
    unittest.main()
