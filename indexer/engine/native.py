"""The compiled loops over postings, where there are any, and how arrays are handed to them.

In go arrays of an index, out come those that the compiled `loops` can look at. The loops are there
when they were compiled (docs/decisions/0307) and librt, which mypyc's arrays come from, is
installed as it was then; without them numpy does the same, in more passes.
"""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import Any

import numpy as np

from indexer import compiled
from indexer.engine.arrays.file import Numbers

SIGNED = {1: np.uint8, 2: np.int16, 4: np.int32}
"""By the bytes of a number, what the loops take it for; they have no unsigned ones but of one."""


def found() -> ModuleType | None:
    """Return the compiled loops, `None` where there are none: the source is never run."""
    if not compiled.places("engine/loops"):
        return None
    try:
        return importlib.import_module("indexer.engine.loops.entry")
    except ImportError:
        return None


LOOPS: Any = found()


def plain(array: Numbers) -> Numbers:
    """Return numbers of one, two or four bytes as the loops take them; those of eight as four."""
    if array.dtype.itemsize not in SIGNED:
        array = array.astype(np.int32)
    return array.view(SIGNED[array.dtype.itemsize])
