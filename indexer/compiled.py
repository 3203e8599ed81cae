"""Compiled modules: used where they were made of the very sources that stand here.

`python -m indexer compile` (commands/compiling) makes machine code of the modules that look at each
row of a page and at each word; mypyc makes it of the same Python. Each folder is for one version of
Python and holds the hash of its sources: after any change of these the source itself runs again,
until they are compiled anew. `KAMERZOEK_SOURCE=1` runs the source whatever there is.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

ROOT = Path(__file__).parent
EXTRACT = (
    "characters",
    "codes",
    "colours",
    "columns",
    "content",
    "fills",
    "fonts",
    "fragments",
    "furniture",
    "headings",
    "lines",
    "packing",
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
ANALYSIS = (
    "chains",
    "compounds",
    "counting",
    "encode",
    "filters",
    "forms",
    "glue",
    "guess",
    "halves",
    "stems",
    "tokens",
)
LOOPS = (
    "best",
    "bitmaps",
    "bounds",
    "chunks",
    "counts",
    "edits",
    "entry",
    "listed",
    "near",
    "pages",
    "phrases",
    "reads",
    "scores",
    "sparse",
    "tables",
    "tallies",
    "words",
)
SHOWN = ("snippets", "windows")
MODULES = {
    "extract": EXTRACT,
    "analysis": ANALYSIS,
    "engine/arrays": ("buckets", "order"),
    "engine/loops": LOOPS,
    "engine/postings": ("slices",),
    "engine/shown": SHOWN,
}
"""What is compiled, by folder."""
STAMP = "sources.sha256"


def folder(package: str, root: Path = ROOT) -> Path:
    """Return where the compiled modules of a package lie, for this version of Python."""
    return root / package / "compiled" / sys.implementation.cache_tag


def places(package: str, root: Path = ROOT) -> list[str]:
    """Return where modules of a package are looked for before their sources."""
    if os.environ.get("KAMERZOEK_SOURCE") == "1":
        return []
    found = folder(package, root)
    try:
        stamp = (found / STAMP).read_text("ascii")
    except OSError:
        return []
    return [str(found)] if stamp == of_sources(package, root) else []


def of_sources(package: str, root: Path) -> str:
    """Return the hash of the sources of a package, with their names."""
    found = hashlib.sha256()
    for name in MODULES[package]:
        source = (root / package / f"{name}.py").read_bytes()
        found.update(f"{name} {len(source)}\n".encode("ascii") + source)
    return found.hexdigest()
