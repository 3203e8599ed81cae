"""Files of what was made before (`indexer.made_before`) that are of no use, in each way."""

from __future__ import annotations

import marshal
from pathlib import Path
from typing import Any

WAYS = ("gone", "empty", "cut", "other python", "no code")


def write(way: str, whole: Path, to: Path, no_code: Any) -> None:
    """Write a file like a whole one, of no use in one of the ways; one that is gone is not."""
    data = whole.read_bytes()
    version, rows = marshal.loads(data)
    made = {
        "empty": b"",
        "cut": data[: len(data) // 2],
        "other python": marshal.dumps((f"{version}.", rows)),
        "no code": marshal.dumps((version, no_code)),
    }
    if way in made:
        to.write_bytes(made[way])
