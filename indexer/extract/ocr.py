"""Scanned pages → text, by tesseract with Dutch when it is installed.

In go a PDF and page numbers, out comes text by page. Pages are rendered by poppler's `pdftoppm`;
both programs get a fixed argument list, never a shell.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from functools import cache
from pathlib import Path

from indexer.extract import words

DPI = 300


@cache
def available() -> bool:
    """Return whether tesseract with Dutch, and pdftoppm, are there."""
    program = shutil.which("tesseract")
    if program is None or shutil.which("pdftoppm") is None:
        return False
    told = subprocess.run(  # noqa: S603 - a fixed argument list
        [program, "--list-langs"], capture_output=True, text=True, check=False
    )
    return "nld" in told.stdout.split()


def read(path: Path, numbers: list[int], *, seconds: float) -> dict[int, str]:
    """Return the text of the pages that could be read within the time."""
    until = time.monotonic() + 0.8 * seconds
    found: dict[int, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        for number in numbers:
            left = until - time.monotonic()
            if left <= 0:
                break
            text = _page(path, number, Path(folder) / "page", left)
            if text is not None:
                found[number] = text
    return found


def _page(path: Path, number: int, image: Path, seconds: float) -> str | None:
    render = ["pdftoppm", "-r", str(DPI), "-gray", "-png", "-singlefile", "-f", str(number)]
    try:
        subprocess.run(  # noqa: S603 - a fixed argument list
            [*render, "-l", str(number), str(path), str(image)],
            capture_output=True,
            timeout=seconds,
            check=True,
        )
        done = subprocess.run(  # noqa: S603 - the same
            ["tesseract", f"{image}.png", "-", "-l", "nld", "--psm", "3"],  # noqa: S607
            capture_output=True,
            timeout=seconds,
            check=True,
            env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/local/bin:/usr/bin:/bin"},
        )
    except (subprocess.SubprocessError, OSError):
        return None
    lines = [
        words.clean(line.strip()) for line in done.stdout.decode("utf-8", "replace").split("\n")
    ]
    return "\n".join(words.rejoin(lines, words.vocabulary(lines))).strip()
