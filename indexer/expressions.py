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
import re
import sys
from pathlib import Path
from typing import Any

from indexer import made_before

FILE = made_before.FOLDER / "re"
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
    try:
        rows = made_before.read(file, _version()) or ()
        memory, compiled = re._cache, _sre().compile  # type: ignore[attr-defined] # noqa: SLF001
        for pattern, flags, *code in rows:
            memory[type(pattern), pattern, flags] = compiled(pattern, *code)
    except (ValueError, TypeError, AttributeError, RuntimeError, ImportError):
        return 0  # it is no code, or not of this Python
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
    made_before.write(file, _version(), rows[:MOST])


def _version() -> str:
    sre = _sre()
    return f"{sys.version} {sre.MAGIC} {sre.CODESIZE}"


def _sre() -> Any:
    return importlib.import_module("_sre")


if __name__ == "__main__":
    make()
