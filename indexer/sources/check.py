"""Whether what came is what was asked: a whole PDF, well-formed XML.

In go an answer and what it should be, out comes nothing, or an error with the reason.
"""

from __future__ import annotations

from indexer.sources import xml
from indexer.sources.client import Answer
from indexer.sources.errors import FetchError

HEAD, TAIL = 1024, 2048
"""Bytes in which readers look for the marks of a PDF (ISO 32000-1, implementation notes)."""
WEB = (b"<!doctype html", b"<html", b"<head")


def check(answer: Answer, ending: str) -> None:
    """Raise `FetchError` when a body is not what its name will say."""
    if ending == ".pdf":
        _pdf(answer)
    elif ending.endswith(".xml"):
        xml.parse(answer.body, answer.url)


def seems_cut(answer: Answer, ending: str) -> bool:
    """Tell whether a body may have broken off although nobody noticed."""
    if answer.unchanged or answer.whole:
        return False
    return ending == ".pdf" and b"%%EOF" not in answer.body[-TAIL:]


def _pdf(answer: Answer) -> None:
    start = answer.body[:HEAD]
    if b"%PDF-" in start:
        return
    if not answer.body:
        raise FetchError("leeg", f"{answer.url} gaf een leeg bestand.")
    if answer.media == "text/html" or start.lstrip().lower().startswith(WEB):
        raise FetchError(
            "webpagina",
            f"{answer.url} gaf een webpagina in plaats van een PDF. Meestal is dat tijdelijk; het "
            "wordt later opnieuw geprobeerd.",
        )
    raise FetchError(
        "geen PDF", f"{answer.url} gaf geen PDF maar {answer.media or 'iets zonder soort'}."
    )
