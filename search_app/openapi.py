"""The OpenAPI 3.1 description of `/api/v1`; a test holds it against the routes and real answers.

In goes nothing, out comes a dict.
"""

from __future__ import annotations

from typing import Any

from indexer.engine.fields import FACETS
from search_app.parameters import LARGEST, LAST_PAGE, SIZE, SORTS

Schema = dict[str, Any]

STRING: Schema = {"type": "string"}
TEXT: Schema = {"type": ["string", "null"]}
WHOLE: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
SWITCH: Schema = {"type": "boolean"}
PAGE: Schema = {"type": ["integer", "null"]}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "required": [*properties], "properties": properties}


HIT = _object(
    id=STRING,
    title=TEXT,
    kind=TEXT,
    paper_ref=TEXT,
    date=TEXT,
    ministry=TEXT,
    score=NUMBER,
    page=PAGE,
    passage=_object(id=STRING, label=STRING),
    snippet=_list(_object(text=STRING, match=SWITCH)),
    url=STRING,
    pdf_url=TEXT,
    more=WHOLE,
)
PART = _object(
    text=STRING,
    excluded=SWITCH,
    readings=_list(_object(text=STRING, role=STRING, form=STRING, parts=_list(STRING))),
)
COUNT = _object(value=STRING, count=WHOLE)
REFERENCE = _object(
    text=STRING,
    readings=_list(
        _object(
            paper_ref=STRING,
            total=WHOLE,
            papers=_list(_object(id=STRING, title=TEXT, url=STRING)),
        )
    ),
)
RESULTS = _object(
    query=_object(text=STRING, understood=STRING, problems=_list(STRING), parts=_list(PART)),
    total=WHOLE,
    total_exact=SWITCH,
    total_all_words=WHOLE,
    took_ms=NUMBER,
    generation=STRING,
    hits=_list(HIT),
    facets=_object(**{name: _list(COUNT) for name in FACETS}),
    references=_list(REFERENCE),
    suggestion=TEXT,
)
PAPER_TEXT = _object(id=STRING, text=STRING, pages=_list(_object(number=WHOLE, text=STRING)))
CITES = _object(id=STRING, cites=_list(_object(text=STRING, target=TEXT, page=PAGE, url=TEXT)))
PAPER = _object(
    id=STRING,
    title=TEXT,
    kind=TEXT,
    dossier=TEXT,
    number=TEXT,
    paper_ref=TEXT,
    date=TEXT,
    session_year=TEXT,
    house=TEXT,
    ministry=TEXT,
    people=_list(_object(name=STRING, role=STRING, party=TEXT)),
    pages=_list(_object(number=WHOLE, text=STRING)),
    passages=_list(
        _object(
            id=STRING,
            kind=STRING,
            label=STRING,
            question=TEXT,
            answer=TEXT,
            text=STRING,
            page_first=PAGE,
            page_last=PAGE,
        )
    ),
    citations=_list(_object(text=STRING, target=TEXT, page=PAGE)),
    source={
        "oneOf": [
            {"type": "null"},
            _object(file=STRING, sha256=STRING, pages=WHOLE, extractor=STRING, ocr_pages=WHOLE),
        ]
    },
    notes=_list(STRING),
)
ERROR = _object(error=_object(status=WHOLE, code=STRING, message=STRING, allowed=_list(STRING)))
SCHEMAS = {
    "Results": RESULTS,
    "Paper": PAPER,
    "PaperText": PAPER_TEXT,
    "Cites": CITES,
    "Error": ERROR,
}
ID = {
    "name": "id",
    "in": "path",
    "required": True,
    "schema": STRING,
    "description": "Het kenmerk van een stuk, met alle tekens als %XX; het mag # en / bevatten.",
}


def description() -> dict[str, Any]:
    """Return the description of the API."""
    paper = "/api/v1/papers/{id}"
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Kamerzoek",
            "version": "1",
            "description": "Zoeken in parlementaire stukken. De zoektaal staat op /uitleg.",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "paths": {
            "/api/v1/search": _get("search", "Zoek stukken", "Results", _search_parameters()),
            paper: _get("paper", "Een stuk", "Paper", [ID], 404),
            f"{paper}/text": _text(),
            f"{paper}/cites": _get("cites", "Waar een stuk naar verwijst", "Cites", [ID], 404),
            f"{paper}/pdf": _pdf(),
            "/api/v1/openapi.json": {
                "get": {
                    "operationId": "openapi",
                    "summary": "Deze beschrijving",
                    "responses": {"200": _answer("De beschrijving", {"type": "object"})},
                }
            },
        },
        "components": {"schemas": SCHEMAS},
    }


def _get(name: str, summary: str, schema: str, parameters: list[Schema], *errors: int) -> Schema:
    answers = {"200": _answer(summary, {"$ref": f"#/components/schemas/{schema}"})}
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": parameters,
            "responses": answers | _errors(400, *errors, 503),
        }
    }


def _text() -> Schema:
    operation = _get("text", "De tekst van een stuk", "PaperText", [ID], 404)
    content = operation["get"]["responses"]["200"]["content"]
    content["text/plain"] = {"schema": STRING}
    return operation


def _pdf() -> Schema:
    binary: Schema = {"content": {"application/pdf": {}}}
    answers: Schema = {
        "200": {"description": "De PDF", **binary},
        "206": {"description": "Een deel van de PDF", **binary},
        "304": {"description": "De PDF is niet gewijzigd"},
        "416": {"description": "Dat deel is er niet"},
    }
    return {
        "get": {
            "operationId": "pdf",
            "summary": "De PDF van een stuk",
            "parameters": [ID],
            "responses": answers | _errors(400, 404, 410, 503),
        }
    }


def _answer(text: str, schema: Schema) -> Schema:
    return {"description": text, "content": {"application/json": {"schema": schema}}}


def _errors(*statuses: int) -> Schema:
    schema = {"$ref": "#/components/schemas/Error"}
    return {str(status): _answer("Een fout, met een zin", schema) for status in statuses}


def _search_parameters() -> list[Schema]:
    return [
        _parameter("q", "De zoekvraag", STRING),
        *(_parameter(name, "Filter; mag vaker", _list(STRING)) for name in FACETS),
        _parameter("from", "Vanaf deze datum, maand of dit jaar", STRING),
        _parameter("to", "Tot en met deze datum, maand of dit jaar", STRING),
        _parameter("sort", "Volgorde", {"type": "string", "enum": list(SORTS)}),
        _parameter("page", "Bladzijde", _range(LAST_PAGE, 1)),
        _parameter("size", "Stukken op een bladzijde", _range(LARGEST, SIZE)),
        _parameter("literal", "Alleen woorden zoals geschreven", {"enum": ["0", "1"]}),
    ]


def _parameter(name: str, text: str, schema: Schema) -> Schema:
    return {"name": name, "in": "query", "description": text, "schema": schema}


def _range(most: int, default: int) -> Schema:
    return {"type": "integer", "minimum": 1, "maximum": most, "default": default}
