"""Earlier answers: found, narrowed, refused; over the API and from the command line."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from search_app.answers.rank import context_of
from search_app.cli import main
from search_app.web.schemas import SCHEMAS
from tests.conftest import Built

PASTE = """Vragen van het lid Terpstra (D66) aan de Minister van Onderwijs over zonnepanelen.

1. Deelt u de mening dat het niet uit te leggen is dat scholen met subsidie zonnepanelen kopen die
van de netbeheerder niet aan mogen?
2. Hoe lang is de wachtlijst voor kwantumkatapulten in Zierikzee?
3. Kunt u deze vragen afzonderlijk beantwoorden?
"""


def ask(client: FlaskClient, **body: object) -> Any:
    answer = client.post("/api/v1/answers", json=body)
    assert answer.status_code == 200, answer.json
    return answer.json


def test_each_question_has_its_earlier_answer_or_none(sample_client: FlaskClient) -> None:
    first, second, third = ask(sample_client, question=PASTE)
    best = first["answers"][0]
    assert (best["paper_id"], best["label"]) == ("ah-tk-20222023-3649", "vraag-4")
    assert best["url"] == "/papers/ah-tk-20222023-3649#vraag-4"
    assert best["date"] == "2023-09-14"
    assert best["person"]
    assert any("subsidie" in why for why in best["why"])
    assert second["answers"] == []
    assert third["procedural"] is True


def test_of_what_stands_around_only_the_matter_counts() -> None:
    title = (
        "Vragen van de leden Dijkgraaf (CDA) en De Wit (D66) aan de Minister van Onderwijs, "
        "Cultuur en Wetenschap over zonnepanelen op daken (ingezonden 3 maart 2025)"
    )
    words = dict.fromkeys(
        ("dijkgraaf", "onderwijs", "cultuur", "wetenschap", "zonnepanelen", "daken", "maart"), 5
    )
    assert context_of(title, words).words == ("daken", "zonnepanelen")


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        ({}, True),
        ({"to": "2023-09-13"}, False),
        ({"from": "2023-09-14", "to": "2023"}, True),
        ({"ministry": ["Onderwijs, Cultuur en Wetenschap"]}, False),
        ({"minister": "Oldenkamp"}, True),
        ({"minister": "Tjalsma"}, False),
        ({"pairs": True, "n": 20, "sort": "newest"}, True),
    ],
)
def test_filters(sample_client: FlaskClient, narrowed: dict[str, object], found: bool) -> None:
    rows = ask(sample_client, question=PASTE, **narrowed)
    ids = {row["paper_id"] for row in rows[0]["answers"]}
    assert ("ah-tk-20222023-3649" in ids) is found


@pytest.mark.parametrize(
    "narrowed",
    [
        {"minister": "Oldenkamp"},
        {"from": "2023-09-14", "to": "2023-09-14"},
        {"to": "2023", "minister": "Oldenkamp", "pairs": True},
        {"pairs": True},
    ],
)
def test_a_filter_changes_what_is_shown_and_not_what_is_near(
    sample_client: FlaskClient, narrowed: dict[str, object]
) -> None:
    def near(**said: object) -> dict[tuple[int, str], float]:
        rows = ask(sample_client, question=PASTE, n=20, **said)
        return {
            (place, each["passage_id"]): each["near"]
            for place, row in enumerate(rows)
            for each in row["answers"]
        }

    everything, fewer = near(), near(**narrowed)
    assert fewer
    assert fewer.items() <= everything.items()


def test_newest_first(sample_client: FlaskClient) -> None:
    rows = ask(sample_client, question=PASTE, sort="newest", n=20)
    dates = [row["date"] or "" for row in rows[0]["answers"]]
    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({}, "question"),
        ({"question": ""}, "geen vraag"),
        ({"question": "x" * 100_001}, "te lang"),
        ({"question": "\n".join(f"{n}. Klopt {n}?" for n in range(1, 62))}, "61 vragen; 60 is"),
        ({"question": "Klopt dit?", "n": 0}, "‘n’"),
        ({"question": "Klopt dit?", "n": "veel"}, "‘n’"),
        ({"question": "Klopt dit?", "n": True}, "‘n’"),
        ({"question": "Klopt dit?", "sort": "beste"}, "sort"),
        ({"question": "Klopt dit?", "from": "ooit"}, "from"),
        ({"question": "Klopt dit?", "from": "2024", "to": "2023"}, "draai de datums om"),
        ({"question": "Klopt dit?", "pairs": "ja"}, "pairs"),
        ({"question": "Klopt dit?", "ministry": 3}, "ministry"),
        ({"question": "Klopt dit?", "minister": []}, "minister"),
        ({"question": "Klopt dit?", "vraag": 1}, "vraag"),
        ([1], "JSON-object"),
        ("tekst", "JSON-object"),
    ],
)
def test_what_is_wrong_gets_400_and_a_sentence(
    client: FlaskClient, body: object, told: str
) -> None:
    answer = client.post("/api/v1/answers", json=body)
    assert answer.status_code == 400
    assert told in (answer.json or {})["error"]["message"]


def test_only_post_and_nothing_in_the_address(client: FlaskClient) -> None:
    assert client.get("/api/v1/answers").status_code == 405
    assert client.post("/api/v1/answers?question=x", json={"question": "x?"}).status_code == 400
    assert client.post("/api/v1/answers", data=b"x" * 2_000_000).status_code == 413


def test_the_text_is_not_logged_nor_kept(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = client.post("/api/v1/answers", json={"question": "Is kwantumkatapult geheim?"})
    assert "kwantumkatapult" not in caplog.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_answer_has_the_described_shape(sample_client: FlaskClient) -> None:
    (row,) = ask(sample_client, question="Hoeveel scholen hebben subsidie voor zonnepanelen?", n=2)
    shape = SCHEMAS["Answers"]["items"]
    assert set(row) == set(shape["required"])
    for each in [*row["answers"], *row["vague"]]:
        assert set(each) == set(shape["properties"]["answers"]["items"]["required"])


def test_the_command_tells_the_same(
    sample_index: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "vragen.txt"
    path.write_text(PASTE, "utf-8")
    arguments = ["answers", "--index", str(sample_index.location), str(path)]
    assert main([*arguments, "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert rows[0]["answers"][0]["paper_id"] == "ah-tk-20222023-3649"
    assert main(arguments) == 0
    told = capsys.readouterr().out
    assert "Vraag 2: Hoe lang" in told
    assert "     https://zoek.officielebekendmakingen.nl/ah-tk-20222023-3649.html" in told
    assert "Niets gevonden dat dichtbij komt." in told
    assert told.index("Gaat over de wijze van beantwoorden.") > told.index("Vraag 3")
    assert main(["answers", "--index", str(sample_index.location), str(tmp_path / "weg")]) == 1
    assert "geen bestand met die naam" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "told"),
    [
        (("--ministry", "onderwijs"), ""),  # what one of them alone has is enough
        (("--ministry", "Marine"), "geen ministerie ‘Marine’. Toegestaan: "),
        (("--ministry", "en"), "meer dan één ministerie past bij ‘en’. Toegestaan: "),
        (("--from", "2023-99-01"), "‘from’ moet een datum zijn. Toegestaan: 2022, "),
    ],
)
def test_the_terminal_refuses_a_filter_that_finds_nothing(
    sample_index: Built,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    option: tuple[str, str],
    told: str,
) -> None:
    path = tmp_path / "vragen.txt"
    path.write_text("Hoe staat het met het wiskundeonderwijs op de middelbare school?", "utf-8")
    arguments = ["answers", "--index", str(sample_index.location), str(path), *option]
    assert main(arguments) == (1 if told else 0)
    said = capsys.readouterr()
    assert told in said.err
    assert ("Aanhangsel Handelingen II 2020/21, nr. 1455" in said.out) is (told == "")


def test_who_stops_reading_sees_no_error(sample_index: Built, tmp_path: Path) -> None:
    path = tmp_path / "vragen.txt"
    path.write_text(PASTE, "utf-8")
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "search_app", "answers", "--index"]
    done = subprocess.run(
        [*command, str(sample_index.location), str(path)],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


def test_the_terminal_follows_references(
    sample_index: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "vragen.txt"
    path.write_text(
        "Bent u bereid vergunningen voor het lozen van zeer zorgwekkende stoffen versneld te "
        "herzien?",
        "utf-8",
    )
    assert main(["answers", "--index", str(sample_index.location), str(path)]) == 0
    told = capsys.readouterr().out
    assert "Verwijst naar: antwoord op vraag 5: Aanhangsel Handelingen II 2025/26, nr. 311" in told
