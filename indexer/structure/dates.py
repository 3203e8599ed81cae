"""Dates in Dutch print, and the part that each one plays.

In goes text, out come `DateMatch` values with spans, and the dates of a paper by their role. A
date can wrap over lines (`30 mei⏎2024`); a scan splits and swaps letters (`ja nuari 2O22`). What
is no day of the calendar is no date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
SHORT_MONTHS = {name[:3]: number for number, name in enumerate(MONTHS, 1)} | {"mrt": 3, "sept": 9}
MONTH = rf"(?:{'|'.join(MONTHS)}|(?:{'|'.join(SHORT_MONTHS)})\b\.?)"

# Must match `12 november 2020`, `30 mei⏎2024`, `10 januari2020`, `19 APR. 2019`; must not match
# `112 mei 2020` or `12 mei 20204`.
WRITTEN = re.compile(
    rf"(?<![\d.,])(?P<day>\d{{1,2}})\s+(?P<month>{MONTH})[\s,]*(?P<year>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
# Must match `12-11-2020`, `12/11/2020`, `12.11.2020`; must not match `1-2-2020-3` or `2020-11-12`.
NUMERIC = re.compile(
    r"(?<![\d./-])(?P<day>\d{1,2})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)"
    r"(?P<year>(?:19|20)\d\d)(?![\d-])"
)
# A stamp or a scan: `2 9 MEI 2019`, `1 ja nuari 2O22`, `O6 SEP 2021`, `19 APR, 2019`. Letters may
# stand apart and O, l and I for digits; only used where a date is expected.
NOISY = re.compile(
    r"(?<![\w.,])(?P<day>[\dOolI] ?[\dOolI]?)[ .,]*(?P<month>[a-z]{1,9}(?: [a-z]{1,7}){0,2})[ .,]*"
    r"(?P<year>[12] ?[90Oo] ?[\dOolI] ?[\dOolI])(?![\dOo])",
    re.IGNORECASE,
)
DIGITS = str.maketrans("OolI", "0011")

DATE = rf"\d{{1,2}}\s+{MONTH}\s+(?:19|20)\d\d"
# `(ingezonden 30 mei⏎2024)`; `(ontvangen (ontvangen 7 juni 2024)` is a slip in a real paper.
ASKED = re.compile(rf"\bingezonden\s+(?={DATE})", re.IGNORECASE)
RECEIVED = re.compile(rf"\bontvangen\s+(?:\(ontvangen\s+)?(?={DATE})", re.IGNORECASE)
# Under the head of a Kamerstuk: `Voorgesteld 10 april 2025`, `Ontvangen 3 december 2020`,
# `Voorgesteld tijdens het notaoverleg van 22 september 2025`.
SUBMITTED = re.compile(
    rf"^(?:(?:Voorgesteld|Ontvangen|Vastgesteld|Ingediend)"
    rf"(?: ter griffie op| door de commissie| d\.d\.|\s+tijdens\s+het\s[\w\s-]{{3,60}}?\svan)?\s+)"
    rf"(?={DATE})",
    re.IGNORECASE | re.MULTILINE,
)
# `Den Haag, 13 december 2022`, `’s-Gravenhage, 1 mei 2008`, `Den Haag, d.d. 1 mei 2020`; a place
# alone on its line before the date, not a sentence that names one.
PLACED = re.compile(
    rf"^(?:(?:Den Haag|DEN HAAG|’s-Gravenhage|'s-Gravenhage),?\s+|"
    rf"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?,?[ \t]+)(?:d\.d\.\s+)?(?={DATE}\.?\s*$)",
    re.MULTILINE,
)
ALONE = re.compile(rf"^(?={DATE}\s*$)", re.MULTILINE | re.IGNORECASE)
# On the cover of a report: `19 augustus 2020`, `Versie 0.5, 19 mei 2020`, `Definitief, mei`.
VERSIONED = re.compile(
    rf"^(?:(?:Versie|Definitief|Concept|Datum)\b[^\n]{{0,16}}?[,:]?[ \t]+)?(?={DATE}\s*$)",
    re.MULTILINE | re.IGNORECASE,
)
MARKED = re.compile(
    rf"^(?:Versie|Definitief|Concept)\b[^\n]{{0,16}}?[,:]?[ \t]+(?={DATE}\s*$)",
    re.MULTILINE | re.IGNORECASE,
)
# In the title of what was said or decided: `Besluitenlijst raadsvergadering 29 juni 2015 aanvang`,
# `Verslag van het overleg op 3 juni 2025`, and the day alone above a report of a debate: `Dinsdag 3
# juni 2025`.
MEETING = re.compile(
    rf"^[^\n]{{0,60}}\b(?:\w*vergadering|\w*overleg|\w*debat|Notulen|Besluitenlijst|Agenda)\b"
    rf"[^\n]{{0,30}}?[ \t](?={DATE})"
    rf"|^(?:maan|dins|woens|donder|vrij)dag[ \t]+(?={DATE})",
    re.MULTILINE | re.IGNORECASE,
)
TITLE_REACH = 200
COVER = 400
"""Characters of the longest first page that is taken for a cover."""
# The label of a letter, its date beside or up to three lines below it: `Datum⏎Betreft⏎22 december`,
# `Datum: Uitsluitend verstuurd per mail op 14 juni 2021`; not a table's `Datum SGO Agendapunt`.
LABEL = re.compile(
    r"^(?:Datum(?: brief| verzending| besluit| verzonden)?|Dagtekening|Verzenddatum)"
    r"[ \t]*(?::|$|(?=[\dOolI]))",
    re.MULTILINE | re.IGNORECASE,
)
# The first sentence of a decision on a request. Must match `In uw brief van 10 oktober 2020,
# ontvangen op 12 oktober 2020, heeft u met een beroep op`, `Op 13 juli 2020 ontvingen wij uw`, `Op
# 12 oktober 2020 is een verzoek ingediend`; must not match a date at which an earlier decision was
# taken: `Op 16 oktober 2020 is een besluit op uw Wob-verzoek genomen`.
REQUEST = re.compile(
    r"\b(?:(?:[Ii]n|[Bb]ij|[Pp]er|[Mm]et) (?:uw|een) |(?:[Bb]ij|[Pp]er) (?=brief|e-?mail|fax)|"
    r"[Oo]p (?=\d))"
)
REQUEST_REACH = 220
AFTER_SALUTATION = 1200
DECIDED = re.compile(r"\bbesluit\b[^.]{0,90}\bgenomen\b|\bbevestigd\b")
ASKS_FOR = re.compile(r"\bverzo(?:ek|cht)|\bWo[bo]\b|\binformatie\b|\buw\b", re.IGNORECASE)
CAME_IN = re.compile(r"\bontvangen(?: op)?\s+(?:(?P<same>(?:op )?dezelfde d)|(?=\d))")
LABEL_REACH = 160
HEAD_REACH = 1500
SALUTATION = re.compile(r"^(?:Hoogg|G)eachte?\b[^\n]*|^(?:Beste|Dag)\b[^\n]*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A date in a text: ISO 8601, and its span."""

    iso: str
    start: int
    end: int


Finder = Callable[[str], Iterator[DateMatch]]


def find_dates(text: str) -> Iterator[DateMatch]:
    """Yield the dates in a text in order, written and numeric."""
    matches = [*WRITTEN.finditer(text), *NUMERIC.finditer(text)]
    for match in sorted(matches, key=lambda found: found.start()):
        if iso := _iso(match["day"], match["month"], match["year"]):
            yield DateMatch(iso, match.start(), match.end())


def find_noisy_dates(text: str) -> Iterator[DateMatch]:
    """Yield what can be read as a date in a stamp or a bad scan, in order."""
    for match in NOISY.finditer(text):
        day, year = (match[k].translate(DIGITS).replace(" ", "") for k in ("day", "year"))
        month = match["month"].replace(" ", "").lower()
        if iso := _iso(day, _nearest_month(month), year):
            yield DateMatch(iso, match.start(), match.end())


def date_asked(head: str) -> DateMatch | None:
    """Return when questions were sent in: `(ingezonden 30 mei 2024)`."""
    return _after(ASKED, head)


def date_received(head: str) -> DateMatch | None:
    """Return when an answer came in: `(ontvangen 25 maart 2024)`."""
    return _after(RECEIVED, head)


def date_submitted(head: str) -> DateMatch | None:
    """Return the date under the head of a Kamerstuk: `Voorgesteld 10 april 2025`."""
    return _after(SUBMITTED, head)


def date_of_letter(head: str, margin: str = "", *, alone: bool = True) -> DateMatch | None:
    """Return the date of a letter: behind its label, under its place, else alone on a line.

    `head` is the beginning of its text, `margin` what stood in its right-hand column; the span
    is in whichever held it. A stamp or a bad scan is read where the label promises a date. With
    `alone` false a date needs its label or its place: a report's cover names dates of all sorts.
    """
    head = head[:HEAD_REACH]
    found = _labelled(head, find_dates) or _after(PLACED, head)
    if found or not alone:
        return found
    return (
        _after(ALONE, head)
        or _labelled(head, find_noisy_dates)
        or _labelled(margin, find_dates)
        or _stamped(head)
    )


def date_on_cover(page: str, *, marked: bool = False) -> DateMatch | None:
    """Return the date that has a line for itself on a cover, a first page of a few lines.

    With `marked` a word must say that it is the paper's: `Versie 0.5, 19 mei 2020`.
    """
    return _after(MARKED if marked else VERSIONED, page) if len(page) <= COVER else None


def date_of_meeting(page: str) -> DateMatch | None:
    """Return the day of the meeting that a title names."""
    return _after(MEETING, page[:TITLE_REACH])


def dates_of_request(text: str) -> tuple[str | None, str | None]:
    """Return when a request was made that a decision answers, and when it came in.

    Only the sentence that opens the letter is read, behind its salutation.
    """
    salutation = SALUTATION.search(text)
    opening = text[salutation.end() if salutation else 0 :][:AFTER_SALUTATION]
    for cue in REQUEST.finditer(opening):
        reach = opening[cue.start() : cue.start() + REQUEST_REACH]
        found = next(find_dates(reach), None)
        at_once = cue.group()[:1] not in "Oo" or (found is not None and found.start == 3)
        if DECIDED.search(reach) or not at_once:  # `Op 8 mei jl.` names no year
            return None, None
        if found is None or not ASKS_FOR.search(reach):
            continue
        came = CAME_IN.search(reach, found.end)
        if not came:
            return found.iso, None
        later = found if came["same"] else next(find_dates(reach[came.end() :]), None)
        return found.iso, later.iso if later else None
    return None, None


def budget_day(year: int) -> str:
    """Return when the budget of a year comes in: Prinsjesdag (Grondwet, article 65)."""
    return _opening(year - 1).isoformat()


def session_of(iso: str) -> str:
    """Return the session in which a day falls: it opens on the third Tuesday of September."""
    day = date.fromisoformat(iso)
    start = day.year if day >= _opening(day.year) else day.year - 1
    return f"{start}-{start + 1}"


def _opening(year: int) -> date:
    """Return the third Tuesday of September."""
    first = date(year, 9, 1)
    return first + timedelta(days=(1 - first.weekday()) % 7 + 14)


def _after(cue: re.Pattern[str], text: str) -> DateMatch | None:
    """Return the date that directly follows a cue."""
    for match in cue.finditer(text):
        found = WRITTEN.match(text, match.end())
        if found and (iso := _iso(found["day"], found["month"], found["year"])):
            return DateMatch(iso, found.start(), found.end())
    return None


def _labelled(text: str, find: Finder) -> DateMatch | None:
    """Return the first date within reach behind the label `Datum`, before the letter begins."""
    label = LABEL.search(text)
    if not label:
        return None
    reach = text[label.end() : label.end() + LABEL_REACH]
    reach = re.split(r"^Geachte|^In (?:uw|antwoord)\b", reach, maxsplit=1, flags=re.MULTILINE)[0]
    found = next(iter(find(reach)), None)
    if found is None:
        return None
    return DateMatch(found.iso, label.end() + found.start, label.end() + found.end)


def _stamped(head: str) -> DateMatch | None:
    """Return a noisy date that has a line for itself, above the salutation."""
    top = re.split(r"^Geachte", head, maxsplit=1, flags=re.MULTILINE)[0]
    for found in find_noisy_dates(top):
        begin, end = top.rfind("\n", 0, found.start) + 1, top.find("\n", found.end)
        if not (top[begin : found.start] + top[found.end : end if end > 0 else None]).strip(" .,:"):
            return found
    return None


def _iso(day: str, month: str | None, year: str) -> str | None:
    if month is None:
        return None
    name = month.lower().rstrip(".")
    number = int(name) if name.isdigit() else SHORT_MONTHS.get(name) or _full(name)
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return None


def _full(name: str) -> int:
    return MONTHS.index(name) + 1 if name in MONTHS else 0


def _nearest_month(word: str) -> str | None:
    """Return the month that a word must be, with at most one letter misread in five."""
    if word in SHORT_MONTHS or word in MONTHS:
        return word
    for name in MONTHS:
        if len(name) == len(word) > 4:
            wrong = sum(a != b for a, b in zip(name, word, strict=True))
            if wrong <= len(name) // 4:
                return name
    return None
