"""Official XML of a publication → its text, as it would stand in print.

In go the bytes of the XML of officielebekendmakingen.nl (a Kamerstuk, answered questions), out
comes a `Publication`: blocks of text in the order of print, notes behind them. The story: what has
a place of its own in print (the masthead, the line of the dossier, the number with its heading,
each question and answer) is set as print sets it, so that every finder reads it as it reads a PDF;
all else is a block per paragraph. No word is broken over lines, and no margin runs through it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

LARGEST = 32_000_000
"""Bytes of the largest XML that is read; a budget has some millions."""
SKIPPED = ("metadata", "plaatje", "illustratie", "kamerstukkop")
PARAGRAPHS = (
    "al", "tussenkop", "titel", "subtitel", "intitule", "considerans.al", "wij", "functie",
    "lidnr", "li.nr", "kamervraagnummer", "datumtekst",
)  # fmt: skip
APART = ("dossiernummer", "naam", "kop", "entry", "row")
"""Elements whose parts stand apart in print, whether the XML has a space between them or not."""
HEADED = {"vraag": "Vraag", "antwoord": "Antwoord"}
LINK = re.compile(r"(?:kst|ah|kv|h|blg)-[\w().-]*\d[\w().-]*")


@dataclass(frozen=True, slots=True)
class Publication:
    """The text of a publication. `furniture` are the lines of its masthead and its identifier."""

    blocks: tuple[str, ...]
    notes: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()


def looks_official(start: bytes) -> bool:
    """Tell by its first bytes whether a file may be a publication."""
    return b"<officiele-publicatie" in start


def read_publication(data: bytes) -> Publication | None:
    """Return the text of a publication, `None` when the bytes are none or have no text."""
    if len(data) > LARGEST or b"<!ENTITY" in data or not looks_official(data[:4096]):
        return None
    try:
        root = ET.fromstring(data)  # noqa: S314 - entities are refused, expat bounds the rest
    except (ET.ParseError, LookupError, ValueError):  # an unknown encoding is a lookup
        return None
    reader = _Reader()
    try:
        blocks = tuple(block for block in reader.blocks(root) if block)
    except RecursionError:  # elements in elements without end: no publication
        return None
    if not any(_name(element) == "al" for element in root.iter()):
        return None
    return Publication(blocks, tuple(reader.notes), tuple(_furniture(root)))


class _Reader:
    """Walks a publication once; `notes` grows with the notes that it meets."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self._counted = dict.fromkeys(HEADED, 0)

    def blocks(self, element: ET.Element) -> Iterator[str]:
        """Yield the blocks of an element, in order."""
        name = _name(element)
        if name in SKIPPED:
            return
        if name in HEADED:
            yield from self._headed(element, name)
        elif name == "dossier":
            yield self._joined(element, ("dossiernummer", "titel"))
        elif name == "stuk":
            yield self._joined(element, ("stuknr", "titel"))
            yield from self._inside(element, ("stuknr", "titel"))
        elif name in ("kop", "naam", "entry"):
            yield self._text(element)
        elif name == "row":
            yield " ".join(filter(None, (self._text(cell) for cell in element)))
        elif name == "li":
            yield from self._item(element)
        elif name in PARAGRAPHS or len(element) == 0:
            yield self._text(element)
        else:
            yield from self._inside(element, ())

    def _inside(self, element: ET.Element, without: tuple[str, ...]) -> Iterator[str]:
        for child in element:
            if _name(child) not in without:
                yield from self.blocks(child)

    def _headed(self, element: ET.Element, name: str) -> Iterator[str]:
        """Yield a question or an answer under the label that print gives it."""
        self._counted[name] += 1
        label = next((child for child in element if _name(child) in ("nr", "titel", "kop")), None)
        own = self._text(label) if label is not None else str(self._counted[name])
        yield own if own.lower().startswith(name) else f"{HEADED[name]} {own}"
        for child in element:
            if child is not label:
                yield from self.blocks(child)

    def _item(self, element: ET.Element) -> Iterator[str]:
        """Yield an item of a list, its mark before its first paragraph."""
        mark = ""
        for child in element:
            if _name(child) == "li.nr":
                mark = f"{self._text(child)} "
                continue
            for block in self.blocks(child):
                yield f"{mark}{block}"
                mark = ""

    def _joined(self, element: ET.Element, names: tuple[str, ...]) -> str:
        """Return the texts of an element's children of these names, on one line."""
        parts = (self._text(child) for child in element if _name(child) in names)
        return "  ".join(filter(None, parts))

    def _text(self, element: ET.Element) -> str:
        """Return the text of an element; notes go to the notes and leave their mark."""
        return " ".join("".join(self._pieces(element)).split())

    def _pieces(self, element: ET.Element) -> Iterator[str]:
        yield element.text or ""
        for child in element:
            if _name(child) in ("noot", "voetnoot"):
                yield self._note(child)
            elif _name(child) not in SKIPPED:
                yield from self._pieces(child)
            yield child.tail or (" " if _name(element) in APART else "")

    def _note(self, element: ET.Element) -> str:
        """Keep a note and return its mark."""
        mark = next((self._text(c) for c in element if _name(c) in ("noot.nr", "nr")), "")
        mark = mark.strip("[]() ") or str(len(self.notes) + 1)
        paragraphs = (self._text(c) for c in element if _name(c) not in ("noot.nr", "nr"))
        self.notes.append(f"{mark} {' '.join(paragraphs)}".strip())
        return mark


def _furniture(root: ET.Element) -> Iterator[str]:
    """Yield the lines of the masthead, and the identifier as the foot prints it."""
    for element in root.iter():
        if _name(element) == "tekstregel":
            yield " ".join("".join(element.itertext()).split())
    for element in root.iter():
        content = element.get("content") or ""
        if _name(element) == "meta" and (found := LINK.search(content)):
            yield found.group()
            return


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
