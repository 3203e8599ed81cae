"""What a line of print hides between questions: the heading of a next set, labels within sentences.

In go lines, out comes where the heading begins that stands last in an answer, or the same lines cut
before the labels that stand behind a sentence: `Klopt dit? Antwoord: Ja. Vraag 2: Waarom?`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.structure.body import Line
from indexer.structure.outline import CELLS, CHAPTER, LONGEST, is_heading
from indexer.structure.paragraphs import ITEM, SENTENCE_END

# Whose questions follow. Must match `Vragen van het lid Feddema (BBB)`, `Vragen en opmerkingen van
# de leden van de VVD-fractie`, `VVD-fractie`, `Vragen van de fractie van D66`, `Fractie D66`.
WHOSE = re.compile(
    r"(?:[Vv]ragen(?: en opmerkingen)?(?: van| gesteld door)(?: de| het)? (?:lid|leden|fractie)\b"
    r"|(?:De )?(?:[Ll]eden van de )?(?:[\w-]+-fractie|[Ff]ractie (?:van )?[\w-]+)[^.?!]{0,60}$)"
)
MOST_LINES = 3
"""Lines that a heading takes at most."""
# A label behind a sentence, with something that tells it from a mention: a colon, or a number and
# a capital. Must match in `Klopt dit? Antwoord: Ja.` and `Dat klopt. Vraag 2 Waarom?`; must not
# match in `Zie hierboven. Vraag 2 gaat over iets anders.`
LABEL = re.compile(
    r"(?<=[?.!:»”\")])\s+(?=(?:Vraag|VRAAG|Antwoord|ANTWOORD)(?: op vraag)?"
    r"(?:\s?:(?:\s|$)|\s\(?\d{1,3}\)?(?:\s?[:.](?:\s|$)|\s(?=[^\W\da-z]|[‘’“«'\"(]))))"
)


def heading_at_the_end(lines: Sequence[Line], *, again: bool) -> int | None:
    """Return where the heading begins that stands last in an answer, `None` when none does.

    `again`: the questions below count from one again, so that a short line apart, which ends no
    sentence, is a heading whatever it says.
    """
    block = _last_block(lines)
    if not block:
        return None
    text = " ".join(line.text for line in block)
    if len(text) > LONGEST or SENTENCE_END.search(text) or not text[:1].isupper():
        return None
    if WHOSE.match(text) or (CHAPTER.match(text) and is_heading(text)):
        return block[0].start
    heads = again and not ITEM.match(text) and CELLS.search(text) is None
    return block[0].start if heads and is_heading(text) else None


def _last_block(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the last lines that stand apart from the text above, none when there are many.

    Without a gap above it a line can be the end of a table or of a list.
    """
    for count in range(1, min(MOST_LINES, len(lines) - 1) + 1):
        line, before = lines[-count], lines[-count - 1]
        if line.gap or line.page != before.page:
            return lines[-count:] if SENTENCE_END.search(before.text) else ()
    return ()


def lines_apart(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, cut before each label that stands behind a sentence."""
    return [piece for line in lines for piece in _pieces(line)]


def _pieces(line: Line) -> Iterator[Line]:
    if LABEL.search(line.text) is None:  # as nearly always
        yield line
        return
    begin = 0
    for match in LABEL.finditer(line.text):
        yield _piece(line, begin, match.start())
        begin = match.end()
    yield _piece(line, begin, len(line.text))


def _piece(line: Line, begin: int, end: int) -> Line:
    gap = line.gap and not begin
    return line._replace(text=line.text[begin:end], start=line.start + begin, gap=gap)
