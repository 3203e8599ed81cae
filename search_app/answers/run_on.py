"""Questions that stand behind one another on a line, as in a text that lost its line ends.

In go lines, out come lines in which each question begins one. Only what is sure is divided: numbers
of one form that count up from one, and `Vraag 2`, each behind a sentence and before another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from search_app.answers.pasted import MARK
from search_app.answers.typed import NAME, RANK

# The end of a sentence, and perhaps the mark of a note: `waarom niet? 1) 2. Wat doet u?`.
BEHIND = rf"(?<=[?.!:»”\")])(?:\s?{MARK}(?=\s))?\s+"
# Must match in `Klopt dit? 2. Wat doet u?`, `Klopt dit? (2) Wat`; not in `Kost dat 2. Of`, `artikel
# 3. de wet`, `Klopt dit? 2)` at the end of a line, which is the mark of a note.
NUMBER = re.compile(
    rf"(?:^|{BEHIND})(?P<open>\(?)(?P<number>\d{{1,2}})(?P<close>[.):])\s+"
    r"(?=[^\W\da-z]|[‘’“«'\"(])"
)
LABEL = re.compile(
    rf"{BEHIND}(?=(?:Vraag|Antwoord|Antwoord op vraag)(?: \(?\d{{1,3}}\b|\s?:\s| (?:{NAME}):)"
    rf"|(?:{RANK}) vraag:)"
)


def divided(lines: Sequence[str]) -> list[str]:
    """Return the lines, with each question that a number or label begins on a line of its own."""
    found: list[str] = []
    due, form = 1, None
    for line in lines:
        starts = []
        for match in NUMBER.finditer(line):
            form_here = match["open"] + match["close"]
            if int(match["number"]) == due and form in (None, form_here):
                starts.append(match.start("open"))
                due, form = due + 1, form_here
        if len(starts) == 1 and starts[0] and due == 2:  # a lone `1.` within a line begins nothing
            starts, due, form = [], 1, None
        found += _cut(line, starts or [match.end() for match in LABEL.finditer(line)])
    return found


def _cut(line: str, starts: Sequence[int]) -> Iterator[str]:
    begin = 0
    for start in starts:
        if start > begin:
            yield line[begin:start].rstrip()
        begin = start
    yield line[begin:]
