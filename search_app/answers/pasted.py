"""A pasted text → its lines without what print put around them.

In goes whatever was copied from a PDF, a letter or a mail; out come lines of text: heads and feet
of official papers are gone, and footnotes with their marks. What is left is joined to running
text by `running`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
SOFT_HYPHEN = re.compile(r"\u00ad\s*")
# Heads of a paper of questions. Must match `Tweede Kamer der Staten-Generaal2`, `Vergaderjaar
# 2024–2025 Vragen gesteld door de leden der Kamer`, `2024Z18436`, `AH 610`.
HEAD = re.compile(
    r"(?:(?:Tweede|Eerste) Kamer der Staten-Generaal\s?\d?|Vergaderjaar \d{4}\s?[-–]\s?\d{4}.*"
    r"|Vragen gesteld door de leden der Kamer.*|regering gegeven antwoorden|\d{4}Z\s?\d{5}"
    r"|Aanhangsel van de Handelingen|AH \d{1,4}|Pagina \d+ van \d+)\s*"
)
# Feet. Must match `kv-tk-2024Z18436`, `ISSN 0921 - 7398`, `’s-Gravenhage 2024 Tweede Kamer, …`.
FOOT = re.compile(
    r"(?:(?:ah|kv|kst)-[\w-]+|ISSN \d.*|[’']s-Gravenhage \d{4}.*"
    r"|(?:Tweede|Eerste) Kamer, vergaderjaar .*)\s*"
)
# What Markdown puts around a heading: `**Vraag 1**`, `### Vraag 1`.
MARKDOWN = re.compile(r"^#{1,6}\s+|\*\*|__(?=\S)|(?<=\S)__")
# A letter: what stands above its salutation, of which only the subject says what it is about.
SALUTATION = re.compile(r"(?:Hoogg|G)eachte\b")
ADDRESS = re.compile(r">? ?Retouradres\b|Postbus \d|\d{4} ?[A-Z]{2}\b|Plein 2$")
SUBJECT = re.compile(r"(?:Betreft|Onderwerp)\s*:?\s+(?P<rest>\S.*)")
LETTERHEAD = 60
"""Lines among which a salutation ends a letterhead."""
# The first line of a footnote: `1NOS website, d.d. 21 oktober`, `2 IEA, september 2023`, `1) NRC,
# 10 november 2026`, `[2] https://…`.
NOTE = re.compile(
    r"(?:(\d{1,2})\s?|(?P<brackets>[(\[]?(\d{1,2})[)\]])\s*)"
    r"(?=[A-Za-z«‘’“(])(?!\d{1,2}\s?[a-z]{1,2}[.)])"
)
NOTE_SIGN = re.compile(r"https?:|www\.|\bd\.d\.|\b(?:19|20)\d\d\b|Kamerstuk|Aanhangsel|nr\.")
MARK_ALONE = re.compile(r"\d{1,2}(?:,?\s\d{1,2})*\s*")
# A mark of a footnote behind a sentence: `waarom niet? 1`, `orthodontie»?1 2 3`, `op stroom»? 1)`,
# `waarom niet?[2]`, `ligt op schema. 3 Wat`; not `in 2024`, `artikel 2.1 van`, `nr. 12 over`,
# `d.d. 3 maart`: a full stop ends a sentence when a next one begins, or the text ends.
MARK = r"(?:[(\[]?\d{1,2}[)\]]|\d{1,2})"
MARKS = rf"{MARK}(?:,?\s{MARK})*"
SHORTENED = "".join(rf"(?<!\b{word}\.)" for word in ("art", "max", "min", "blz", "nrs", "Stb"))
MARK_BEHIND = re.compile(
    rf"(?<=[?!»”\"])\s?{MARKS}(?=\s|$)"
    rf"|(?<=[a-zà-ÿ]{{3}}\.){SHORTENED}\s?{MARKS}(?=\s+[A-ZÀ-Þ«“‘\"]|$)"
)
KEEPS_HYPHEN = re.compile(r"(?:en|of)\b")


def lines_of(text: str) -> list[str]:
    """Return the lines of a pasted text; an empty one where there was room between paragraphs."""
    plain = SOFT_HYPHEN.sub("", unicodedata.normalize("NFC", text))
    plain = plain.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")
    rows = (INVISIBLE.sub(" ", row).replace("\xa0", " ") for row in plain.split("\n"))
    rows = (MARKDOWN.sub("", row.strip()).strip() for row in rows)
    kept: list[str] = []
    for row in rows:
        if HEAD.fullmatch(row):
            continue
        if FOOT.fullmatch(row):
            _drop_notes(kept, sure=True)
            continue
        kept.append(row)
    _drop_notes(kept, sure=False)
    return _without_letterhead(kept)


def _without_letterhead(lines: list[str]) -> list[str]:
    """Leave out what stands above `Geachte voorzitter,`, but for what the letter is about."""
    until = next((at for at, line in enumerate(lines[:LETTERHEAD]) if SALUTATION.match(line)), 0)
    if not any(ADDRESS.match(line) for line in lines[:until]):
        return lines
    about = [match["rest"] for line in lines[:until] if (match := SUBJECT.match(line))]
    return [*about, "", *lines[until + 1 :]]


def _drop_notes(lines: list[str], *, sure: bool) -> None:
    """Take the footnotes off the end; `sure` when a foot of the page follows."""
    first, due = len(lines), 100
    for place in range(len(lines) - 1, -1, -1):
        match = NOTE.match(lines[place])
        if match is None:
            continue
        number = int(match[1] or match[3])
        if number >= due:
            break
        # `1) Geef een overzicht van 2020` is a question: a note has its mark in the text before it
        if match["brackets"] and not any(_refers(line, number) for line in lines[:place]):
            break
        first, due = place, number
        if due == 1:
            break
    block = lines[first:]
    asks = any(line.endswith("?") for line in block)
    if block and not asks and (sure or NOTE_SIGN.search(" ".join(block))):
        del lines[first:]


def _refers(line: str, number: int) -> bool:
    """Tell whether a line has the mark of a note: `op stroom»? 1)`, `niet aanzetten (1)?`."""
    behind = (re.findall(r"\d+", mark) for mark in MARK_BEHIND.findall(line))
    if any(str(number) in numbers for numbers in behind):
        return True
    return re.search(rf"(?<=\S)\s?[(\[]{number}[)\]]", line) is not None


def running(lines: Iterable[str]) -> str:
    """Return lines as running text: words broken at line ends whole, marks of notes left out."""
    text = ""
    for line in lines:
        if not line or MARK_ALONE.fullmatch(line):
            continue
        if text.endswith("-") and line[:1].islower() and not KEEPS_HYPHEN.match(line):
            text = text[:-1] + line
        else:
            text = f"{text} {line}" if text else line
    return MARK_BEHIND.sub("", " ".join(text.split()))


def paragraphs(lines: Sequence[str]) -> list[str]:
    """Return the paragraphs between empty lines; without empty lines each line is one."""
    if not any(not line for line in lines):
        return [text for line in lines if (text := running([line]))]
    found: list[list[str]] = [[]]
    for line in lines:
        if line:
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [text for rows in found if (text := running(rows))]
