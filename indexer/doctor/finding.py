"""What an examination finds: a plain value that says how something is and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["goed", "let op", "fout"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it is, and what to do.

    A `fout` keeps building or searching from working; `let op` will bite later, or is slower or
    poorer than it could be. `about` is one word for programs that read the findings.
    """

    level: Level
    about: str
    what: str
    advice: str = "Niets te doen."


def good(about: str, what: str) -> Finding:
    """Return a finding of something that is as it should be."""
    return Finding("goed", about, what)


def warning(about: str, what: str, advice: str) -> Finding:
    """Return a finding of something that will bite later."""
    return Finding("let op", about, what, advice)


def fault(about: str, what: str, advice: str) -> Finding:
    """Return a finding of something that does not work."""
    return Finding("fout", about, what, advice)
