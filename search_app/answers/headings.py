"""What stands between sets of questions: who asks them, or what they are about.

In go lines and a place, out comes whether a heading stands above it. A heading is no part of the
question before it, and below one the numbers may begin again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

SENTENCE_ENDS = tuple(".?!:…»”\"’')]")
# Must match `Vragen van het lid De Wit (D66)`, `Vragen en opmerkingen van de leden van de
# VVD-fractie`, `Inbreng van de fractie van het CDA:`, `VVD-fractie`, `Fractie D66`.
ASKERS = re.compile(
    r"(?:(?:Vragen|Opmerkingen|Inbreng|Inbrengen)\b(?: en (?:vragen|opmerkingen))?"
    r" (?:van|door|gesteld door|namens) (?:het lid|de (?:leden|fractie|[\w-]+-fractie))\b"
    r"[^?]{0,120}"
    r"|De leden van de [\w-]+-fractie|[\w-]+-fractie|Fractie (?:van )?(?:de |het )?[\w-]+)\s*:?$"
)
# What begins a sentence that belongs to a question, though it ends in no question mark.
BEGINS_SENTENCE = re.compile(
    r"(?:Z[ou]|En|Of|Indien|Wa(?:t|arom|nneer|ar)|Hoe|Wie|Welke?|Kunt|Kan|Wilt|Bent|Is|Zijn|Heeft|"
    r"Hebt|Deelt|Erkent|Klopt|Graag|Bij)\b"
)
MOST_WORDS = 8


def heading_above(lines: Sequence[str], place: int, after: int) -> int | None:
    """Return the line of the heading right above `place`, below the line `after`; or none."""
    above = _filled_above(lines, place)
    if above <= after:
        return None
    line = lines[above]
    if ASKERS.match(line):
        return above
    begun = above - 1 > after and not lines[above - 1] and ends_sentence(lines, above)
    short = len(line.split()) <= MOST_WORDS and (line[-1].isalnum() or line[-1] == ")")
    plain = line[:1].isupper() and not BEGINS_SENTENCE.match(line)
    return above if begun and short and plain else None


def ends_sentence(lines: Sequence[str], place: int) -> bool:
    """Tell whether what stands above a line ends a sentence, or nothing stands there."""
    above = _filled_above(lines, place)
    return above < 0 or lines[above].endswith(SENTENCE_ENDS)


def _filled_above(lines: Sequence[str], place: int) -> int:
    """Return the nearest line above that is not empty, or -1."""
    above = place - 1
    while above >= 0 and not lines[above]:
        above -= 1
    return above
