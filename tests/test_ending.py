"""A command ends with all done that was begun, and by its code."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from tests.conftest import SAMPLE

PDF = str(SAMPLE / "kst-31409-398.pdf")
RUN = """
import atexit, runpy, sys, threading, time

def late():
    time.sleep(0.3)
    print("a thread was waited for")

threading.Thread(target=late).start()
atexit.register(print, "what was registered is done")
sys.argv = ["indexer", *sys.argv[1:]]
runpy.run_module("indexer", run_name="__main__", alter_sys=True)
"""


def test_what_was_begun_is_ended() -> None:
    command = [sys.executable, "-c", RUN, "show", PDF]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    shown, threads, registered = done.stdout.rsplit("\n", 3)[:3]
    assert json.loads(shown)["id"] == "kst-31409-398"
    assert threads == "a thread was waited for"
    assert registered == "what was registered is done"


def test_codes() -> None:
    for given, code in ((["show", "geen.pdf"], 2), (["show"], 2), (["show", PDF], 0)):
        command = [sys.executable, "-m", "indexer", *given]
        assert subprocess.run(command, check=False, capture_output=True).returncode == code


def test_nobody_reads_what_is_told() -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        command = [sys.executable, "-m", "indexer", "show", PDF]
        done = subprocess.run(command, check=False, stdout=write, stderr=subprocess.PIPE)
    finally:
        os.close(write)
    assert done.returncode in (1, 120)
    assert b"Traceback" not in done.stderr
