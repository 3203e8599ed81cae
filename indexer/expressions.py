"""Expressions that were compiled before, for this very Python.

In goes a file with their code, out come expressions in the memory of `re`, which finds them there
by what is written in a module. `re` makes the code of each anew in every process, in Python: a
quarter of what it takes until a build begins to read. The file is made with the machine code
(`python -m indexer compile`); without it, and for another Python, everything works as ever.

This is the one place that knows how `re` works inside. What is looked up is the expression itself,
so that the file of other sources is never wrong, only of less use.
"""

from __future__ import annotations

import importlib
import marshal
import os
import re
import sys
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "extract" / "compiled" / str(sys.implementation.cache_tag) / "re"
MODULES = (
    "indexer.cli",
    "indexer.commands.build",
    "indexer.read_paper",
    "indexer.engine.whoosh_writer",
)
"""Whose expressions are kept: those of a build."""
MOST = 480
"""Expressions in the file: `re` remembers 512."""


def remember(file: Path = FILE) -> int:
    """Give `re` the expressions of a file, unless the source is to run; return how many."""
    if os.environ.get("KAMERZOEK_SOURCE") == "1":
        return 0
    try:
        version, rows = marshal.loads(file.read_bytes())  # noqa: S302 - of our own, as code is
        if version != _version():
            return 0
        memory, compiled = re._cache, _sre().compile  # type: ignore[attr-defined] # noqa: SLF001
        for pattern, flags, *code in rows:
            memory[type(pattern), pattern, flags] = compiled(pattern, *code)
    except (OSError, EOFError, ValueError, TypeError, AttributeError, RuntimeError, ImportError):
        return 0  # it is not there, or not of this Python
    return len(rows)


def make(file: Path = FILE) -> None:
    """Write the file, in a process that has compiled none of these expressions yet."""
    made: dict[re.Pattern[Any], tuple[Any, ...]] = {}
    sre, compiler = _sre(), importlib.import_module("re._compiler")

    class Recorder:
        """What makes expressions of code, and remembers of which."""

        def __getattr__(self, name: str) -> Any:
            return getattr(sre, name)

        def compile(self, pattern: Any, flags: int, code: list[int], *groups: Any) -> Any:
            found = sre.compile(pattern, flags, code, *groups)
            made[found] = (int(flags), list(map(int, code)), *groups)
            return found

    compiler._sre = Recorder()  # type: ignore[attr-defined] # noqa: SLF001
    for name in MODULES:
        importlib.import_module(name)
    memory = re._cache  # type: ignore[attr-defined] # noqa: SLF001
    rows = [(key[1], int(key[2]), *made[found]) for key, found in memory.items() if found in made]
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.{os.getpid()}.new")
    fresh.write_bytes(marshal.dumps((_version(), rows[:MOST])))
    fresh.replace(file)


def _version() -> str:
    sre = _sre()
    return f"{sys.version} {sre.MAGIC} {sre.CODESIZE}"


def _sre() -> Any:
    return importlib.import_module("_sre")


if __name__ == "__main__":
    make()
