"""The pages of earlier answers by forms alone: ask, edit, compare, save. No script runs here."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from search_app.answers.worksheet import value_of
from tests.conftest import SAMPLE
from tests.search_app.answers.test_answers import PASTE

PAPER = "ah-tk-20222023-3649"
CHOSEN = [value_of("1", PAPER, "vraag-4"), value_of("1", PAPER, "vraag-2")]


def post(client: FlaskClient, path: str = "", **form: Any) -> tuple[int, str]:
    answer = client.post(f"/antwoorden{path}", data=form)
    return answer.status_code, answer.text


def test_a_paste_gives_questions_to_edit_with_their_answers(sample_client: FlaskClient) -> None:
    status, page = post(sample_client, vraag=PASTE)
    assert status == 200
    assert page.count('name="mee"') == 3
    assert page.count('name="mee" value="3" checked') == 0  # it only asks how to answer
    assert f"/papers/{PAPER}#vraag-4" in page
    assert "Niets gevonden" in page
    assert "kwantumkatapulten" in page
    assert "overeenkomende woorden" in page
    assert "Oldenkamp (Minister voor Klimaat en Energie)" in page


def test_what_is_vaguely_like_a_question_is_told_of_at_the_top(sample_client: FlaskClient) -> None:
    questions = """1. Hoe lang moeten bedrijven wachten op een zwaardere stroomaansluiting?
    2. Hoeveel leerlingen zijn slecht in rekenen?
    3. Hoe lang is de wachtlijst voor kwantumkatapulten in Zierikzee?"""
    _, page = post(sample_client, vraag=questions)
    assert "Voor 1 van 3 vragen" in page
    assert "Bij 1 andere vraag lijkt er in de verte iets op." in page
    assert '<a href="#v2">Vraag 2</a> <span class="soft">3 in de verte</span>' in page
    assert '<a href="#v3">Vraag 3</a> <span class="soft">–</span>' in page


def test_what_is_vague_stands_open_where_its_paper_was_found_for_another_question(
    sample_client: FlaskClient,
) -> None:
    first = "1. Hoe lang moeten bedrijven wachten op een zwaardere stroomaansluiting?"
    pasted = f"{first}\n2. Wanneer is de wachtlijst weggewerkt?"
    _, page = post(sample_client, vraag=pasted)
    assert '<details class="vague" open>' in page
    assert "uit een stuk dat bij een andere vraag is gevonden" in page
    other = "2. Hoeveel leerlingen zijn slecht in rekenen?"
    _, page = post(sample_client, vraag=f"{first}\n{other}")
    assert '<details class="vague">' in page


def test_what_is_asked_is_in_no_cache_and_no_address(sample_client: FlaskClient) -> None:
    answer = sample_client.post("/antwoorden", data={"vraag": PASTE})
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers
    assert sample_client.get("/antwoorden?vraag=x").status_code == 400


def test_questions_are_edited_and_left_out(sample_client: FlaskClient) -> None:
    form: dict[str, Any] = {
        "titel": "", "inleiding": "", "nummer": ["1", "2"], "mee": ["2"],
        "tekst": ["Mag dit weg?", "Hoeveel scholen met subsidie hebben zonnepanelen die uitstaan?"],
    }  # fmt: skip
    _, page = post(sample_client, **form)
    assert f"/papers/{PAPER}#vraag-2" in page
    assert "Weggelaten vragen" in page
    assert "Mag dit weg?" in page


def test_more_questions_than_are_looked_for_at_once_are_kept(sample_client: FlaskClient) -> None:
    text = "\n".join(f"{n}. Is punt {n} waar?" for n in range(1, 64))
    status, page = post(sample_client, vraag=text)
    assert status == 200
    assert "hoogstens 60 vragen tegelijk gezocht. De andere 3" in page
    assert page.count('name="mee"') == 63
    assert 'name="mee" value="61" checked' not in page
    assert "Is punt 63 waar?" in page


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"vraag": "  "}, "geen vraag"),
        ({"vraag": "Klopt dit?", "van": "ooit"}, "‘van’ moet een datum"),
        ({"vraag": "Klopt dit?", "volgorde": "mooiste"}, "volgorde"),
    ],
)
def test_a_wrong_form_gets_400_and_says_what(
    client: FlaskClient, form: dict[str, str], told: str
) -> None:
    status, page = post(client, **form)
    assert status == 400
    assert told in page


def test_what_was_pasted_is_not_lost_by_a_wrong_filter(client: FlaskClient) -> None:
    status, page = post(client, vraag="Klopt dit <b>echt</b>?", van="ooit")
    assert status == 400
    assert "Klopt dit &lt;b&gt;echt&lt;/b&gt;?</textarea>" in page
    form: dict[str, Any] = {
        "titel": "De brug", "inleiding": "", "nummer": ["1", "2a"], "mee": ["2a"],
        "tekst": ["Mag dit weg?", "En dit?"], "van": "ooit",
    }  # fmt: skip
    _, page = post(client, **form)
    assert "De brug\n\nVraag 1\nMag dit weg?\n\nVraag 2\nEn dit?</textarea>" in page


def test_filters_of_the_form(sample_client: FlaskClient) -> None:
    _, page = post(sample_client, vraag=PASTE, tot="2020")
    assert f"{PAPER}#vraag-4" not in page
    _, page = post(sample_client, vraag=PASTE, bewindspersoon="Oldenkamp", paren="1")
    assert f"{PAPER}#vraag-4" in page


def test_a_pdf_of_questions_is_read(sample_client: FlaskClient) -> None:
    data = (SAMPLE / "kv-tk-2024Z18561.pdf").read_bytes()
    status, page = post(sample_client, bestand=(io.BytesIO(data), "vragen.pdf"))
    assert status == 200
    assert "2.300 mbo-studenten" in page


def test_a_file_that_is_no_text_gets_400_and_a_way_on(client: FlaskClient) -> None:
    status, page = post(client, bestand=(io.BytesIO(b"\0\1\2" * 50), "vragen.doc"))
    assert status == 400
    assert "plak de tekst" in page


def test_answers_side_by_side_say_that_texts_differ(sample_client: FlaskClient) -> None:
    status, page = post(sample_client, "/vergelijk", kies=CHOSEN)
    assert status == 200
    assert "niet af te leiden" in page
    assert page.count("<article>") == 2
    # on other matters: nearly every word differs, which would tell nothing
    assert "Lijkt weinig op het antwoord ernaast" in page
    assert '<mark class="same">' in page
    assert "<mark>" not in page


@pytest.mark.parametrize(
    ("chosen", "status"),
    [([], 400), (CHOSEN[:1], 400), (["1|vraag-99|" + PAPER] * 2, 404), (["krom"], 400)],
)
def test_what_cannot_be_compared(
    sample_client: FlaskClient, chosen: list[str], status: int
) -> None:
    assert post(sample_client, "/vergelijk", kies=chosen)[0] == status


def test_one_answer_chosen_for_two_questions_is_compared_once(sample_client: FlaskClient) -> None:
    again = value_of("2", PAPER, "vraag-4")
    _, page = post(sample_client, "/vergelijk", kies=[*CHOSEN, again])
    assert page.count("<article>") == 2


def save(client: FlaskClient, form: str, note: str = "Zie & <b>bel</b>") -> Any:
    return client.post(
        "/antwoorden/werkblad",
        data={
            "vorm": form, "kies": CHOSEN, f"noot-{CHOSEN[0]}": note,
            "nummer": ["1"], "tekst": ["Mogen panelen uit?"],
        },
    )  # fmt: skip


def test_word_file_has_all_and_is_sound(sample_client: FlaskClient) -> None:
    answer = save(sample_client, "docx")
    assert answer.status_code == 200
    assert "eerdere-antwoorden.docx" in answer.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        parts = {name: ET.fromstring(archive.read(name)) for name in archive.namelist()}
    text = "".join(parts["word/document.xml"].itertext())
    assert "Notitie: Zie & <b>bel</b>" in text
    assert "Aanhangsel Handelingen II 2022/23, nr. 3649" in text
    links = [each.get("Target") for each in parts["word/_rels/document.xml.rels"]]
    assert f"http://localhost/papers/{PAPER}#vraag-4" in links


def test_opendocument_file_begins_with_its_type(sample_client: FlaskClient) -> None:
    answer = save(sample_client, "odt")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        text = "".join(ET.fromstring(archive.read("content.xml")).itertext())
    assert "Mogen panelen uit?" in text
    assert "Notitie: Zie & <b>bel</b>" in text


def test_csv_runs_no_formula(sample_client: FlaskClient) -> None:
    answer = save(sample_client, "csv", note="=1+1")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 3
    assert rows[1][9] == "'=1+1"
    assert rows[1][10] == f"http://localhost/papers/{PAPER}#vraag-4"


def test_markdown_is_plain(sample_client: FlaskClient) -> None:
    text = save(sample_client, "md").data.decode()
    assert text.startswith("# Eerdere antwoorden")
    assert r"> Notitie: Zie & \<b\>bel\</b\>" in text


@pytest.mark.parametrize("note", ["\x00\x0b\ud800\ufffe", "]]>", "x" * 5000])
def test_any_note_makes_a_sound_file(sample_client: FlaskClient, note: str) -> None:
    for form, part in (("docx", "word/document.xml"), ("odt", "content.xml")):
        answer = save(sample_client, form, note.encode("utf-8", "replace").decode())
        with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
            ET.fromstring(archive.read(part))


def test_unknown_form_is_refused(sample_client: FlaskClient) -> None:
    assert save(sample_client, "exe").status_code == 400


def test_hostile_text_stays_text(client: FlaskClient) -> None:
    _, page = post(client, vraag='1. <script>alert(1)</script>?\n2. "><img src=x>?')
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert not re.search(r"\son\w+=", page)


def test_the_worksheet_page_needs_nothing_of_the_server(client: FlaskClient) -> None:
    answer = client.get("/antwoorden/werkblad")
    assert answer.status_code == 200
    assert "<noscript>" in answer.text
    assert client.get("/antwoorden/werkblad?x=1").status_code == 400
