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
import marshal
import os
import sys
from pathlib import Path
from types import CodeType
from typing import Any

from indexer.expressions import MODULES

FILE = (
    Path(__file__).parent / "extract" / "compiled" / str(sys.implementation.cache_tag) / "methods"
)


def remember(file: Path = FILE) -> int:
    """Give `dataclasses` the methods of a file, unless the source is to run; return how many."""
    if os.environ.get("KAMERZOEK_SOURCE") == "1":
        return 0
    try:
        version, known = marshal.loads(file.read_bytes())  # noqa: S302 - of our own, as code is
        if version != sys.version:
            return 0
        _take(dict(known))
    except (OSError, EOFError, ValueError, TypeError):
        return 0  # it is not there, or not of this Python
    return len(known)


def make(file: Path = FILE) -> None:
    """Write the file, in a process that has made none of these classes yet."""
    made: dict[str, CodeType] = {}
    _take(made)
    for name in MODULES:
        importlib.import_module(name)
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.{os.getpid()}.new")
    fresh.write_bytes(marshal.dumps((sys.version, made)))
    fresh.replace(file)


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
