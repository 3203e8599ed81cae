"""A publication in official XML → a Paper, with the pages of its PDF when there is one.

In go a `Publication` and what was extracted of the PDF, out comes a `Paper`. The story: the text of
the XML is cut where the PDF's pages begin, and then read by the same finders as any paper, so that
its passages, citations and promises know their pages; the pages themselves, with the places of
their words, stay those of the PDF. A text that the PDF does not print is not trusted: then the PDF
is read as if there were no XML.
"""

from __future__ import annotations

from dataclasses import replace

from indexer.paper import Citation, Extraction, Heading, Page, Paper, Passage, Promise, Source
from indexer.structure.assemble import assemble
from indexer.structure.placing import place
from indexer.structure.publication import Publication
from indexer.structure.version import PUBLISHED

READER = f"officiële XML {PUBLISHED}"
ENOUGH = 0.7
"""Share of the words of the XML that the PDF must print too."""
STRANGE = (
    "De officiële XML bij dit stuk zegt iets anders dan de PDF; de tekst komt daarom uit de PDF."
)
ALONE = "Van dit stuk is geen PDF opgehaald: de tekst komt uit de officiële XML, zonder pagina's."


def of_publication(publication: Publication, extraction: Extraction, source: Source) -> Paper:
    """Return the paper of a PDF with the text of its official XML."""
    pages = extraction.pages
    if not any(page.text.strip() for page in pages):  # a scan: nothing says where its pages begin
        paper = without_pages(publication, source, extraction)
        return replace(paper, pages=pages, notes=extraction.notes)
    placed = place(publication.blocks, pages)
    if placed.share < ENOUGH:
        paper = assemble(extraction, source)
        return replace(paper, notes=(*paper.notes, STRANGE))
    texts = _with_notes(placed.texts, publication.notes)
    printed = tuple(
        Page(page.number, text, publication.furniture if number == 0 else ())
        for number, (page, text) in enumerate(zip(pages, texts, strict=True))
    )
    return replace(assemble(replace(extraction, pages=printed), source), pages=pages)


def without_pages(
    publication: Publication, source: Source, extraction: Extraction | None = None
) -> Paper:
    """Return the paper of official XML alone: nothing in it has a page."""
    text = "\n\n".join((*publication.blocks, *publication.notes))
    page = Page(1, text, publication.furniture)
    said = extraction or Extraction((), source.extractor)
    paper = assemble(replace(said, pages=(page,)), source)
    names = {p.label: _label(number, p) for number, p in enumerate(paper.passages, 1)}
    return replace(
        paper,
        pages=(),
        passages=tuple(_unplaced(paper.id, passage, names) for passage in paper.passages),
        citations=tuple(_cited(citation, names) for citation in paper.citations),
        outline=tuple(_heading(heading) for heading in paper.outline),
        promises=tuple(_promised(promise, names) for promise in paper.promises),
        notes=(*paper.notes, ALONE),
    )


def _with_notes(texts: tuple[str, ...], notes: tuple[str, ...]) -> tuple[str, ...]:
    """Put the notes behind the last text; on which page print has each is not looked up."""
    if not notes:
        return texts
    return (*texts[:-1], "\n\n".join(filter(None, (texts[-1], *notes))))


def _label(number: int, passage: Passage) -> str:
    """Return a label that names no page: `deel-2` for `p1-2`."""
    named = passage.kind == "vraag" or not passage.label.startswith("p1")
    return passage.label if named else f"deel-{number}"


def _unplaced(paper_id: str, passage: Passage, names: dict[str, str]) -> Passage:
    label = names[passage.label]
    name = f"{paper_id}#{label}"
    return replace(passage, id=name, label=label, page_first=None, page_last=None, breaks=())


def _cited(citation: Citation, names: dict[str, str]) -> Citation:
    label = names.get(citation.passage or "", citation.passage)
    return replace(citation, page=None, passage=label)


def _heading(heading: Heading) -> Heading:
    return replace(heading, page=None)


def _promised(promise: Promise, names: dict[str, str]) -> Promise:
    return replace(promise, page=None, passage=names.get(promise.passage or "", promise.passage))
