"""Any string at all as a query: a tree or a sentence, and never a fault of ours (SAFETY).

Hypothesis makes the strings; each is read, and some are asked of the API and of the page too.
"""

from __future__ import annotations

from collections import Counter
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, seed, settings

from indexer.engine.errors import QueryBudgetError
from search_app.query.syntax import read
from tests.faults import tell
from tests.search_app.query.test_any_tree import TYPED, WORDS

SEED = 20261125
FINE = {200, 302, 303, 400, 503}
"""An answer, the way to a paper whose number was typed, a refusal, and no time for it now."""


@pytest.mark.parametrize(
    ("count", "one_in"), [(2000, 10), pytest.param(200_000, 50, marks=pytest.mark.soak)]
)
def test_any_string_is_a_query_or_is_refused(client: FlaskClient, count: int, one_in: int) -> None:
    outcomes, statuses = Counter[str](), Counter[int]()

    @seed(SEED)
    @settings(
        max_examples=count,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(TYPED | WORDS)
    def every(typed: str) -> None:
        outcomes[outcome(typed)] += 1
        if outcomes.total() % one_in == 0:
            words = quote(typed.encode("utf-8", "surrogatepass"))
            for place in ("/api/v1/search?q=", "/?q="):
                answer = client.get(place + words)
                statuses[answer.status_code] += 1
                assert answer.status_code in FINE, (typed, answer.status_code)

    every()
    tell(
        "Query syntax",
        bar="a tree or a sentence, never another exception; 0 answers of status 500",
        done=f"{outcomes.total()} strings, {statuses.total()} asked of the application",
        effective=f"{outcomes['mended']} mended, {outcomes['refused']} over budget, "
        f"{outcomes['read']} read as typed; answers by status {dict(sorted(statuses.items()))}",
        seed=SEED,
    )
    assert outcomes.total() >= count * 0.9  # hypothesis stops sooner only when it knows all
    assert min(outcomes[kind] for kind in ("read", "mended", "refused")) > count // 100
    assert statuses[500] == 0
    assert statuses[400] > 0 < statuses[200]


def outcome(typed: str) -> str:
    try:
        query = read(typed)
    except QueryBudgetError as error:
        assert str(error).endswith((".", "?"))  # noqa: PT017 - the other outcome is as good
        return "refused"
    return "mended" if query.problems else "read"
