"""References to papers: what people marked against what is found, and how sure print is.

In go references that people marked in reports of debates (../shared), and references written out
in every form of the domain's description; out come tables of precision and recall.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict

from indexer.structure.citations import find_mentions
from tests.conftest import SHARED
from tests.quality import printed
from tests.quality.scores import Row, Table

REFERENCES = SHARED / "collection" / "references.annotated.csv"
AT_HAND = {"h-tk-20072008-2932-2933": "31226", "h-tk-20182019-64-32": "34834"}
"""The dossier that a report of a debate is about, where its references leave it out."""
UNMARKED = {
    "h-tk-20072008-2932-2933": {"31226-17", "31226-24", "31226-33"},
    "h-tk-20182019-35-8-n1": {"2018Z07100", "2018Z21641"},
}
"""References that stand in print beside a marked one and were left unmarked, checked by reading."""
NUMBERED = re.compile(r"\d")
WHOLE = re.compile(r"(?:kst-)?\d{5}(?:-[A-Z\d]+)*\Z")
Key = tuple[str, str]


def annotated() -> Table | None:
    """Return how references are found that people marked in five debates."""
    if not REFERENCES.is_file():
        return None
    wanted, texts = _marked()
    row = Row("reference to a paper", 0.95)
    for minute, paragraphs in texts.items():
        found: set[str] = set()
        for paragraph in paragraphs:
            for mention in find_mentions(paragraph, AT_HAND.get(minute)):
                found.add(mention.number.link.removeprefix("kst-") if mention.number else "?")
        row.add_many(minute, wanted[minute], found)
    return Table("citations: marked by people in debates (each target once a debate)", [row])


def _marked() -> tuple[dict[str, set[str]], dict[str, list[str]]]:
    """Return the targets by debate, and the paragraphs that hold them.

    The mark of a reference has its number in a link that the paragraph lost (`Zij krijgt nr.`):
    then the marked text is all there is.
    """
    wanted: dict[str, set[str]] = defaultdict(set, {k: set(v) for k, v in UNMARKED.items()})
    texts: dict[str, dict[str, None]] = defaultdict(dict)
    with REFERENCES.open(encoding="utf-8") as stream:
        for line in csv.DictReader(stream):
            text = " ".join(line["text"].split())
            minute, paragraph = line["minute_id"], " ".join(line["paragraph"].split())
            begun = paragraph.removesuffix("nr.").rstrip() if text.startswith("nr.") else paragraph
            whole = paragraph if text in paragraph else f"{begun} {text}"
            texts[minute][whole] = None
            explicit = line["reference_type"].startswith("explicit") or WHOLE.match(text)
            if explicit and NUMBERED.search(text):
                wanted[minute].add(_target(line, text))
    return wanted, {minute: list(found) for minute, found in texts.items()}


def _target(line: dict[str, str], text: str) -> str:
    """Return what a mark points to: its own number goes before the paper that replaced it."""
    for given in (text, line["external_url"].rpartition("/")[2], line["external_identifier"]):
        plain = given.replace(" ", "").removesuffix(".html").removeprefix("kst-")
        if WHOLE.match(plain):
            return plain
    return text


def in_print() -> Table:
    """Return how the forms of the domain's description are read in running text."""
    row = Row("reference in print", 0.95)
    for text, targets in printed.REFERENCES:
        found = [m.number.link if m.number else "?" for m in find_mentions(text, printed.AT_HAND)]
        row.add_many(text[:60], targets, found)
    return Table("citations-print: forms of print", [row])
