"""What people type before a question → what papers print there.

In go lines, out come lines: `Vraag één`, `vraag 2: klopt dit`, `Deelvraag 3`, `Vraag 4 van
9` and `Eerste vraag:` are labels as papers have them, on a line of their own; `1a.` is a number and
a letter; a keycap is a number; and what a mail quotes has lost its `>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.question_labels import read_mark
from search_app.answers.cuts import ENDS

# fmt: off
NAMES = (
    "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf",
    "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien", "twintig",
)
RANKS = (
    "eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende",
    "tiende", "elfde", "twaalfde", "dertiende", "veertiende", "vijftiende",
)
# fmt: on
VALUES = {name: str(n) for names in (NAMES, RANKS) for n, name in enumerate(names, 1)}
# Longest first: `vier` begins `vierde`.
NAME = "|".join(sorted([*NAMES, "[eé]én", "eén"], key=len, reverse=True))
RANK = "|".join([*sorted(RANKS, key=len, reverse=True), r"\d{1,2}e"])
WHAT = (
    r"(?P<asks>(?:deel|sub)?vra(?:ag|gen)|vr\.)"
    r"|antw(?:oord(?:en)?(?:\sop)?|\.)(?:\s(?:de\s)?vra(?:ag|gen))?"
)
SEVERAL = rf"(?:{NAME})(?:(?:,\s?|\sen\s)(?:{NAME}))*"
# Must match `Vraag één`, `Vragen een en twee`, `vraag 2: klopt dit`, `Vraag2`, `Deelvraag 3:`,
# `Vraag 5 van 9`, `Antwoord twee:`; must not match `Vraag een paspoort aan` or `vraag
# 3. van de leden`: text follows only behind a colon or the like.
LABEL = re.compile(
    rf"(?:{WHAT})\s?(?:nr\.?\s|\()?(?P<number>(?P<figures>\d{{1,3}}[a-j]?)|{SEVERAL})"
    r"(?:\s(?:van|uit)\s(?:de\s)?\d{1,3})?\)?\s?(?:$"
    r"|(?:[:)]|\s?[-–—]|(?(figures)\.?\s?(?=(?-i:[A-ZÀ-Þ])|[‘’“«'\"(])|(?!)))\s*(?P<rest>.*)$)",
    re.IGNORECASE,
)
# Must match `Eerste vraag: klopt dit`, `2e vraag`; not `Eerste vraag is of`.
RANKED = re.compile(
    rf"(?:(?:de|mijn|onze)\s)?(?P<rank>{RANK})\s(?:deel)?vraag\s?(?:$|:\s*(?P<rest>.*)$)",
    re.IGNORECASE,
)
# Must match `1a. Klopt`, `1 b) Klopt`, `(1c) Klopt`, `1a` alone; not `3e kwartaal`.
PART = re.compile(r"\(?(?P<number>\d{1,2})\s?(?P<letter>[a-j])(?:[.):]{1,2}\s*(?P<rest>.*)|)$")
# Must match `Q1:`, `Q: Kunt`; not `Q4 van 2024`.
ENGLISH = re.compile(r"Q(?=\s?\d{1,3}\s?[:.)]|\s?:)")
KEYCAP = re.compile(r"(\d)\ufe0f?\u20e3\s*")
QUOTED = re.compile(r"(?:>\s?)+")


def labelled(lines: Sequence[str]) -> list[str]:
    """Return the lines, with the labels of people as those of papers."""
    rows = [ENGLISH.sub("V", KEYCAP.sub(r"\1. ", line)) for line in _unquoted(lines)]
    found: list[str] = []
    before = ""
    for row in _parts(rows):
        goes_on = row[:1].islower() and before != "" and not before.endswith(ENDS)
        found += [row] if goes_on else _printed(row)
        before = row
    return found


def _unquoted(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines of a mail without the mark of what is quoted, when most have it."""
    filled = [line for line in lines if line]
    quoted = sum(line.startswith(">") for line in filled)
    if quoted < 2 or quoted * 2 < len(filled):
        return lines
    return [QUOTED.sub("", line, count=1) if line.startswith(">") else line for line in lines]


def _printed(line: str) -> Iterator[str]:
    """Yield a label as a paper prints it and what stands behind it, or the line as it is."""
    match = LABEL.match(line) or RANKED.match(line)
    if match is None or read_mark(line):
        yield line
        return
    asks = match.re is RANKED or match["asks"]
    yield f"{'Vraag' if asks else 'Antwoord'} {_figures(match)}"
    if match["rest"]:
        yield match["rest"]


def _figures(match: re.Match[str]) -> str:
    """Return the numbers of a label in figures: `1`, `1, 2 en 3`."""
    if match.re is RANKED:
        rank = match["rank"].lower()
        return VALUES.get(rank, rank.removesuffix("e"))
    plain = match["number"].lower().replace("é", "e")
    return re.sub(r"[a-z]{3,}", lambda word: VALUES.get(word[0], word[0]), plain)


def _parts(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines, with `1a.` as a number and a letter, where letters count up from a."""
    number, due = "", "a"
    for line in lines:
        match = PART.match(line)
        if match and match["letter"] == "a":
            number, due = match["number"], "a"
            yield f"{number}."
        if match is None or (match["number"], match["letter"]) != (number, due):
            yield line
            continue
        yield f"{due}) {match['rest'] or ''}".rstrip()
        due = chr(ord(due) + 1)
