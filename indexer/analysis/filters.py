"""Words → the forms they are indexed by: folded, in the spelling of today, stemmed.

In goes a word, out comes a word. The rules and their exceptions stand in `data/`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib import resources

from indexer.analysis.stems import stem
from indexer.analysis.tokens import APOSTROPHES, HYPHENS

__all__ = ["fold", "joined", "modern", "stem", "stop_words"]

VERSION = "13"
"""Of the analysis: bump it when the same text gives other tokens."""

ONE = "één"
LIGATURES = str.maketrans({"ĳ": "ij", "Ĳ": "IJ", "\u00ad": None, "\u200b": None, "ß": "ss"})
JOINTS = re.compile(rf"[{APOSTROPHES}{HYPHENS}&.]")
POSSESSIVE = re.compile(rf"[{APOSTROPHES}]s$")


def fold(word: str) -> str:
    """Return the word in lower case without accents; `één` stays, since it is not `een`."""
    if word.isascii():
        return word.lower()
    word = word.translate(LIGATURES)
    lowered = word.lower()
    if lowered == ONE:
        return ONE
    parts = unicodedata.normalize("NFKD", lowered)
    return "".join(character for character in parts if not unicodedata.combining(character))


def joined(word: str) -> str:
    """Return a folded word without hyphens, apostrophes, ampersands and points: `foxit`, `cao`."""
    return JOINTS.sub("", word)


def in_words(word: str) -> str | None:
    """Return what points abbreviate that is another word without them: not AI, but `a.i.`."""
    return _with_points().get(word.rstrip(".")) if "." in word else None


def modern(word: str) -> str:
    """Return a word of the old spelling in that of today (`produkt`, `aktie`)."""
    if "k" not in word and "nne" not in word:
        return word
    match = _old_spelling().search(word)
    return word if match is None else word.replace(match.group(), _spellings()[match.group()])


@cache
def stop_words() -> frozenset[str]:
    """Return the words that a query's bag leaves out; they stay in the index."""
    return frozenset(line for line in _lines("stopwoorden.txt"))


def _lines(name: str) -> list[str]:
    text = (resources.files("indexer.analysis") / "data" / name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _pairs(name: str) -> dict[str, str]:
    rows = (line.split("\t") for line in _lines(name))
    return {left: right for left, right in rows if left != right}


@cache
def _with_points() -> dict[str, str]:
    return _pairs("punten.tsv")


@cache
def _spellings() -> dict[str, str]:
    return _pairs("spelling.tsv")


@cache
def _old_spelling() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _spellings()), key=len, reverse=True)))
