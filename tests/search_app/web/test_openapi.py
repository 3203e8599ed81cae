"""What the description of the API says is so, and what is so it says: checked by requests.

Each operation is asked for with every parameter that is described, at and beyond its bounds, and
without an index; the answers are held against the schemas, with nothing left undescribed.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from werkzeug.test import TestResponse

from search_app.app import create_app
from search_app.settings import Settings
from search_app.web.openapi import description

DESCRIPTION = description()
PAPER = "kst-36600-XII-9"
EXAMPLES = {"id": PAPER, "number": "36600-XII"}
UNKNOWN = {"id": "bestaat-niet", "number": "99999"}
# A value for every parameter; a described parameter that is not here fails the test.
VALUES = {
    "q": "begroting",
    "kind": "brief",
    "dossier": "36 200 VII",
    "ministry": "Financiën",
    "person": "Hartemink",
    "party": "D66",
    "scanned": "nee",
    "year": "2022",
    "from": "2020",
    "to": "31-12-2024",
    "sort": "oldest",
    "page": "1",
    "size": "5",
    "literal": "1",
    "lift": "0",
    "format": "ris",
}
GETS = {path: methods["get"] for path, methods in DESCRIPTION["paths"].items() if "get" in methods}
OPERATIONS = sorted(GETS.items())
IDS = [operation["operationId"] for _, operation in OPERATIONS]


def strict(schema: Any) -> Any:
    """Return a schema that allows no property that it does not name."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: strict(part) for name, part in schema.items()}
    if isinstance(schema.get("properties"), dict):
        closed["additionalProperties"] = False
    return closed


SCHEMAS = strict(copy.deepcopy(DESCRIPTION["components"]["schemas"]))


def wrong(operation: dict[str, Any], answer: TestResponse) -> list[str]:
    """Return how an answer differs from what is described for its status."""
    told = operation["responses"].get(str(answer.status_code))
    if told is None:
        return [f"status {answer.status_code} is not described"]
    lost = [name for name in told.get("headers", ()) if name not in answer.headers]
    if lost:
        return [f"headers {lost} are described and not sent"]
    content = told.get("content", {})
    if content and answer.mimetype not in content:
        return [f"{answer.mimetype} is not described"]
    if answer.mimetype != "application/json":
        return []
    schema = content["application/json"]["schema"]
    validator = Draft202012Validator({**strict(schema), "components": {"schemas": SCHEMAS}})
    return [error.message[:200] for error in validator.iter_errors(answer.get_json())]


def address(path: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        path = path.replace(f"{{{name}}}", value)
    return path


def queries(operation: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for row in operation.get("parameters", ()) if row["in"] == "query"]


def required(operation: dict[str, Any]) -> dict[str, str]:
    return {row["name"]: VALUES[row["name"]] for row in queries(operation) if row.get("required")}


def ask(client: FlaskClient, path: str, query: dict[str, str]) -> TestResponse:
    return client.get(address(path, EXAMPLES), query_string=query, buffered=True)


def test_every_route_is_described_and_every_description_has_a_route(
    sample_client: FlaskClient,
) -> None:
    routes = {
        (rule.rule.replace("<anything:paper_id>", "{id}").replace("<anything:name>", "{number}"), m)
        for rule in sample_client.application.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
        for m in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    told = {(path, m.upper()) for path, row in DESCRIPTION["paths"].items() for m in row}
    assert told == routes


@pytest.mark.parametrize(("path", "operation"), OPERATIONS, ids=IDS)
def test_parameters_are_taken_and_answers_are_as_described(
    sample_client: FlaskClient, path: str, operation: dict[str, Any]
) -> None:
    base = required(operation)
    faults = {}
    for row in [{}, *queries(operation)]:
        query = base | ({row["name"]: VALUES[row["name"]]} if row else {})
        answer = ask(sample_client, path, query)
        found = wrong(operation, answer)
        if answer.status_code != 200 or found:
            faults[str(query)] = [answer.status_code, *found]
    assert faults == {}


@pytest.mark.parametrize(("path", "operation"), OPERATIONS, ids=IDS)
def test_an_unknown_parameter_is_refused_by_name(
    sample_client: FlaskClient, path: str, operation: dict[str, Any]
) -> None:
    answer = ask(sample_client, path, required(operation) | {"vreemd": "1"})
    assert answer.status_code == 400
    assert "vreemd" in answer.get_json()["error"]["message"]
    if "400" in operation["responses"]:
        assert wrong(operation, answer) == []
    allowed = answer.get_json()["error"]["allowed"]
    assert sorted(allowed) == sorted(row["name"] for row in queries(operation))


def beyond(schema: dict[str, Any]) -> Iterator[str]:
    """Yield values that a schema does not allow."""
    if schema.get("type") == "array":
        yield from beyond(schema["items"])
    if "enum" in schema:
        yield "vreemd"
    if "minimum" in schema:
        yield from (str(schema["minimum"] - 1), "x", "1.5")
    if "maximum" in schema:
        yield str(schema["maximum"] + 1)
    if "pattern" in schema:
        yield "22"
    if "maxLength" in schema:
        yield "x" * (schema["maxLength"] + 1)


def within(schema: dict[str, Any]) -> Iterator[str]:
    """Yield every value of a list, and both ends of a range."""
    yield from schema.get("enum", ())
    yield from (str(schema[end]) for end in ("minimum", "maximum") if end in schema)


BOUNDS = [
    (path, operation, row, value, status)
    for path, operation in OPERATIONS
    for row in queries(operation)
    for values, status in ((beyond(row["schema"]), 400), (within(row["schema"]), 200))
    for value in values
    # The last page of a PDF is that of the paper, which the description cannot know.
    if not (path.endswith("/citation") and row["name"] == "page" and status == 200 and value != "1")
]


@pytest.mark.parametrize(
    "row",
    BOUNDS,
    ids=[f"{row[1]['operationId']}-{row[2]['name']}-{row[3][:12]}" for row in BOUNDS],
)
def test_bounds(
    sample_client: FlaskClient, row: tuple[str, dict[str, Any], dict[str, Any], str, int]
) -> None:
    path, operation, parameter, value, status = row
    answer = ask(sample_client, path, required(operation) | {parameter["name"]: value})
    assert answer.status_code == status
    assert wrong(operation, answer) == []


@pytest.mark.parametrize(("path", "operation"), OPERATIONS, ids=IDS)
def test_what_is_required_is_required(
    sample_client: FlaskClient, path: str, operation: dict[str, Any]
) -> None:
    base = required(operation)
    for name in base:
        rest = {other: value for other, value in base.items() if other != name}
        answer = ask(sample_client, path, rest)
        assert answer.status_code == 400
        assert name in answer.get_json()["error"]["message"]


@pytest.mark.parametrize(
    ("path", "operation"),
    [(path, operation) for path, operation in OPERATIONS if "{" in path],
    ids=[operation["operationId"] for path, operation in OPERATIONS if "{" in path],
)
def test_what_is_not_there_is_a_404_as_described(
    sample_client: FlaskClient, path: str, operation: dict[str, Any]
) -> None:
    answer = sample_client.get(address(path, UNKNOWN), query_string=required(operation))
    assert answer.status_code == 404
    assert wrong(operation, answer) == []


def test_without_an_index_every_operation_says_so_as_described(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    client = create_app(Settings(index=str(tmp_path_factory.mktemp("leeg")))).test_client()
    for path, operation in OPERATIONS:
        answer = ask(client, path, required(operation))
        described = "503" in operation["responses"]
        assert answer.status_code == (503 if described else 200), path
        assert wrong(operation, answer) == []


ASKED = {"question": "Welke bruggen hebben een beperking voor zwaar verkeer?", "n": 2}
POSTED = [
    # (body, status)
    (ASKED, 200),
    ({"question": "Wanneer komt de brief over xqzvwyk?"}, 200),
    (ASKED | {"vreemd": 1}, 400),
    ({"n": 2}, 400),
    ({"question": ""}, 400),
    ({"question": 7}, 400),
    (ASKED | {"n": 0}, 400),
    ([], 400),
    ({"question": "a" * 1_100_000}, 413),
]


@pytest.mark.parametrize(("body", "status"), POSTED, ids=[str(row[0])[:40] for row in POSTED])
def test_earlier_answers_are_asked_for_and_given_as_described(
    sample_client: FlaskClient, body: Any, status: int
) -> None:
    path = "/api/v1/answers"
    operation = DESCRIPTION["paths"][path]["post"]
    answer = sample_client.post(path, json=body)
    assert answer.status_code == status
    assert wrong(operation, answer) == []
    asked = operation["requestBody"]["content"]["application/json"]["schema"]
    validator = Draft202012Validator({**strict(asked), "components": {"schemas": SCHEMAS}})
    if status == 200:
        assert list(validator.iter_errors(body)) == []
    elif status == 400:
        assert list(validator.iter_errors(body))
        assert answer.get_json()["error"]["message"]


@pytest.mark.parametrize(
    ("header", "status"), [({"Range": "bytes=0-99"}, 206), ({"Range": "bytes=99999999-"}, 416)]
)
def test_parts_of_a_pdf(sample_client: FlaskClient, header: dict[str, str], status: int) -> None:
    path = "/api/v1/papers/{id}/pdf"
    answer = sample_client.get(address(path, EXAMPLES), headers=header)
    assert answer.status_code == status
    assert wrong(GETS[path], answer) == []
    whole = sample_client.get(address(path, EXAMPLES))
    again = sample_client.get(
        address(path, EXAMPLES), headers={"If-None-Match": whole.headers["ETag"]}
    )
    assert again.status_code == 304


def test_an_export_counts_in_its_headers(sample_client: FlaskClient) -> None:
    answer = sample_client.get("/api/v1/export?q=begroting&format=jsonl", buffered=True)
    rows = len(answer.get_data(as_text=True).splitlines()) - 1
    assert answer.headers["Kamerzoek-Total"] == answer.headers["Kamerzoek-Exported"] == str(rows)


def test_a_description_is_valid_openapi_in_its_parts() -> None:
    """Every schema is a schema, every operation has a name of its own, every reference is there."""
    for schema in DESCRIPTION["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    names = [op["operationId"] for row in DESCRIPTION["paths"].values() for op in row.values()]
    assert len(names) == len(set(names))
    for name in references(DESCRIPTION):
        assert name.removeprefix("#/components/schemas/") in DESCRIPTION["components"]["schemas"]


def references(part: Any) -> Iterator[str]:
    for name, value in part.items() if isinstance(part, dict) else enumerate(part):
        if name == "$ref":
            yield value
        elif isinstance(value, dict | list):
            yield from references(value)
