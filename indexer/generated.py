"""Methods of dataclasses that were compiled before, for this very Python.

In go a file with their code, out come dataclasses that take it from there. `dataclasses` writes the
methods of each class as text and compiles that anew in every process: a quarter of what it takes
until a build begins to read. The file is made with the machine code (`python -m indexer compile`);
without it, and for another Python, everything works as ever.

This is the one place that knows that `dataclasses` calls `exec`. What is looked up is the text that
it wrote, so that the file of other sources is never wrong, only of less use.
"""

from __future__ import annotations

import builtins
import dataclasses
import importlib
import sys
from pathlib import Path
from types import CodeType
from typing import Any

from indexer import made_before
from indexer.expressions import MODULES

FILE = made_before.FOLDER / "methods"


def remember(file: Path = FILE) -> int:
    """Give `dataclasses` the methods of a file, unless the source is to run; return how many."""
    known = made_before.read(file, sys.version)
    if not isinstance(known, dict):
        return 0
    _take(known)
    return len(known)


def make(file: Path = FILE) -> None:
    """Write the file, in a process that has made none of these classes yet."""
    made: dict[str, CodeType] = {}
    _take(made)
    for name in MODULES:
        importlib.import_module(name)
    made_before.write(file, sys.version, made)


def _take(known: dict[str, CodeType]) -> None:
    """Let `dataclasses` execute the code that is known of a text; of others it becomes known."""

    def execute(text: str, *names: Any) -> None:
        if text not in known:
            # Not as what this module imports from __future__ would have it.
            known[text] = compile(text, "<string>", "exec", dont_inherit=True)
        builtins.exec(known[text], *names)  # noqa: S102 - as dataclasses does

    dataclasses.exec = execute  # type: ignore[attr-defined]


if __name__ == "__main__":
    make()
