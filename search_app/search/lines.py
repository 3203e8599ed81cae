"""A page of results as lines for a terminal, with what the page in the browser says of it.

In goes a `ResultPage`, out come lines: what a number is, what was perhaps meant, the hits, a count.
"""

from __future__ import annotations

from collections.abc import Iterator

from search_app import dutch
from search_app.search.references import Reference
from search_app.search.service import ResultPage, ShownHit


def result_lines(page: ResultPage) -> Iterator[str]:
    """Yield the page for a terminal."""
    for problem in page.query.problems:
        yield f"Let op: {problem}"
    for reference in page.references:
        yield from _reference_lines(reference)
    for each in page.unknown:
        yield each.sentence
        yield from (f"Bedoelde u: {text}" for text, _ in each.meant)
    for near in page.newer:
        yield f"Vervangen door {dutch.name(near.paper_id, near.paper_ref)} ({near.paper_id})"
    if page.suggestion:
        yield f"Bedoelde u: {page.suggestion}"
    for place, shown in enumerate(page.hits, 1):
        yield from _hit_lines(place, shown)
    count = dutch.counted(page.results.total, "stuk", "stukken")
    yield f"{count} gevonden in {dutch.took(page.took_ms)}."
    if page.by_meaning:
        yield dutch.BY_MEANING


def _reference_lines(reference: Reference) -> Iterator[str]:
    paper = reference.paper
    first = reference.readings[0]
    if paper:
        title = paper.title or "zonder titel"
        yield f"{dutch.name(paper.paper_id, paper.paper_ref)}: {title} ({paper.paper_id})"
    elif not reference.is_known:
        where = (
            f" Zoek het bij de officiële publicaties: {first.official}" if first.official else ""
        )
        yield f"{first.printable} zelf staat niet in deze index.{where}"
        if first.around and first.dossier:
            count = dutch.counted(first.around, "stuk", "stukken")
            yield f"Wel in deze index: dossier {dutch.dossier(first.dossier)}, {count}."
    else:
        if reference.asked:
            yield f"‘{reference.text}’ is geen nummer van een stuk. Bedoelde u:"
        for found in (found for found in reference.readings if found.total):
            yield f"{found.printable}: {dutch.counted(found.total, 'stuk', 'stukken')}"
    yield ""


def _hit_lines(place: int, shown: ShownHit) -> Iterator[str]:
    hit = shown.hit
    facts = (dutch.kind(hit.kind), hit.paper_ref, dutch.date(hit.date), hit.ministry)
    snippet = "".join(f"*{piece.text}*" if piece.match else piece.text for piece in hit.snippet)
    yield f"{place:>3}. {dutch.title(hit)}"
    yield "     " + " · ".join(fact for fact in facts if fact)
    yield f"     {dutch.place(hit.label, hit.page)}: {' '.join(snippet.split())}"
    yield ""
