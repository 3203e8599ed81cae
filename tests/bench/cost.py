"""What a command costs, and on which machine: for all benchmarks."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("KAMERZOEK_SHARED", ROOT.parent / "shared"))


@dataclass(frozen=True)
class Cost:
    """What a command cost, its children included; memory is of its largest process."""

    seconds: float
    cpu: float
    megabytes: float
    out: str


def cost(*command: str, allowed: Sequence[int] = (0,)) -> Cost:
    """Run a command and measure it with the children that it waited for.

    Another exit code than those allowed ends this process, with a sentence.
    """
    with tempfile.TemporaryFile("w+") as out:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, stdout=out)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in allowed:
            sys.exit(f"{' '.join(command)[:200]} ended with {process.returncode}")
        out.seek(0)
        cpu = usage.ru_utime + usage.ru_stime
        return Cost(seconds, cpu, usage.ru_maxrss / 1024, out.read())


def machine() -> Iterator[str]:
    """Yield a line about when and where this was measured."""
    revision = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    when, load = datetime.now(UTC), os.getloadavg()[0]
    system = f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load:.1f}"
    yield f"{when:%Y-%m-%d %H:%M} UTC, revision {revision.stdout.strip()}, {system}."
    yield ""
