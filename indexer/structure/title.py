"""What a paper is called, by what its kind prints.

In go the kind, the rows of the first pages and the properties of the file, out comes a title or
`None`. Capitals of a printed title become ordinary ones.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from indexer.structure.rows import Row

ASKED = re.compile(
    r"^((?:Schriftelijke v|V)ragen\s+van\s+(?:het\s+lid|de\s+leden)\s.{5,900}?)\s*\(\s*ingezonden",
    re.DOTALL | re.MULTILINE,
)
ASKED_LOOSE = re.compile(
    r"^((?:Schriftelijke v|V)ragen\s+van\s+(?:het\s+lid|de\s+leden)\s.{5,900}?)\s*(?:\n\n|\.\s*\n)",
    re.DOTALL | re.MULTILINE,
)
SUBJECT = re.compile(r"^(?:Betreft|Onderwerp|Inzake)\b[\s:]*(?P<rest>.*)$", re.IGNORECASE)
STOP = re.compile(
    r"^(?:Geachte|Datum|Ons kenmerk|Onze referentie|Uw |Kenmerk|Bijlage|Pagina|Aan )", re.IGNORECASE
)
DOCUMENT = re.compile(
    r"^(?:(?:Nr\.? ?\d+|[A-Z]{1,2})\s+)?(?P<title>(?:[A-Z]+ ){0,3}"
    r"(?:MOTIE|AMENDEMENT|BRIEF|MEMORIE|VOORSTEL|NOTA|VERSLAG|LIJST)\b[^a-z]*)$"
)
DOSSIER = re.compile(r"^\d{2} \d{3}\S*(?: (?:[IVX]+[A-H]?|[A-J]))?(?:-\d+)?\s{2,}(?P<rest>\S.*)$")
USELESS = re.compile(
    r"^(?:Microsoft Word|untitled|none|document\d*|\S+\.(?:docx?|pdf|indd))", re.IGNORECASE
)


def title_of(
    kind: str, head: str, rows: Sequence[Row], properties: Mapping[str, str]
) -> str | None:
    """Return the title of a paper, `None` when it has none."""
    if kind in ("antwoord", "uitstel", "kamervragen"):
        asked = ASKED.search(head) or ASKED_LOOSE.search(head)
        if asked:
            return " ".join(asked[1].split())
    printed = _document(rows)
    dossier = _dossier(rows)
    if dossier and kind == "brief":
        return _subject(rows) or dossier
    found = (printed and _ordinary(printed)) or _subject(rows) or dossier
    return found or _property(properties) or _heading(kind, rows)


def _document(rows: Sequence[Row]) -> str | None:
    """Return `MOTIE VAN HET LID CEDER`, with the lines it wraps over."""
    for i, row in enumerate(rows[:60]):
        match = DOCUMENT.match(row.text)
        if match:
            parts = [match["title"]]
            for after in rows[i + 1 : i + 4]:
                if after.opens or not re.fullmatch(r"[^a-z]{3,}", after.text):
                    break
                parts.append(after.text)
            return " ".join(parts)
    return None


def _ordinary(title: str) -> str:
    """Return `Motie van het lid Ceder` for a title in capitals: names follow `lid` and `leden`."""
    words = title.strip().lower().split()
    out = [words[0].capitalize()]
    named = False
    for word in words[1:]:
        name = named and word not in ("en", "c.s.", "van", "de", "der", "den", "het", "ter", "te")
        out.append("-".join(part.capitalize() for part in word.split("-")) if name else word)
        named = named or word in ("lid", "leden")
    return " ".join(out)


def _subject(rows: Sequence[Row]) -> str | None:
    """Return what a letter is about: `Betreft …`, on its line and those it wraps over."""
    for i, row in enumerate(rows[:80]):
        match = SUBJECT.match(row.text)
        if match is None:
            continue
        parts = [match["rest"]] if match["rest"] else []
        for after in rows[i + 1 : i + 5]:
            if STOP.match(after.text) or (after.opens and parts):
                break
            parts.append(after.text)
        return " ".join(" ".join(parts).split()) or None
    return None


def _dossier(rows: Sequence[Row]) -> str | None:
    """Return the title of the dossier, with the lines it wraps over."""
    for i, row in enumerate(rows[:25]):
        match = DOSSIER.match(row.text)
        if match:
            parts = [match["rest"]]
            for after in rows[i + 1 : i + 5]:
                if after.opens or re.match(r"^(?:Nr\.|[A-Z]{1,2}\s{2})", after.text):
                    break
                parts.append(after.text)
            return " ".join(" ".join(parts).split())
    return None


def _property(properties: Mapping[str, str]) -> str | None:
    for name in ("Subject", "Title"):
        value = " ".join(properties.get(name, "").split())
        if len(value) > 5 and not USELESS.match(value):
            return value
    return None


def _heading(kind: str, rows: Sequence[Row]) -> str | None:
    """Return the first block of a report that reads like a title."""
    if kind not in ("rapport", "inventaris", "besluit", "verslag", "handelingen", "nota"):
        return None
    for row in rows[:6]:
        if re.search(r"[A-Za-z]{4}", row.text) and len(row.text) < 150:
            return row.text
    return None
