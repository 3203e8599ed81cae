"""The number of the paper itself, from its head, its foot, or the code of its case.

In go the text of the first page and the furniture of all, out comes a `Number` or `None`. The foot
of the first page (`kst-36200-VII-12`, `ah-tk-20232024-1999`) is the surest, then the running foot,
then the head.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.numbers import Number, find_numbers, parse_number, session_year

LINK = re.compile(r"^(?:kst|ah-tk|ah-ek|kv-tk|h-tk|h-ek)-[\w-]+$")
RUNNING = re.compile(
    r"(?P<house>Tweede|Eerste) Kamer, vergaderjaar (?P<y1>\d{4})[–-](?P<y2>\d{2,4}), "
    r"(?P<rest>.+?)(?:\s{2,}\d+)?$"
)
HEAD = re.compile(
    r"^(?P<dossier>\d{2} \d{3}(?:\s?\(R ?\d+\))?(?:[ -](?:[IVXA-J]{1,6}|\d{2}))?)\s{2,}\S",
    re.MULTILINE,
)
NR = re.compile(r"^Nr\.? ?(?P<nr>\d{1,5})\b", re.MULTILINE)
LETTER = re.compile(r"^(?P<letter>[A-Z]{1,2})\s{2,}\S", re.MULTILINE)
SESSION = re.compile(r"[Vv]ergaderjaar\s+(\d{4})\s?[–-]\s?(\d{2,4})")
ANNEX = re.compile(r"^(?:AH\s+)?(?P<nr>\d{1,4})$", re.MULTILINE)
CASE = re.compile(r"\b((?:19|20)\d\d)\s?Z\s?(\d{5})\b")


def own_number(
    kind: str, head: str, furniture: Sequence[str], session: str | None
) -> Number | None:
    """Return the number of the paper, `None` when it prints none."""
    for line in furniture:
        if LINK.match(line):
            found = parse_number(line)
            if found:
                return found[0]
    for line in furniture:
        match = RUNNING.search(line)
        number = _from_foot(match) if match else None
        if number:
            return number
    if kind in ("antwoord", "uitstel"):
        return _annex(head, session)
    if kind == "kamervragen":
        case = CASE.search(head)
        return Number("kamervraag", sub=f"{case[1]}Z{case[2]}", house="TK") if case else None
    return _from_head(head)


def session_in(text: str) -> str | None:
    """Return the session that a head or foot prints (`Vergaderjaar 2023–2024`)."""
    match = SESSION.search(text)
    return session_year(match[1], match[2]) if match else None


def _from_foot(match: re.Match[str]) -> Number | None:
    numbers = [n for n in find_numbers(match["rest"]) if n.start == 0]
    if not numbers or numbers[0].readings[0].kind != "kamerstuk":
        return None
    return numbers[0].readings[0]


def _annex(head: str, session: str | None) -> Number | None:
    match = ANNEX.search(head)
    marks = [m for m in ANNEX.finditer(head) if m["nr"] != "2" or m.group().startswith("AH")]
    match = marks[0] if marks else None
    if match is None or session is None or match.start() > 600:
        return None
    return Number("aanhangsel", sub=match["nr"], session=session, house="TK")


def _from_head(head: str) -> Number | None:
    dossier = HEAD.search(head[:3000])
    if dossier is None:
        return None
    readings = parse_number(dossier["dossier"])
    whole = next((n for n in readings if n.kind == "dossier"), None)
    if whole is None:
        return None
    after = head[dossier.end() : dossier.end() + 1500]
    number = NR.search(after)
    if number:
        return Number("kamerstuk", whole.dossier, number["nr"], house="TK")
    letter = LETTER.search(after)
    if letter:
        return Number("kamerstuk", whole.dossier, letter["letter"], house="EK")
    return whole
