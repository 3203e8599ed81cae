"""How commands end: their exit codes, and a sentence on stderr."""

from __future__ import annotations

import sys

DONE, FAULT, WRONG_USE, SOME_FAILED, STOPPED = 0, 1, 2, 3, 130


def complain(told: str, code: int) -> int:
    """Say what is wrong and return the code."""
    sys.stderr.write(f"{told}\n")
    return code
