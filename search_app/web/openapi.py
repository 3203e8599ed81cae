"""The OpenAPI 3.1 description of `/api/v1`; a test holds it against the routes and real answers.

In goes nothing, out comes a dict.
"""

from __future__ import annotations

from typing import Any

from indexer.engine.fields import FACETS
from indexer.paper import KINDS
from search_app.export.files import FORMATS
from search_app.search.parameters import LARGEST, LAST_PAGE, LONGEST_VALUE, MOST_VALUES, SIZE, SORTS
from search_app.web.schemas import SCHEMAS, STRING, WHOLE, Schema, listed

ID = {
    "name": "id",
    "in": "path",
    "required": True,
    "schema": STRING,
    "description": "Het kenmerk van een stuk, met alle tekens als %XX; het mag # en / bevatten.",
}


PAGE_OF_PDF = {
    "name": "page",
    "in": "query",
    "description": "Bladzijde in de PDF",
    "schema": {"type": "integer", "minimum": 1, "maximum": 100_000},
}
CITATIONS = ("leidraad", "bibtex", "ris", "csl-json")
HEADERS: Schema = {
    "Kamerzoek-Generation": {
        "description": "De index die dit antwoord gaf; ‘geen’ als er geen is",
        "required": True,
        "schema": STRING,
    },
    "Server-Timing": {
        "description": "Hoeveel milliseconden het antwoord kostte: total;dur=12.3",
        "required": True,
        "schema": STRING,
    },
}
COUNTED: Schema = {
    "Kamerzoek-Total": {
        "description": "Hoeveel stukken passen",
        "required": True,
        "schema": WHOLE,
    },
    "Kamerzoek-Exported": {
        "description": "Hoeveel daarvan in het bestand staan",
        "required": True,
        "schema": WHOLE,
    },
}
LITERAL: Schema = {"type": "string", "enum": ["0", "1"], "default": "0"}
LIFT: Schema = {"type": "string", "enum": ["0", "1"], "default": "1"}
FILTERS = {
    "kind": f"soort stuk: {', '.join(KINDS)}, of een andere die een stuk zelf noemt",
    "dossier": "dossier in elke vorm: 36200-VII, 36 200 VII",
    "ministry": "ministerie, zonder ‘Ministerie van’: Financiën",
    "person": "achternaam zoals in het stuk: Van Dijk",
    "party": "fractie: D66",
    "scanned": "ja: de tekst is geheel of deels uit een scan herkend; nee: niet",
    "year": "jaar van het stuk: 2022",
}
"""What each filter takes; several values of one are alternatives, several filters must all hold."""


CSL = FORMATS["csl-json"].mimetype
ITEMS: Schema = {"type": "array", "items": {"type": "object"}}

DOSSIER_NUMBER = {
    "name": "number",
    "in": "path",
    "required": True,
    "schema": STRING,
    "description": "Het nummer van een dossier in elke vorm: 36200-VII, 36 200 VII.",
}


def description() -> dict[str, Any]:
    """Return the description of the API."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Kamerzoek",
            "version": "1",
            "description": "Zoeken in parlementaire stukken. De zoektaal staat op /uitleg.",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "paths": _paths(),
        "components": {"schemas": SCHEMAS},
    }


def _paths() -> Schema:
    paper = "/api/v1/papers/{id}"
    return {
        "/api/v1/search": _get("search", "Zoek stukken", "Results", _search_parameters()),
        "/api/v1/export": _file("export", "Alle gevonden stukken als bestand", _export(), 503),
        "/api/v1/feed": _file("feed", "Nieuwste stukken van een zoekvraag (Atom)", _feed()),
        "/api/v1/suggest": _get(
            "suggest",
            "Hoe een zoekvraag kan doorgaan: nummers, dossiers, personen, woorden, titels",
            "Suggestions",
            [_parameter("q", "Wat tot nu toe is getypt", STRING)],
        ),
        "/api/v1/answers": _answers(),
        paper: _get("paper", "Een stuk", "Paper", [ID], 404),
        f"{paper}/text": _text(),
        f"{paper}/cites": _get("cites", "Waar een stuk naar verwijst", "Cites", [ID], 404),
        f"{paper}/cited-by": _get("citedBy", "Wat naar een stuk verwijst", "CitedBy", [ID], 404),
        f"{paper}/citation": _file(
            "citation", "Hoe een stuk wordt geciteerd", [ID, _form(CITATIONS), PAGE_OF_PDF], 404
        ),
        f"{paper}/pdf": _pdf(),
        "/api/v1/dossiers/{number}": _get(
            "dossier", "Een dossier: stukken en wat ontbreekt", "Dossier", [DOSSIER_NUMBER], 404
        ),
        "/api/v1/openapi.json": {
            "get": {
                "operationId": "openapi",
                "summary": "Deze beschrijving",
                "responses": {"200": _answer("De beschrijving", {"type": "object"})},
            }
        },
    }


def _answers() -> Schema:
    """Describe the one operation that takes a body: the text never stands in an address."""
    return {
        "post": {
            "operationId": "answers",
            "summary": "Eerdere antwoorden op elke vraag van een tekst",
            "requestBody": {
                "required": True,
                "content": {
                    "application/json": {"schema": {"$ref": "#/components/schemas/Question"}}
                },
            },
            "responses": {
                "200": _answer(
                    "Per deelvraag de eerdere antwoorden",
                    {"$ref": "#/components/schemas/Answers"},
                )
            }
            | _errors(400, 413, 503),
        }
    }


def _file(name: str, summary: str, parameters: list[Schema], *errors: int) -> Schema:
    """Describe an operation that sends text in a form that its parameters choose."""
    types = {
        "feed": ["application/atom+xml"],
        "export": [form.mimetype for form in FORMATS.values()],
        "citation": [FORMATS[form].mimetype for form in CITATIONS],
    }[name]
    operation = _get(name, summary, "Error", parameters, *errors)
    counted = HEADERS | (COUNTED if name == "export" else {})
    operation["get"]["responses"]["200"] = {
        "description": summary,
        "headers": counted,
        "content": {kind: {"schema": ITEMS if kind == CSL else STRING} for kind in types},
    }
    return operation


def _form(known: tuple[str, ...]) -> Schema:
    return _parameter("format", "Vorm van het bestand", {"type": "string", "enum": [*known]}) | {
        "required": True
    }


def _export() -> list[Schema]:
    kept = [row for row in _search_parameters() if row["name"] not in ("page", "size")]
    return [*kept, _form(tuple(FORMATS))]


def _feed() -> list[Schema]:
    return [row for row in _search_parameters() if row["name"] not in ("sort", "size")]


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
    }
    return {
        "get": {
            "operationId": "pdf",
            "summary": "De PDF van een stuk",
            "parameters": [ID],
            "responses": answers | _errors(400, 404, 410, 416, 503),
        }
    }


def _answer(text: str, schema: Schema) -> Schema:
    return {
        "description": text,
        "headers": HEADERS,
        "content": {"application/json": {"schema": schema}},
    }


def _errors(*statuses: int) -> Schema:
    schema = {"$ref": "#/components/schemas/Error"}
    return {str(status): _answer("Een fout, met een zin", schema) for status in statuses}


def _search_parameters() -> list[Schema]:
    return [
        _parameter("q", "De zoekvraag", STRING),
        *(_parameter(name, f"Filter: {FILTERS[name]}", _filter(name)) for name in FACETS),
        _parameter("from", "Vanaf deze datum, maand of dit jaar", STRING),
        _parameter("to", "Tot en met deze datum, maand of dit jaar", STRING),
        _parameter("sort", "Volgorde", {"type": "string", "enum": list(SORTS)}),
        _parameter("page", "Bladzijde", _range(LAST_PAGE, 1)),
        _parameter("size", "Stukken op een bladzijde", _range(LARGEST, SIZE)),
        _parameter("literal", "1: alleen woorden zoals geschreven", LITERAL),
        _parameter("lift", "0: een soort die de zoekvraag noemt (motie) gaat niet voor", LIFT),
    ]


def _parameter(name: str, text: str, schema: Schema) -> Schema:
    return {"name": name, "in": "query", "description": text, "schema": schema}


def _filter(name: str) -> Schema:
    """Return the schema of a filter that may be given several times."""
    if name == "year":
        return listed({"type": "string", "pattern": "^[0-9]{4}$"}) | {"maxItems": MOST_VALUES}
    return listed(STRING | {"maxLength": LONGEST_VALUE}) | {"maxItems": MOST_VALUES}


def _range(most: int, default: int) -> Schema:
    return {"type": "integer", "minimum": 1, "maximum": most, "default": default}
