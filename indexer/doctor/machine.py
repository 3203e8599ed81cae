"""The machine: the programs for scans, limits, memory, the clock, room and rights on the disk.

In go paths and limits, out come findings. Nothing is written.
"""

from __future__ import annotations

import os
import resource
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from indexer.doctor.finding import Finding, fault, good, warning
from indexer.extract import programs

OPEN_FILES = 1024
MEMORY_MB = 1024
ROOM_MB = 500
"""Free space under which a build of some size will not fit beside the old generation."""
NO_ROOM_MB = 20
INODES = 10_000
OLDEST = datetime(2025, 11, 1, tzinfo=UTC).timestamp()
"""No machine that runs this program has an earlier date."""


def examine() -> Iterator[Finding]:
    """Yield what there is to say of this machine."""
    yield from scans(there=programs.available())
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    yield from limits(files, _memory_mb())
    yield from clock(time.time())


def scans(*, there: bool) -> Iterator[Finding]:
    """Look for what reads scans."""
    if there:
        told = "tesseract met Nederlands en pdftoppm zijn er: scans worden gelezen"
        yield good("scans", f"{told}; meer programma's zijn niet nodig (Chromium ook niet)")
    else:
        yield warning(
            "scans",
            "tesseract met Nederlands of pdftoppm is er niet: scans blijven zonder tekst",
            "Installeer ze: apt-get install tesseract-ocr tesseract-ocr-nld poppler-utils",
        )


def limits(files: int, memory_mb: int | None) -> Iterator[Finding]:
    """Look at how many files a process may open, and at the memory that is free."""
    if 0 <= files < OPEN_FILES:
        advice = f"Verhoog de grens: ulimit -n {OPEN_FILES} (systemd: LimitNOFILE={OPEN_FILES})"
        yield warning("grenzen", f"een proces mag maar {files} bestanden openen", advice)
    if memory_mb is not None and memory_mb < MEMORY_MB:
        advice = "Bouw met --workers 1, of geef de machine meer geheugen."
        yield warning("geheugen", f"er is {memory_mb} MB geheugen vrij", advice)
    elif memory_mb is not None:
        yield good("geheugen", f"er is {memory_mb} MB geheugen vrij")


def _memory_mb() -> int | None:
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
    except OSError:
        return None
    rows = dict(line.split(":", 1) for line in lines)
    found = rows.get("MemAvailable", "").split()
    return int(found[0]) // 1024 if found else None


def clock(now: float, built: str = "") -> Iterator[Finding]:
    """Look whether the clock can be right; `built` is when the index says that it was made."""
    shown = f"{datetime.fromtimestamp(now, UTC):%Y-%m-%d %H:%M} UTC"
    advice = "Zet de klok gelijk: timedatectl set-ntp true"
    made = datetime.fromisoformat(built).timestamp() if built else 0.0
    if now < OLDEST:
        yield warning("klok", f"de klok staat op {shown}, dat is te vroeg", advice)
    elif made > now + 60:
        told = f"de index is van {built}, en de klok staat pas op {shown}"
        yield warning("klok", told, advice)
    elif not built:
        yield good("klok", f"de klok staat op {shown}")


def folder(path: Path, what: str, *, need_mb: int = ROOM_MB) -> Iterator[Finding]:
    """Look at the room and the rights where something is, or will be, kept."""
    there = next(parent for parent in (path.absolute(), *path.absolute().parents) if _is(parent))
    if not there.is_dir():
        yield fault("map", f"{there} is geen map", f"Kies een andere plaats voor {what}.")
        return
    if not os.access(there, os.R_OK | os.X_OK):
        advice = (
            f"Geef de gebruiker die zoekt of bouwt het recht om te lezen: chmod of chown {there}"
        )
        yield fault("rechten", f"{there} is voor deze gebruiker niet te lezen", advice)
        return
    if not os.access(there, os.W_OK):
        advice = f"Genoeg om te zoeken. Om te bouwen: chown of chmod {there}"
        yield warning("rechten", f"in {there} mag deze gebruiker niet schrijven", advice)
    yield from _room(there, what, need_mb)


def _is(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _room(there: Path, what: str, need_mb: int) -> Iterator[Finding]:
    free = shutil.disk_usage(there).free >> 20
    nodes = os.statvfs(there)
    if free < NO_ROOM_MB:
        yield fault(
            "schijf", f"de schijf van {what} is vol ({free} MB vrij)", f"Maak ruimte in {there}."
        )
    elif free < need_mb:
        advice = f"Maak ruimte in {there}: een nieuwe index staat even naast de oude."
        yield warning("schijf", f"voor {what} is {free} MB vrij, {need_mb} MB is beter", advice)
    else:
        yield good("schijf", f"voor {what} is {free} MB vrij in {there}")
    if nodes.f_files > 0 and nodes.f_favail < INODES:
        told = f"op de schijf van {what} kunnen nog {nodes.f_favail} bestanden bij"
        yield warning("schijf", told, "Verwijder bestanden of kies een andere schijf (df -i).")
