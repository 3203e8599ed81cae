"""A function of a module, replaced while a table is made, so that what it is given can be noted."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any
from unittest.mock import patch


@contextmanager
def watching(module: ModuleType, name: str, noted: Callable[..., Any]) -> Iterator[None]:
    """Replace a function; of a compiled module that would go unnoticed, so it is refused."""
    if not str(module.__file__).endswith(".py"):
        raise RuntimeError(f"{module.__name__} is compiled: run with KAMERZOEK_SOURCE=1")
    with patch.object(module, name, noted):
        yield
