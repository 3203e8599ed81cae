"""A dossier typed with one digit wrong → the numbers that may be meant; an index knows which exist.

In goes a line that is no number as it stands (`36 2000 VII, nr. 12`, `3620 VII nr 12`,
`63 200 VII, nr. 12`), out come numbers at one slip from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from indexer.numbers.finding import parse_number
from indexer.numbers.values import Number

# Must match `Kamerstuk 36 2000 VII, nr. 12` and `3620 VII nr 12`; must not match `begroting 2023`,
# which nothing follows, nor seven digits and more (a phone, an Aanhangsel as it is stored).
SLIPPED = re.compile(
    r"(?:\D{0,30}[\s(-])?(?P<digits>[1-9](?:\s?\d){3,5})(?![\s.]?\d{4})(?P<rest>[^\d\s].*|\s.*)"
)
FIVE = 5


def slips(typed: str) -> tuple[Number, ...]:
    """Return the papers at one digit from what was typed; nothing when it names no paper.

    One digit too many, too few or another one, or two in the wrong order.
    """
    found = SLIPPED.fullmatch(" ".join(typed.split()))
    if found is None:
        return ()
    read = parse_number(f"10000{found['rest']}")
    papers = [number for number in read if number.kind == "kamerstuk" and number.dossier]
    digits = re.sub(r"\D", "", found["digits"])
    return tuple(
        replace(number, dossier=f"{five}{(number.dossier or '')[FIVE:]}", repaired=True)
        for number in papers[:1]
        for five in dict.fromkeys(_near(digits))
        if five[0] in "1234" and five != digits
    )


def _near(digits: str) -> Iterator[str]:
    """Yield five digits that are one slip from those typed, the likeliest slips first."""
    places = range(len(digits))
    if len(digits) == FIVE + 1:
        yield from (digits[:at] + digits[at + 1 :] for at in places)
    elif len(digits) == FIVE:
        for at in places[1:]:
            yield digits[: at - 1] + digits[at] + digits[at - 1] + digits[at + 1 :]
        yield from (
            f"{digits[:at]}{new}{digits[at + 1 :]}" for at in places for new in "0123456789"
        )
    else:
        for at in range(len(digits) + 1):
            yield from (f"{digits[:at]}{new}{digits[at:]}" for new in "0123456789")
