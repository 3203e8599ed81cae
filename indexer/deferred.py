"""Modules that libraries load and hardly ever use: they are loaded when they are used.

In go names of modules, and while libraries load, stand-ins are in their place, whose names load the
module itself as soon as one is called or asked for something. pdfminer guesses encodings by one
and opens encrypted files by another, Whoosh fetches its own tests over HTTPS, and all of it takes a
seventh of the time until a build begins to read. A module that is there already stays.
"""

from __future__ import annotations

import contextlib
import importlib
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

PDFMINER = (
    "charset_normalizer",
    "cryptography.hazmat.backends",
    "cryptography.hazmat.primitives.ciphers",
)
WHOOSH = ("urllib.request",)


@contextlib.contextmanager
def deferred(*names: str) -> Iterator[None]:
    """Let stand-ins be in the place of modules while others load that use them."""
    put = {name: _StandIn(name) for name in names if name not in sys.modules}
    sys.modules.update(put)
    try:
        yield
    finally:
        for name, stand_in in put.items():
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]


class _StandIn(ModuleType):
    """A module that is not loaded yet."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Name(self.__name__, name)


class _Name:
    """A name in a module that is not loaded yet."""

    def __init__(self, module: str, name: str) -> None:
        self._module, self._name = module, name

    def _found(self) -> Any:
        return getattr(importlib.import_module(self._module), self._name)

    def __call__(self, *given: Any, **named: Any) -> Any:
        return self._found()(*given, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._found(), name)
