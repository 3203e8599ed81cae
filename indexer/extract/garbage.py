"""Text, or what a font without a right ToUnicode shows.

In goes the text of a page, out comes yes or no. A page of garbage is treated as a scan. Signs that
stand for nothing give it away; otherwise letters do: a shifted encoding has none of the common
words and another share of each letter than any language around here. A page in English is text.
"""

from __future__ import annotations

import re
from collections import Counter

STRANGE = re.compile("[\ufffd\ue000-\uf8ff\x01-\x08\x0b\x0e-\x1f\x7f-\x9f]")
WORD = re.compile(r"[^\W\d_]{2,}")
DIGIT = re.compile(r"\d")
SHARE_STRANGE = 0.10
ENOUGH = 100
"""Fewer visible characters than this say nothing about a language."""
WORDS = 40
COMMON = frozenset(
    {
        "de", "het", "een", "en", "van", "in", "is", "dat", "op", "te", "voor", "met", "zijn",
        "aan", "niet", "om", "ook", "door", "als", "bij", "of", "er", "the", "and", "to", "for",
        "that", "with", "on", "der", "die", "das", "und", "ist", "von", "zu", "den", "mit", "le",
        "la", "les", "des", "et", "du", "une", "pour",
    }
)  # fmt: skip
SURELY = 8
"""A page with so many different ones of them is text."""
LETTERS = "eanitrodslgvhkmubpwjzcfyxq"
SHARES = (
    18.9, 7.5, 10.0, 6.5, 6.8, 6.4, 6.1, 5.9, 3.7, 3.6, 3.4, 2.9, 2.4, 2.3, 2.2, 2.0, 1.6, 1.6, 1.5,
    1.5, 1.4, 1.2, 0.8, 0.1, 0.1, 0.1,
)  # fmt: skip
"""Per cent of each of `LETTERS` in Dutch, rounded."""
ALIKE = 0.80
"""The cosine of letter shares below which a page is in no language written with these letters."""


def is_garbage(text: str) -> bool:
    """Tell text that nobody can read."""
    tokens = text.split()
    if _plain(text) and len(COMMON.intersection(tokens)) >= SURELY:
        return False
    visible = sum(map(len, tokens))
    if not visible:
        return False
    if len(STRANGE.findall(text)) > SHARE_STRANGE * visible:
        return True
    if visible < ENOUGH:
        return False
    words = WORD.findall(text.lower())
    letters = sum(map(len, words))
    if letters < 0.5 * visible and letters + len(DIGIT.findall(text)) < 0.5 * visible:
        return not COMMON.intersection(words)
    return len(words) >= WORDS and not COMMON.intersection(words) and _likeness(words) < ALIKE


def _plain(text: str) -> bool:
    """Tell text without a sign that stands for nothing: most pages, found at once."""
    return "\ufffd" not in text and text.replace("\n", " ").isprintable()


def _likeness(words: list[str]) -> float:
    """Return the cosine between the shares of letters in words and those in Dutch."""
    counts = Counter("".join(words))
    found = [counts[letter] for letter in LETTERS]
    length = (sum(n * n for n in found) * sum(s * s for s in SHARES)) ** 0.5
    return sum(n * s for n, s in zip(found, SHARES, strict=True)) / length if length else 0.0
