"""While someone types: what the query may become, and how fast that is known."""

from __future__ import annotations

from urllib.parse import unquote_plus

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

PIECES = (
    "be",
    "gr",
    "van der ",
    "36 2",
    "kst-",
    '"',
    "titel:",
    "(",
    "*",
    "~",
    "-",
    " ",
    "EN ",
    "ë",
    "🙂",
)
TYPED = [
    # (typed, kind, a text among the completions, what is in its address)
    ("netcong", "woord", "netcongestie", "q=netcongestie"),
    ("wachtlijst netb", "woord", "wachtlijst netbeheerder", "q=wachtlijst netbeheerder"),
    ("WACHTT", "woord", "wachttijd", "q=wachttijd"),
    ('"ambtelijke stuur', "woord", '"ambtelijke stuurgroep', "q="),  # within a phrase
    ("harte", "persoon", "Hartemink", "person=Hartemink"),
    ("babi", "persoon", "Babić", "person=Babić"),  # without its accent
    ("van der m", "persoon", "Van der Meulen", "person=Van der Meulen"),
    ("meul", "persoon", "Van der Meulen", "person=Van der Meulen"),
    ("36 200", "dossier", "Dossier 36 200 VII", "/dossiers/36200-VII"),
    ("36200", "dossier", "Dossier 36 200 VI", "/dossiers/36200-VI"),
    ("29 3", "dossier", "Dossier 29 398", "/dossiers/29398"),
    ("dossier 29 3", "dossier", "Dossier 29 398", "/dossiers/29398"),
    ("kst-29398", "dossier", "Dossier 29 398", "/dossiers/29398"),
    ("36200 vii 12", "stuk",
     "36 200 VII, nr. 12: Verslag houdende een lijst van vragen en antwoorden",
     "/papers/kst-36200-VII-12"),
    ("asielopvang", "stuk", "Voortgang asielopvang en doorstroom van statushouders", "/papers/"),
    ("droogte en de st", "stuk", "Droogte en de stand van het grondwater", "/papers/"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "kind", "text", "address"), TYPED)
def test_completions(
    sample_client: FlaskClient, typed: str, kind: str, text: str, address: str
) -> None:
    told = sample_client.get("/api/v1/suggest", query_string={"q": typed}).get_json()
    assert told["q"] == typed
    assert len(told["suggestions"]) <= 10
    rows = {row["text"]: row for row in told["suggestions"]}
    assert text in rows
    assert rows[text]["kind"] == kind
    assert address in unquote_plus(rows[text]["url"])


@pytest.mark.parametrize(
    "typed",
    ["", "n", "xyzzyq", "🙂🙂", "titel:", "(((", '"', "x" * 81, "a* b* c*", "\ud83d", "-"],
)
def test_nothing_to_complete_is_an_empty_list(sample_client: FlaskClient, typed: str) -> None:
    query = {"q": typed.encode("utf-8", "replace").decode()}
    answer = sample_client.get("/api/v1/suggest", query_string=query)
    assert answer.status_code == 200
    assert answer.get_json()["suggestions"] == []


@given(st.one_of(st.text(max_size=85), st.lists(st.sampled_from(PIECES), max_size=9).map("".join)))
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_completed_or_not(sample_client: FlaskClient, typed: str) -> None:
    answer = sample_client.get("/api/v1/suggest", query_string={"q": typed})
    assert answer.status_code == 200
    assert len(answer.get_json()["suggestions"]) <= 10


def test_a_completion_leads_somewhere(sample_client: FlaskClient) -> None:
    for typed in ("netcong", "harte", "36 200", "asielop"):
        told = sample_client.get("/api/v1/suggest", query_string={"q": typed}).get_json()
        for row in told["suggestions"]:
            assert sample_client.get(row["url"]).status_code == 200
