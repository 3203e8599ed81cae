"""A text → a cell of a table that a spreadsheet shows and never runs as a formula.

In goes what stands in papers or was typed, out comes text that begins with none of the signs that
start a formula (ASVS 5.0, 1.2.10), full-width ones included; a quote before it is how spreadsheets
write text.
"""

from __future__ import annotations

import re

RUNS = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")
_AFTER_SEPARATOR = re.compile(rf'([,;\t][\s"]*)(?=[{re.escape("".join(RUNS))}])')


def safe(text: str) -> str:
    """Return the text of a cell."""
    return f"'{text}" if text.startswith(RUNS) else text


def safe_line(text: str) -> str:
    """Return a line that is no row: what a spreadsheet takes for its cells does not run either."""
    return _AFTER_SEPARATOR.sub(r"\1'", text)
