"""What Python makes anew in each process, made once: kept in a file with the machine code.

In go rows of plain values and code, out come the same, for the very Python that they were made
with. The files are made by `python -m indexer compile`; without them everything works as ever.
"""

from __future__ import annotations

import marshal
import os
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "extract" / "compiled" / str(sys.implementation.cache_tag)


def read(file: Path, version: str) -> Any:
    """Return what this version kept; `None` when it is of no use, or the source is to run."""
    if os.environ.get("KAMERZOEK_SOURCE") == "1":
        return None
    try:
        known, rows = marshal.loads(file.read_bytes())  # noqa: S302 - of our own, as code is
    except (OSError, EOFError, ValueError, TypeError):
        return None  # it is not there, or damaged
    return rows if known == version else None


def write(file: Path, version: str, rows: Any) -> None:
    """Keep rows, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.{os.getpid()}.new")
    fresh.write_bytes(marshal.dumps((version, rows)))
    fresh.replace(file)
