"""The days of a paper by the part they play, and the one by which it is known.

In go the shared facts of a paper, out come `Days`. The story: questions print when they were sent
in and when the answer came; a Kamerstuk prints under its head when it was moved, adopted or came
in; a letter bears its date, and a decision on a request begins with the day of the request. A
budget bears no date, but the day on which it comes in stands in the Grondwet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from indexer.paper import Dates
from indexer.structure.dates import (
    DateMatch,
    budget_day,
    date_asked,
    date_of_letter,
    date_of_meeting,
    date_on_cover,
    date_received,
    date_submitted,
    dates_of_request,
)
from indexer.structure.facts import LETTERS, QUESTIONS, Facts
from indexer.structure.meeting import find_meeting

# The bill and the memorandum of a budget: `Vaststelling van de begrotingsstaten van het Ministerie
# van … voor het jaar 2023`; not a later change of it (`Wijziging van de begrotingsstaten …`).
BUDGET = re.compile(r"^Vaststelling van de begrotings?sta(?:at|ten)\b.*\bvoor het jaar (\d{4})")
WITH_THE_BUDGET = ("1", "2")
OF_MEETINGS = ("verslag", "handelingen", "overig")
WITH_A_COVER = ("rapport", "nota", "verslag", "besluit", "inventaris")
# A real letter of January 2021 is dated a year too early.
EARLY = "De gedrukte datum ligt vóór die van het verzoek: een van beide is een vergissing."
NOT_PRINTED = (
    "De datum staat niet in het stuk: een begroting wordt op de derde dinsdag van september "
    "aangeboden."
)


@dataclass(frozen=True, slots=True)
class Days:
    """The date of a paper, all its dates by role, and what a reader should know of them."""

    day: str | None
    dates: Dates
    notes: tuple[str, ...] = ()


def find_days(facts: Facts) -> Days:
    """Return the dates of a paper."""
    if facts.kind in QUESTIONS:
        return _of_questions(facts)
    return _of_letter(facts) if facts.kind in LETTERS else _of_kamerstuk(facts)


def _of_questions(facts: Facts) -> Days:
    """Return when questions were sent in, and when the answer or the notice of delay came."""
    top = facts.top
    asked = _iso(date_asked(top))
    came = _iso(date_received(top))
    if not came and facts.kind != "kamervragen":  # an old one has its answer on a later page
        came = _iso(date_received(facts.body.text))
    sent = None if came else _iso(date_of_letter(top, facts.body.furniture))
    if facts.kind == "kamervragen":
        return Days(came or asked or sent, Dates(asked=asked or sent, received=came))
    day = came or sent
    answered = day if facts.kind == "antwoord" else None
    days = _between(asked, answered)
    return Days(day, Dates(asked, sent, came, answered, days))


def _of_letter(facts: Facts) -> Days:
    """Return the date of a letter; a decision's request and when it came in too."""
    submitted = date_submitted(facts.top)
    sent = _iso(date_of_letter(facts.top, facts.body.furniture))
    if facts.kind != "besluit":
        day = sent if submitted is None else submitted.iso
        return Days(day, Dates(sent=sent, received=submitted.iso if submitted else None))
    asked, received = dates_of_request(facts.body.text)
    early = (EARLY,) if sent and asked and asked > sent else ()
    return Days(sent, Dates(asked, sent, received, sent, _between(asked, sent)), early)


def _of_kamerstuk(facts: Facts) -> Days:
    """Return the date under the head of a Kamerstuk, of its place and date, or of its cover."""
    said = find_meeting(facts.body) if facts.kind == "handelingen" else None
    if said and said.day:
        return Days(said.day, Dates(sent=said.day))
    submitted = date_submitted(facts.top)
    found = submitted or date_of_letter(facts.top, facts.body.furniture, alone=False)
    found = found or date_on_cover(facts.top, marked=facts.kind not in WITH_A_COVER)
    if facts.kind in OF_MEETINGS:
        found = found or date_of_meeting(facts.top)
    day = _iso(found)
    if day is None and (budget := _budget_day(facts)):
        return Days(budget, Dates(received=budget), (NOT_PRINTED,))
    return Days(day, Dates(received=day) if submitted else Dates(sent=day))


def _budget_day(facts: Facts) -> str | None:
    title = BUDGET.match(facts.head.dossier_title or "")
    if not title or facts.head.sub not in WITH_THE_BUDGET:
        return None
    return budget_day(int(title[1]))


def _iso(found: DateMatch | None) -> str | None:
    return found.iso if found else None


def _between(first: str | None, last: str | None) -> int | None:
    """Return how many days lie between two dates, `None` when they are the wrong way round."""
    if not first or not last:
        return None
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days
    return days if days >= 0 else None
