"""Text → raw tokens: what stands in it as one word, number, time, amount or address.

In goes text, out come `Raw` runs with their place in it. Identifiers of papers are found first
(`indexer.numbers`), so that `36 200 VII, nr. 12` is one token however it was printed. Each branch
of the pattern is anchored on its first character, so that any text is read in linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from indexer.numbers.finding import find_numbers
from indexer.numbers.values import NumberMatch

APOSTROPHES = "'’‘ʼ`´"
HYPHENS = r"\-‐‑"
"""Hyphens, as they stand between the brackets of a pattern."""
LETTER = r"[^\W_]"
DOTTED = r"(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+(?![^\W_])\.?"
"""Letters with points between them are one word: `c.a.o.`, `W.O.Z.`"""

PATTERN: Final = re.compile(
    rf"""
      (?P<url>(?:https?://|www\.)[^\s<>"“”)\]]+)
    | (?P<mail>[A-Za-z0-9][\w.+-]{{0,63}}@[\w-]+(?:\.[\w-]+)+)
    | (?P<time>\b[0-2]?\d[:.][0-5]\d(?=\s*uur\b)|\b[0-2]?\d:[0-5]\d\b)
    | (?P<amount>\b\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?\b|\b\d+,\d+\b)
    | (?P<word>{DOTTED}|(?:(?<![^\W_])[{APOSTROPHES}](?=[stnSTN][{HYPHENS}\s]))?{LETTER}+
        (?:[\u00ad\u200b]?(?:[{APOSTROPHES}{HYPHENS}&])?[\u00ad\u200b]?{LETTER}+)*)
    """,
    re.VERBOSE,
)


AROUND: Final = '()[]{}<>“”„«»".,;:?!…'
"""What may stand before and behind a word, and is no part of it."""


class Raw(NamedTuple):
    """A run of characters that is looked up as a whole. `kind` is the branch that found it."""

    kind: str
    text: str
    start: int
    end: int
    number: NumberMatch | None = None


_new: Final = tuple.__new__
"""Makes a `Raw` in half the time that its own constructor takes."""

CHUNK: Final = re.compile(r"[^\s\w]*\d\S*(?:\s+uur\b)?|\S+")
"""What is read on its own: no token goes over a space, but for a time before its `uur`."""


def tokenize(text: str) -> Iterator[Raw]:
    """Yield the raw tokens of a text, in order and without overlap."""
    for start, chunk in chunks(text):
        if isinstance(chunk, str):
            for raw in read_chunk(chunk):
                yield raw._replace(start=start + raw.start, end=start + raw.end)
        else:
            yield Raw("number", chunk.text, chunk.start, chunk.end, chunk)


def chunks(text: str) -> Iterator[tuple[int, str | NumberMatch]]:
    """Yield where each chunk of a text begins, and the chunk or the paper's number there."""
    at = 0
    for number in find_numbers(text):
        for match in CHUNK.finditer(text, at, number.start):
            yield match.start(), match.group()
        yield number.start, number
        at = number.end
    for match in CHUNK.finditer(text, at):
        yield match.start(), match.group()


def cut(text: str) -> list[str]:
    """Return the chunks of a text without numbers of papers: what `CHUNK` finds, and sooner."""
    return CHUNK.findall(text) if has_hour(text) else text.split()


def has_hour(text: str) -> bool:
    """Tell whether a word begins with `uur`: what stands before it may be a time."""
    at = text.find("uur", 1)
    while at > 0:
        if text[at - 1].isspace():
            return True
        at = text.find("uur", at + 1)
    return False


def words_in(chunk: str) -> list[str]:
    """Return the words of letters alone in a chunk, in lower case."""
    word = chunk.strip(AROUND)
    if word.isalpha():
        return [word.lower()]
    if word.isdigit() or not word:
        return []
    raws = read_chunk(chunk)
    return [raw.text.lower() for raw in raws if raw.kind == "word" and raw.text.isalpha()]


def read_chunk(chunk: str) -> list[Raw]:
    """Return the raw tokens of a chunk; they depend on nothing around it."""
    word = chunk.strip(AROUND)
    if word.isalpha():  # as nearly all are, before and behind which the pattern sees nothing more
        start = chunk.find(word)
        return [_new(Raw, ("word", word, start, start + len(word), None))]
    return [
        _new(Raw, (match.lastgroup or "word", match.group(), match.start(), match.end(), None))
        for match in PATTERN.finditer(f"{chunk} ")
    ]
