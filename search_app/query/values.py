"""Values of fields, from the ways in which people write them to those of the index.

In goes `datum:13-12-2022`, `vergaderjaar:2022/23` or `soort:moties`, out comes the node to look it
up. Dates are ISO 8601; a year or a month stands for all its days.
"""

from __future__ import annotations

import datetime
import re

from indexer.analysis.abbreviations import meaning
from indexer.engine.fields import Field
from indexer.engine.query import Between, InField, Node, Phrase, Term
from indexer.numbers.values import session_year
from search_app.dutch import KIND_SYNONYMS, MONTHS
from search_app.query.problems import Problem, Problems

ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
NUMERIC = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
WRITTEN = re.compile(r"(?:(?:(\d{1,2})\s+)?([a-z]+)\s+)?(\d{4})")
BEYOND = re.compile(r"(?P<sign>[<>])(?P<same>=?)\s*(?P<bound>.*)")
OF_MINISTRY = re.compile(r"(?:het )?ministerie van ", re.IGNORECASE)
HOUSES = {
    "eerste": "EK", "eerste kamer": "EK", "i": "EK",
    "tweede": "TK", "tweede kamer": "TK", "ii": "TK",
}  # fmt: skip
SESSION = re.compile(r"(\d{4})\s?[-–/]\s?(\d{4}|\d\d)")


def field_node(field: Field, item: Node, problems: Problems) -> Node | None:
    """Return a field's value as a node, `None` (and a problem) when it cannot be one."""
    if field.kind not in ("date", "year"):
        return InField(field.name, _normal(field, item))
    text = item.text if isinstance(item, Term | Phrase) else ""
    bounds = period(text)
    if bounds is None:
        problems.add(Problem.DATE, f"{field.aliases[0]}:{text}")
        return None
    low, high = bounds
    if field.kind == "year":
        return Between(field.name, low and low[:4], high and high[:4])
    return Between(field.name, low, high)


def _normal(field: Field, item: Node) -> Node:
    if field.kind != "keyword" or not isinstance(item, Term | Phrase):
        return item
    if field.name == "kind":
        return Term(KIND_SYNONYMS.get(item.text.casefold(), item.text))
    if field.name == "ministry":
        return Term(_ministry(item.text))
    if field.name == "house":
        return Term(HOUSES.get(item.text.casefold(), item.text))
    years = SESSION.fullmatch(item.text) if field.name == "session_year" else None
    return Term((years and session_year(years[1], years[2])) or item.text)


def _ministry(text: str) -> str:
    """Return the whole name for `VWS` and `ministerie van VWS`; another name as it stands."""
    name = OF_MINISTRY.sub("", text)
    found = meaning(name)
    return found.full if found else name


def period(text: str) -> tuple[str | None, str | None] | None:
    """Return the bounds of `2022`, `2022-12`, `13-12-2022..`, `..2022`, `>2022`; else `None`."""
    if beyond := BEYOND.fullmatch(text):
        return _beyond(**beyond.groupdict())
    low, dots, high = text.partition("..")
    first, last = date(low.strip()), date(high.strip())
    if not dots:
        return (first, first) if first else None
    if not (first or last) or (low.strip() and not first) or (high.strip() and not last):
        return None
    if first and last and first > last and not last.startswith(first):
        first, last = last, first
    return first, last


def _beyond(sign: str, same: str, bound: str) -> tuple[str | None, str | None] | None:
    """Return the bounds of `>2022` (from 2023 on), `>=13-12-2022`, `<2022-10`."""
    whole = date(bound)
    if whole is None:
        return None
    later = sign == ">"
    if not same:
        whole = _neighbour(whole, later=later)
    if whole is None:
        return None
    return (whole, None) if later else (None, whole)


def _neighbour(whole: str, *, later: bool) -> str | None:
    """Return the year, the month or the day after, or before: `2023-01` after `2022-12`."""
    year, month, day = (*whole.split("-"), "", "")[:3]
    step = 1 if later else -1
    if day:
        number = datetime.date.fromisoformat(whole).toordinal() + step
        within = 1 <= number <= datetime.date.max.toordinal()
        return datetime.date.fromordinal(number).isoformat() if within else None
    if month:
        months = int(year) * 12 + int(month) - 1 + step
        return _checked(f"{months // 12:04}", str(months % 12 + 1), None)
    return _checked(f"{int(year) + step:04}", None, None)


def date(text: str) -> str | None:
    """Return a year, a month or a day as ISO 8601, `None` when the text is none of them."""
    lowered = text.casefold()
    numeric, iso, written = (rule.fullmatch(lowered) for rule in (NUMERIC, ISO, WRITTEN))
    if numeric:
        return _checked(numeric[3], numeric[2], numeric[1])
    if iso:
        return _checked(iso[1], iso[2], iso[3])
    if written and written[2] in MONTHS:
        return _checked(written[3], str(MONTHS.index(written[2]) + 1), written[1])
    return None


def _checked(year: str, month: str | None, day: str | None) -> str | None:
    try:
        whole = datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return whole.isoformat()[: 10 if day else 7 if month else 4]
