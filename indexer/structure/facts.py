"""What the finders of a paper share: its text, its head, and what kind of paper it is."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.structure.body import Body
from indexer.structure.head import Head

QUESTIONS = ("antwoord", "uitstel", "kamervragen")
LETTERS = ("brief", "besluit")
MOVED = ("motie", "amendement")


@dataclass(frozen=True, slots=True)
class Facts:
    """The text of a paper, its head, the beginning of its first page, its kind and why."""

    body: Body
    head: Head
    top: str
    kind: str
    evidence: str
