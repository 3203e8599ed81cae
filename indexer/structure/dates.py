"""Dates in text → ISO 8601.

In goes text, out come dates with their place; `paper_date` knows where each kind of paper prints
its own. A date may wrap over lines (`30 mei⏎2024`), be numeric, or hold noise of OCR (`ja nuari`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
SHORT = {"jan": 1, "feb": 2, "mrt": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9,
         "okt": 10, "nov": 11, "dec": 12}  # fmt: skip
NAMES = "|".join(r"\s?".join(month) for month in MONTHS)
SHORT_NAMES = "|".join(sorted(SHORT, key=len, reverse=True))
WRITTEN = (
    rf"(?P<d>[0-3]?\d|1e)\s+(?:(?P<m>{NAMES})|(?P<s>{SHORT_NAMES})\.?)\s+(?P<y>[12][0-9O]\d[0-9O])"
)
NUMERIC = r"(?P<nd>[0-3]?\d)\s?[-/.]\s?(?P<nm>[01]?\d)\s?[-/.]\s?(?P<ny>(?:19|20)\d\d)"
DATE = re.compile(rf"\b(?:{WRITTEN}|{NUMERIC})\b", re.IGNORECASE)

# Where a paper prints its own date, likeliest first. What stands between is at most a few words.
RECEIVED = re.compile(r"\(\s*(?:\(?\s*ontvangen\s+)+", re.IGNORECASE)
ASKED = re.compile(r"\(\s*ingezonden\s+", re.IGNORECASE)
PROPOSED = re.compile(r"^(?:Voorgesteld|Ontvangen|Vastgesteld)\s+", re.IGNORECASE | re.MULTILINE)
LABEL = re.compile(r"^\s*(?:Datum|Verzenddatum|Dagtekening)\b[\s:]*", re.IGNORECASE | re.MULTILINE)
PLACE = re.compile(
    r"^\s*(?:Den Haag|[’'‘]s[- ]Gravenhage|Amsterdam|Utrecht|Rotterdam)\s*,?\s*(?:de\s+)?",
    re.IGNORECASE | re.MULTILINE,
)


def find_dates(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield (ISO date, start, end) for each date in the text."""
    for match in DATE.finditer(text):
        found = _iso(match)
        if found:
            yield found, match.start(), match.end()


def date_after(mark: re.Pattern[str], text: str, *, reach: int = 60) -> str | None:
    """Return the first date that directly follows the mark, at most `reach` characters on."""
    for match in mark.finditer(text):
        for found, start, _ in find_dates(text[match.end() : match.end() + reach + 24]):
            if start <= reach:
                return found
            break
    return None


def paper_date(kind: str, head: str, furniture: str) -> str | None:
    """Return the date of a paper by what its kind prints; `head` is its first pages' text."""
    if kind in ("antwoord", "uitstel", "kamervragen"):
        marks: tuple[tuple[re.Pattern[str], int], ...] = (
            (RECEIVED, 5),
            (LABEL, 30),
            (PLACE, 5),
            (ASKED, 5),
        )
    else:
        marks = ((PROPOSED, 5), (LABEL, 30), (PLACE, 5))
    for mark, reach in marks:
        for text in (head, furniture):
            found = date_after(mark, text, reach=reach)
            if found:
                return found
    return None


def session_of(day: str) -> str:
    """Return the session of an ISO date: it begins on the third Tuesday of September."""
    when = date.fromisoformat(day)
    first = date(when.year, 9, 1)
    opening = date(when.year, 9, 15 + (1 - first.weekday()) % 7)
    start = when.year if when >= opening else when.year - 1
    return f"{start}-{start + 1}"


def _iso(match: re.Match[str]) -> str | None:
    if match["nd"]:
        day, month, year = match["nd"], int(match["nm"]), match["ny"]
    else:
        day, year = match["d"].replace("e", ""), match["y"].upper().replace("O", "0")
        name = re.sub(r"\s", "", (match["m"] or "")).lower()
        month = MONTHS.index(name) + 1 if name else SHORT[match["s"].lower()]
    try:
        return date(int(year), month, int(day)).isoformat()
    except ValueError:
        return None
