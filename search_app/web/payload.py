"""Results and papers as the JSON of the public contract.

In go the values of the service, out come plain dicts; the API, and the terminal with `--json`, give
the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from indexer.engine.results import FacetCount, Hit
from indexer.paper import Paper
from indexer.paper_json import shown_json
from search_app.errors import ParameterError, code_of
from search_app.links import paper_path, place_path, ref_path
from search_app.papers.connections import Mentions
from search_app.papers.dossier import Dossier, Entry, Promised
from search_app.papers.follows import Near
from search_app.search.completion import Completion
from search_app.search.references import Reference
from search_app.search.service import Part, ResultPage, ShownHit

FACET_VALUES = 100
"""Values of a facet in an answer, the most frequent first."""


def search_json(page: ResultPage) -> dict[str, Any]:
    """Return a page of results."""
    return {
        "query": {
            "text": page.parameters.q,
            "understood": page.query.understood,
            "problems": list(page.query.problems),
            "parts": [_part(part) for part in page.parts],
            "by_meaning": page.by_meaning,
        },
        "total": page.results.total,
        "total_exact": page.results.total_exact,
        "total_all_words": page.results.total_all_words,
        "folded": page.results.folded,
        "took_ms": page.took_ms,
        "generation": page.results.generation,
        "hits": [_hit(shown) for shown in page.hits],
        "facets": {
            name: [_count(row) for row in rows[:FACET_VALUES]]
            for name, rows in page.results.facets.items()
        },
        "references": [_reference(reference) for reference in page.references],
        "replaced_by": [_brief(near) for near in page.newer],
        "suggestion": page.suggestion,
    }


def paper_json(paper: Paper) -> dict[str, Any]:
    """Return a paper."""
    return shown_json(paper)


def text_json(paper: Paper) -> dict[str, Any]:
    """Return a paper's text, whole and by page."""
    return {
        "id": paper.id,
        "text": paper_text(paper),
        "pages": [{"number": page.number, "text": page.text} for page in paper.pages],
    }


def paper_text(paper: Paper) -> str:
    """Return a paper's text; pages are separated by an empty line."""
    parts = [page.text for page in paper.pages] or [passage.text for passage in paper.passages]
    return "\n\n".join(parts)


def cites_json(paper: Paper) -> dict[str, Any]:
    """Return the papers that a paper refers to; `url` finds the paper when it is indexed."""
    return {
        "id": paper.id,
        "cites": [
            {
                "text": citation.text,
                "target": citation.target,
                "page": citation.page,
                "url": ref_path(citation.target) if citation.target else None,
            }
            for citation in paper.citations
        ],
    }


def cited_by_json(paper: Paper, found: Mentions) -> dict[str, Any]:
    """Return the papers that refer to a paper; `page` is the place where they do first."""
    return {
        "id": paper.id,
        "total": found.total,
        "cited_by": [
            {
                **_brief(row.hit),
                "text": row.citation.text if row.citation else None,
                "page": row.citation.page if row.citation else None,
                "relation": row.citation.relation if row.citation else None,
            }
            for row in found.rows
        ],
    }


def dossier_json(found: Dossier) -> dict[str, Any]:
    """Return a dossier; `missing` are ranges of numbers, both ends included."""
    return {
        "dossier": found.name,
        "printable": found.printable,
        "title": found.title,
        "total": found.total,
        "highest": found.highest,
        "source_highest": found.told.ceiling if found.told else None,
        "source_time": found.told.at if found.told else None,
        "missing_total": found.missing,
        "missing": [[gap.first, gap.last] for gap in found.gaps],
        "kinds": [_count(row) for row in found.kinds],
        "beside": [_count(row) for row in found.beside],
        "papers": [_entry(entry) for year in found.years for entry in year.entries],
        "questions_total": found.questions,
        "answered_total": found.answered,
        "asked_total": found.asked_total,
        "asked": [_brief(hit) for hit in found.asked],
        "promises": [_promise(row) for row in found.promises],
        "cited_by_total": found.referring_total,
        "cited_by": [_brief(hit) for hit in found.referring],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    """Return a paper in its dossier."""
    return {
        **_brief(entry.hit),
        "number": entry.number,
        "questions": entry.questions,
        "answered": entry.answered,
    }


def _promise(row: Promised) -> dict[str, Any]:
    """Return a promise, with the place in its paper where it stands."""
    return {
        "id": row.hit.paper_id,
        "date": row.hit.date,
        "text": row.promise.text,
        "page": row.promise.page,
        "term": row.promise.term,
        "url": place_path(row.hit.paper_id, _promise_anchor(row)),
    }


def _promise_anchor(row: Promised) -> str:
    return f"p{row.promise.page}" if row.promise.page else ""


def _brief(hit: Hit | Near) -> dict[str, Any]:
    return {
        "id": hit.paper_id,
        "title": hit.title,
        "kind": hit.kind,
        "paper_ref": hit.paper_ref,
        "date": hit.date,
        "url": paper_path(hit.paper_id),
    }


def completions_json(typed: str, found: Sequence[Completion]) -> dict[str, Any]:
    """Return how a query may go on."""
    return {
        "q": typed,
        "suggestions": [
            {"text": row.text, "kind": row.kind, "url": row.address, "count": row.count}
            for row in found
        ],
    }


def error_json(status: int, error: Exception, message: str) -> dict[str, Any]:
    """Return an error. `allowed` lists what would have been right."""
    allowed = error.allowed if isinstance(error, ParameterError) else ()
    return {
        "error": {
            "status": status,
            "code": code_of(error),
            "message": message,
            "allowed": list(allowed),
        }
    }


def _hit(shown: ShownHit) -> dict[str, Any]:
    hit = shown.hit
    return {
        "id": hit.paper_id,
        "title": hit.title,
        "kind": hit.kind,
        "paper_ref": hit.paper_ref,
        "date": hit.date,
        "ministry": hit.ministry,
        "askers": list(hit.askers),
        "answerers": list(hit.answerers),
        "score": round(hit.score, 4),
        "page": hit.page,
        "passage": {"id": hit.passage_id, "label": hit.label},
        "snippet": [{"text": piece.text, "match": piece.match} for piece in hit.snippet],
        "url": shown.url,
        "pdf_url": shown.pdf_url,
        "more": hit.more,
        "scanned": hit.scanned,
        "also": [
            {
                "id": row.paper_id,
                "title": row.title,
                "kind": row.kind,
                "paper_ref": row.paper_ref,
                "date": row.date,
                "replaced": row.replaced,
                "url": paper_path(row.paper_id),
            }
            for row in hit.also
        ],
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "text": part.text,
        "excluded": part.excluded,
        "readings": [
            {"text": r.text, "role": r.role, "form": r.form, "parts": list(r.parts)}
            for r in part.readings
        ],
        "also": [{"text": more.text, "why": more.why, "lift": more.lift} for more in part.also],
    }


def _count(row: FacetCount) -> dict[str, Any]:
    return {"value": row.value, "count": row.count}


def _reference(reference: Reference) -> dict[str, Any]:
    return {
        "text": reference.text,
        "readings": [
            {
                "paper_ref": found.printable,
                "total": found.total,
                "papers": [
                    {"id": hit.paper_id, "title": hit.title, "url": paper_path(hit.paper_id)}
                    for hit in found.hits
                ],
            }
            for found in reference.readings
        ],
    }
