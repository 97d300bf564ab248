"""The agent needs nothing but what the barest C program needs."""

import os
import re
import shutil
import subprocess
import unittest

import support


@unittest.skipUnless(support.AS_ROOT, "needs root to change the root directory")
class BareRootTest(support.WatchedTest):
    def test_the_agent_loads_where_there_is_only_libc(self):
        root = self.path("root")
        os.mkdir(root)
        needed = subprocess.run(["ldd", support.program("plain")], capture_output=True, text=True, check=True).stdout
        for library in [*re.findall(r"/\S+", needed), "/lib/x86_64-linux-gnu/libm.so.6"]:
            os.makedirs(root + os.path.dirname(library), exist_ok=True)
            shutil.copy(library, root + library)
        for file in (support.program("plain"), support.AGENT):
            shutil.copy(file, root)
        process = self.start_and_wait_until_done(
            "/e2e_plain", preload="/libheadroom_preload.so", SAMPLE_BYTES="1B", RECORDER="/record.hr", ALARM="stderr",
            popen={"preexec_fn": lambda: os.chroot(root), "cwd": "/"})
        record = self.fresh_record(root + "/record.hr")
        self.assertTrue(record["armed"])
        self.assertEqual(record["heap"]["live_samples"] >= 10, True)
        self.assertEqual(self.finish(process), 0)


if __name__ == "__main__":
    unittest.main()
