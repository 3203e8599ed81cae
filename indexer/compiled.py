"""The compiled reader of pages: used where it was made of the very sources that stand here.

`python -m indexer compile` (compile_cli) makes machine code of the modules that read, row by row,
what a page shows; mypyc makes it of the same Python. Each folder is for one version of Python and
holds the hash of its sources: after any change of these the source itself runs again, until they
are compiled anew. `KAMERZOEK_SOURCE=1` runs the source whatever there is.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

PACKAGE = Path(__file__).parent / "extract"
MODULES = (
    "characters",
    "codes",
    "columns",
    "content",
    "fills",
    "fonts",
    "furniture",
    "headings",
    "lines",
    "pen",
    "printed",
    "reader",
    "rows",
    "rules",
    "structures",
    "tables",
    "text",
    "tokens",
    "tounicode",
    "widths",
    "words",
    "wrapped",
)
FOLDER = PACKAGE / "compiled" / sys.implementation.cache_tag
STAMP = "sources.sha256"


def places() -> list[str]:
    """Return where modules of `indexer.extract` are looked for before their sources."""
    if os.environ.get("KAMERZOEK_SOURCE") == "1":
        return []
    try:
        stamp = (FOLDER / STAMP).read_text("ascii")
    except OSError:
        return []
    return [str(FOLDER)] if stamp == of_sources(PACKAGE) else []


def of_sources(package: Path) -> str:
    """Return the hash of the sources in a folder, with their names."""
    found = hashlib.sha256()
    for name in MODULES:
        source = (package / f"{name}.py").read_bytes()
        found.update(f"{name} {len(source)}\n".encode("ascii") + source)
    return found.hexdigest()
