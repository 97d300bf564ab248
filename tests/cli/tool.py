"""The tool under test, for every tests/cli/*_test.py."""

import os
import subprocess

BUILD = os.environ["HEADROOM_BUILD"]
TOOL = os.path.join(BUILD, "headroom")
LIBRARY = os.path.join(os.path.realpath(BUILD), "libheadroom_preload.so")


def environment(**extra):
    """The caller's environment without headroom's own settings; the agent keeps silent unless told otherwise."""
    clean = {name: value for name, value in os.environ.items()
             if not name.startswith("HEADROOM_") and name != "LD_PRELOAD"}
    return {**clean, "HEADROOM_ENABLE": "0", **extra}


def run(*arguments, tool=TOOL, env=None, **options):
    return subprocess.run([tool, *arguments], env=environment() if env is None else env, capture_output=True, text=True,
                          timeout=60, **options)
