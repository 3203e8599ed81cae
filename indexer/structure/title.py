"""What a paper is called.

In go the head, the text and the properties of the file, out comes one line of title or `None`:
the subject of questions without `(ingezonden …)`, what a letter says it is about, the heading of
a Kamerstuk in ordinary letters, and else what is printed large at its head, or a property of the
file that is fit to read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from indexer.paper import Page
from indexer.structure.body import Body, Line
from indexer.structure.facts import QUESTIONS
from indexer.structure.head import Head
from indexer.structure.headline import find_headline
from indexer.structure.ministries import MINISTRIES
from indexer.structure.people import REPLY

# `Vragen van de leden X (P) en Y (Q) aan de Minister van … over …`, up to what is no part of it.
ASKED = re.compile(
    r"^(?P<title>(?:Mondelinge |Schriftelijke )?[Vv]ra(?:ag|gen)\s+van\s.{10,900}?)"
    r"(?:\s*\((?:ingezonden|ontvangen)\b|\.?\s*\n(?=Antwoord\b|Mededeling\b|Vraag\b|1\b))",
    re.DOTALL | re.MULTILINE,
)
ANSWERING = re.compile(
    r"^(?P<title>(?:Antwoord(?:en)?|Beantwoording)\s[^\n]{0,60}\bvra(?:ag|gen)\b(?:[^\n]|\n(?!\n)){5,400}?)"
    r"\s*(?:\((?:[^()\n]*\bingezonden\b|20\d\d ?Z)|\.?\s*\n(?=\n|Datum\b|Vraag\b|1\b|20\d\d ?Z))",
    re.MULTILINE,
)
# Must match `Betreft Besluit op uw verzoek`, `Onderwerp:`; not a sentence's `Betreft het openbaar`.
SUBJECT = re.compile(
    r"(?:Betreft|Onderwerp|Betreffende|Inzake|BETREFT|ONDERWERP)(?:\s*:\s*|\s+|$)(?P<rest>.*)$"
)
# The same in the head of a memo, under `datum 12 augustus 2020`.
MEMO_DATE = re.compile(r"datum\b")
MEMO_SUBJECT = re.compile(r"(?:betreft|onderwerp|inzake)\s*:?\s+(?P<rest>[A-ZÀ-Þ].*)$")
SALUTATION = re.compile(r"(?:Hoogg|G)eachte\b|Beste\b")
# What follows a subject in a letter's head. A wrapped subject goes on until one of these.
AFTER_SUBJECT = re.compile(
    r"(?:Geachte|Hooggeachte|Datum|Ons kenmerk|Uw kenmerk|Uw brief|Kenmerk|(?:Onze|Uw) referentie|"
    r"Bijlage|Contact|Behandeld|Aan de|Pagina|Den Haag|Doorkiesnummer|Telefoon|E-mail|Directie|"
    r"Inlichtingen|L\.S\.|Beste|Zaaknr|In (?:uw|antwoord|aansluiting|reactie|vervolg)|"
    r"Met (?:deze|een)|Hierbij|Bij (?:brief|e-mail)|Op \d|Van:|Naam|Zaaknummer)\b",
    re.IGNORECASE,
)
DATE_LINE = re.compile(r"\d{1,2} [a-z]+ \d{4}$", re.IGNORECASE)
MOST_SUBJECT_LINES = 4
SUBJECT_REACH = 40
"""Lines of the first page among which a subject is looked for."""
# A title that says nothing: must match `None`, `Microsoft Word - brief.doc`, `untitled`, what a
# program writes for none (`unspecified`), a file's name, a number; must not match `Antwoord op
# vragen van het lid …`.
EMPTY = re.compile(
    r"(?:none|untitled|unspecified|anonymous|unknown|onbekend|naamloos|geen titel|document\d*"
    r"|microsoft \w+ ?-?.*|powerpoint-presentatie"
    r"|[\w().-]+\.(?:docx?|pdf|odt|indd|xlsx?|pptx?|rtf)|[\W\d_]*|.{1,5}|[\w-]*\d[\w-]*)",
    re.IGNORECASE,
)
TITLED = ("rapport", "inventaris", "nota", "verslag", "handelingen", "toelichting", "wetsvoorstel")
# A decision that begins with what it is: `Beschikking op Wob verzoek`; no sentence.
DECISION = re.compile(r"(?:[Dd]eel)?(?:Beschikking|[Bb]esluit|Beslissing)\b[^.?!]{5,110}")
# The head of a list without a title: `Doc. nr. Datum Titel doc. Beoordeling Weigeringsgrond ID`.
COLUMN = re.compile(
    r"\b(?:volgnummer|(?:doc\. )?nr|datum|beoordeling|artikel|weigeringsgrond(?:en)?|afzender|"
    r"ontvanger|soort|documentnaam|titel|omschrijving|toelichting|id)\b",
    re.IGNORECASE,
)
LEAST_COLUMNS = 3
COVERED = ("rapport", "nota", "verslag", "toelichting", "besluit", "handelingen", "overig")
"""Kinds whose title is printed large."""
GENERIC = re.compile(r"BRIEF (?:VAN|AAN)\b|BRIEF$", re.IGNORECASE)
SMALL_IN_NAMES = frozenset(("van", "de", "der", "den", "ten", "ter", "te", "en", "c.s."))
NEVER_NAMES = SMALL_IN_NAMES | {"wet", "brief", "besluit", "nota", "motie", "verslag", "voorstel"}
LID = re.compile(r"\b(?:het lid|de leden)\s+(?P<names>.+?)(?:\s+(?:c\.s\.|over|ter|voor)\b|$)")


def find_title(
    body: Body, head: Head, kind: str, pages: Sequence[Page], properties: Mapping[str, str]
) -> str | None:
    """Return the title of a paper, on one line."""
    found = None
    if kind in QUESTIONS:
        found = _questions(body.head())
    elif head.sub:
        found = _kamerstuk(head, body.text)
    found = found or _subject(body.lines) or _large(pages, body.text, kind) or _property(properties)
    return found or _reply(body, kind) or _answering(body, kind) or _first_heading(body, kind)


def find_subject(body: Body) -> str | None:
    """Return what a letter says it is about: behind `Betreft` or `Onderwerp`."""
    return _subject(body.lines)


def ordinary(heading: str, text: str) -> str:
    """Return a heading in capitals as one writes it: `Motie van het lid Feddema`.

    A word keeps the spelling that `text` has for it in the middle of a sentence (names, the
    ministries); a heading that is not in capitals is left alone.
    """
    if not heading.isupper():
        return heading
    names = _names_in(text)
    words = [names.get(word.strip(".,").lower(), word.lower()) for word in heading.split()]
    kept = [
        _with_marks(word, printed) for word, printed in zip(words, heading.split(), strict=True)
    ]
    plain = _ministries(" ".join(kept))
    plain = LID.sub(
        lambda match: match.group().replace(match["names"], _names(match["names"])), plain
    )
    return plain[:1].upper() + plain[1:]


def _questions(top: str) -> str | None:
    match = ASKED.search(top)
    return " ".join(match["title"].split()) if match else None


def _reply(body: Body, kind: str) -> str | None:
    """Return `Mededeling van minister X (Y)` where a Word document does not name its questions."""
    match = REPLY.search(body.head()) if kind in ("antwoord", "uitstel") else None
    return " ".join(f"{match['what']} van {match['who']}".split()) if match else None


def _answering(body: Body, kind: str) -> str | None:
    """Return `Antwoorden op de vragen van het lid X (P) over …` at the head of answers alone."""
    match = ANSWERING.search(body.head()) if kind == "antwoord" else None
    return " ".join(match["title"].split()) if match else None


def _kamerstuk(head: Head, text: str) -> str | None:
    """Return the heading; a letter's says only who wrote it, so the dossier's title stands."""
    if head.heading and not GENERIC.match(head.heading):
        return ordinary(head.heading, text)
    return head.dossier_title or (ordinary(head.heading, text) if head.heading else None)


def _subject(lines: Sequence[Line]) -> str | None:
    """Return what a letter is about: behind its label, or below it, wrapped lines joined."""
    for index, line in enumerate(lines[:SUBJECT_REACH]):
        if SALUTATION.match(line.text):
            return None
        match = SUBJECT.match(line.text) or _memo_subject(lines, index)
        if not match:
            continue
        parts = [match["rest"]] if match["rest"] else []
        for after in lines[index + 1 : index + 1 + MOST_SUBJECT_LINES]:
            if AFTER_SUBJECT.match(after.text) or (after.gap and parts):
                break
            if not DATE_LINE.match(after.text):
                parts.append(after.text)
        return " ".join(parts).strip(" _|•") or None
    return None


def _large(pages: Sequence[Page], text: str, kind: str) -> str | None:
    """Return what is printed large on the first page; on a letter that is who sends it."""
    found = find_headline(pages) if kind in COVERED else None
    return ordinary(found, text) if found else None


def _memo_subject(lines: Sequence[Line], index: int) -> re.Match[str] | None:
    under_date = index > 0 and MEMO_DATE.match(lines[index - 1].text)
    return MEMO_SUBJECT.match(lines[index].text) if under_date else None


def _property(properties: Mapping[str, str]) -> str | None:
    """Return the subject or title that the file states, when it says something."""
    for name in ("Subject", "Title"):
        value = " ".join(properties.get(name, "").split())
        if value and not EMPTY.fullmatch(value):
            return value
    return None


def _first_heading(body: Body, kind: str) -> str | None:
    """Return the first line of a paper of a kind that begins with its title."""
    if kind == "besluit" and body.lines and DECISION.fullmatch(body.lines[0].text):
        return body.lines[0].text
    if kind not in TITLED:
        return None
    for line in body.lines[: 2 if kind == "inventaris" else 6]:
        if 8 <= len(line.text) <= 120 and sum(c.isalpha() for c in line.text) > 6:
            table = len(COLUMN.findall(line.text)) >= LEAST_COLUMNS
            return None if table else line.text.rstrip(" .:;,")
    return None


def _names_in(text: str) -> dict[str, str]:
    """Return the words that begin with a capital inside a sentence, by their small form."""
    found: dict[str, str] = {}
    for match in re.finditer(r"(?<=[a-z,] )[A-ZÀ-Þ][\w’-]+|^[A-ZÀ-Þ][\w’-]+$", text, re.MULTILINE):
        if match.group().lower() not in NEVER_NAMES:  # `de leden Van Aerssen en De Wit`
            found.setdefault(match.group().lower(), match.group())
    return found


def _with_marks(word: str, printed: str) -> str:
    marks = printed[len(printed.rstrip(".,")) :]
    return word if word.endswith(marks or "\0") else f"{word}{marks}"


def _ministries(text: str) -> str:
    for ministry in MINISTRIES:
        low = ministry.name.lower()
        if low in text.lower():
            at = text.lower().index(low)
            return text[:at] + ministry.name + text[at + len(low) :]
    return text


def _names(printed: str) -> str:
    """Return `Van der Berg en De Wit-Smit`: names of people with capitals."""
    words = [
        w if w in SMALL_IN_NAMES or not w.islower() else "-".join(p.title() for p in w.split("-"))
        for w in printed.split()
    ]
    for index, word in enumerate(words):
        starts = index == 0 or words[index - 1] == "en" or words[index - 1].endswith(",")
        if starts and word != "en":
            words[index] = word[:1].upper() + word[1:]
    return " ".join(words)
