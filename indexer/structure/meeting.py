"""Which meeting of the Kamer a part of the Handelingen is from: its foot says so.

In goes a `Body`, out comes a `Meeting`. Since 2010 each item is printed apart, in two columns, and
of its number nothing is printed but the foot of each page: `25 mei 2022⏎TK 83  83-5-1` is the first
page of item 5 of meeting 83.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.structure.body import Body
from indexer.structure.dates import find_dates

# Must match `TK 83  83-5-1`, with the day before it or not; not `TK 83 84-5-1`.
FOOT = re.compile(
    r"(?:(?P<day>\b\d{1,2} [a-z]{3,9} \d{4})\s+)?\b(?P<house>TK|EK)\s+(?P<meeting>\d{1,3})"
    r"\s+(?P=meeting)-(?P<item>\d{1,3})-\d{1,4}\b"
)
DAY = re.compile(r"^\d{1,2} [a-z]{3,9} \d{4}$", re.MULTILINE)
REACH = 300
"""Characters at the end of the text, where the foot of a paper of one page can stand."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """An item of a meeting: its house, their numbers, the day when printed, and the foot itself."""

    house: str
    number: str
    item: str
    day: str | None
    text: str


def find_meeting(body: Body) -> Meeting | None:
    """Return the meeting that the feet of a paper name."""
    end = body.text[-REACH:]
    match = FOOT.search(f"{body.furniture}\n{end}")
    if match is None:
        return None
    alone = DAY.search(end)
    day = next(find_dates(match["day"] or (alone.group() if alone else "")), None)
    text = " ".join(match.group().split())
    return Meeting(match["house"], match["meeting"], match["item"], day.iso if day else None, text)
