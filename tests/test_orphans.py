"""Builds that are stopped or killed leave no process behind, in the middle of OCR either."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, SAMPLE
from tests.faults import tell

SCAN = SAMPLE / "gescande-brief-dijkversterking.pdf"
SECONDS = 60.0
SOON = 6.0
"""Less than OCR waits for a program of its own (15 s), which would end the child too."""
STOPS = (signal.SIGTERM, signal.SIGINT, signal.SIGKILL)


def processes(word: str) -> list[int]:
    """Return the processes that have a word on their command line; forks have their parent's."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_bytes()
            state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if word.encode() in line and state != "Z" and int(folder.name) != os.getpid():
            found.append(int(folder.name))
    return found


def until(holds: Callable[[], bool], seconds: float = SECONDS) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.02)
    return holds()


def build(source: Path, index: Path, path: str, *options: str) -> subprocess.Popen[bytes]:
    """Start a build; what it says is in a file, because a pipe is held open by its children."""
    command = [sys.executable, "-m", "indexer", "build", str(source), "--index", str(index)]
    with index.with_name("said").open("wb") as said:
        return subprocess.Popen(
            [*command, *options],
            cwd=ROOT,
            env={**os.environ, "PATH": path},
            stderr=said,
            stdout=said,
        )


@pytest.mark.ocr
@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("stop", STOPS)
def test_a_stopped_build_leaves_no_process(tmp_path: Path, stop: signal.Signals) -> None:
    """A program that OCR starts hangs; the build is stopped while it waits for it."""
    slow = tmp_path / "bin" / "pdftoppm"
    slow.parent.mkdir()
    slow.write_text(f"#!/bin/sh\nexec sleep 600.{os.getpid()} # {tmp_path}\n")
    slow.chmod(0o755)
    sleeper = f"600.{os.getpid()}"
    options = ("--ocr", "force", "--workers", "2", "--limit-seconds", "600")
    path = f"{slow.parent}:{os.environ['PATH']}"
    running = build(SCAN, tmp_path / "index", path, *options)
    try:
        assert until(lambda: bool(processes(sleeper)))
        assert len(processes(str(tmp_path))) >= 2  # the build and a child of it
        running.send_signal(stop)
        running.wait(timeout=SECONDS)
    finally:
        running.kill()
    assert until(lambda: not processes(sleeper), SOON)
    assert until(lambda: not processes(str(tmp_path)), SOON)
    if stop != signal.SIGKILL:
        assert running.returncode == 130
        assert "Gestopt. Wat er al was is bewaard" in (tmp_path / "said").read_text()


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("rounds", [2, pytest.param(100, marks=pytest.mark.soak)])
def test_killed_builds_of_real_papers_leave_no_process(tmp_path: Path, rounds: int) -> None:
    """Reading and analysing in two processes each, killed at any moment."""
    index, alive = tmp_path / "index", 0
    for number in range(rounds):
        running = build(SAMPLE, index, os.environ["PATH"], "--ocr", "off", "--workers", "2")
        until(lambda: len(processes(str(index))) > 1)
        time.sleep(0.03 * (number % 30))
        alive += len(processes(str(index))) > 1
        running.kill()
        running.wait()
        assert until(lambda: not processes(str(index)), SOON)
    tell(
        "SIGKILL of a build that has children",
        bar="no process left",
        done=f"{rounds} builds of the sample killed, none left",
        effective=f"{alive} had children at that moment",
        seed="times in steps of 30 ms",
    )
    assert alive >= rounds // 3
