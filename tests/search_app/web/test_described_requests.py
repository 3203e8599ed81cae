"""Requests made by the OpenAPI description, good and bad ones: never a fault of ours (SAFETY).

Schemathesis reads the description and makes requests that fit it and requests that break it; half
of them get a query and an id from here, so that they reach what the index holds. `make soak` sends
20,000.
"""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

import pytest
import schemathesis
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.faults import tell
from tests.search_app.addresses import ANSWER, PAPER
from tests.search_app.hostile_text import texts

SEED = 20261125
SECONDS = 2.5
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
WORDS = (
    "begroting", "stikstof", "brug*", "wachttijd~", "titel:", "NIET", "EN", "OF", "NABIJ/3", "(",
    ")", '"', "-", "36 600 XII, nr. 9", "kst-36600-XII-9", "soort:brief", "datum:2020..2024", "*",
    "van der", "[a TO z]", "é", "\u0000", "1.", "?",
)  # fmt: skip
IDS = (PAPER, ANSWER, "36600-XII", "../..", "a#b")
queries = st.one_of(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), texts)


def aimed(case: Case[Any], data: Any) -> None:
    """Give a request that was made an id and a query that may be in the index."""
    if case.path_parameters and data.draw(st.booleans()):
        name = data.draw(st.sampled_from(sorted(case.path_parameters)))
        case.path_parameters[name] = data.draw(st.sampled_from(IDS))
    if isinstance(case.query, dict) and "q" in case.query and data.draw(st.booleans()):
        case.query["q"] = data.draw(queries)
    if isinstance(case.body, dict) and "question" in case.body and data.draw(st.booleans()):
        case.body["question"] = data.draw(queries)


@pytest.mark.parametrize("number", [400, pytest.param(20_000, marks=pytest.mark.soak)])
def test_no_request_is_a_fault_of_ours(sample_client: FlaskClient, number: int) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", sample_client.application)
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    kinds = [
        (made, mode)
        for made in operations
        for mode in GenerationMode
        # A path of any text cannot be broken; a query and a body can.
        if mode is GenerationMode.POSITIVE or len(made.query) or len(made.body)
    ]
    counted: Counter[str] = Counter()
    slowest = 0.0
    for operation, mode in kinds:

        @seed(SEED)
        @settings(
            max_examples=-(-number // len(kinds)),
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(operation.as_strategy(generation_mode=mode), st.data())
        def check(case: Case[Any], data: Any) -> None:
            nonlocal slowest
            aimed(case, data)
            started = time.thread_time()
            sent = case.as_transport_kwargs(headers={"Accept-Encoding": "identity"})
            answer = sample_client.open(buffered=True, **sent)
            slowest = max(slowest, time.thread_time() - started)
            counted[str(answer.status_code)] += 1
            case.validate_response(answer, checks=CHECKS)

        check()
    sent = sum(counted.values())
    tell(
        "HTTP by the OpenAPI description",
        bar="0 of status 5xx, nothing over 2.5 s",
        done=f"{sent} requests, slowest {slowest:.2f} CPU s",
        effective=f"answers by status {dict(sorted(counted.items()))}",
        seed=SEED,
    )
    assert sent >= number * 0.9
    assert {"200", "400", "404"} <= counted.keys()
    if number > 1000:
        assert slowest < SECONDS  # SAFETY's bar, in time of the processor
