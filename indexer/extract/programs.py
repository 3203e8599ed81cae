"""The programs that OCR needs: whether they are there, without loading what reads a page."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache


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
