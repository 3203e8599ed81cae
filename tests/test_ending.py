"""A command ends by its code, and without a traceback when nobody reads what it tells."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.conftest import SAMPLE

PDF = str(SAMPLE / "kst-31409-398.pdf")


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
