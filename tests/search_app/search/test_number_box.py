"""Every form of a number gives a card, or asks which is meant, and never replaces the search."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

# (typed, the paper that its card leads to)
CARDS = [
    # as print and citations have them
    ("36 200 VII, nr. 12", "kst-36200-VII-12"),
    ("Kamerstuk 36 200 VII, nr. 12", "kst-36200-VII-12"),
    ("Kamerstukken II 2022/23, 36200 VII, nr. 12", "kst-36200-VII-12"),
    ("Kamerstukken II 2022/23, 36200 VII, nr. 12, p. 3", "kst-36200-VII-12"),
    ("Bijlage bij Kamerstukken II 2022/23, 36200 VII, nr. 12", "kst-36200-VII-12"),
    ("Kamerstukken I 2022/23, 36200 VI, D, p. 4", "kst-36200-VI-D"),
    ("36 200 VI, D", "kst-36200-VI-D"),
    ("Aanhangsel Handelingen II 2022/23, nr. 3276", "ah-tk-20222023-3276"),
    ("Aanhangsel Handelingen, vergaderjaar 2022–2023, nr. 3276", "ah-tk-20222023-3276"),
    ("Aanhangsel van de Handelingen II 2022/23, nr. 3276", "ah-tk-20222023-3276"),
    # identifiers and addresses
    ("kst-36200-VII-12", "kst-36200-VII-12"),
    ("kst-36200-VII-12-h1", "kst-36200-VII-12"),
    ("ah-tk-20222023-3276", "ah-tk-20222023-3276"),
    ("kv-tk-2024Z18561", "kv-tk-2024Z18561"),
    ("2024Z18561", "kv-tk-2024Z18561"),
    ("https://zoek.officielebekendmakingen.nl/kst-36200-VII-12.html", "kst-36200-VII-12"),
    ("https://zoek.officielebekendmakingen.nl/kst-36200-VII-12/metadata.xml", "kst-36200-VII-12"),
    ("https://repository.overheid.nl/frbr/x/kst/36489/kst-36489-2/1/pdf/kst-36489-2.pdf",
     "kst-36489-2"),
    # the foot of a page, pasted
    ("kst-36489-2 ISSN 0921 - 7371", "kst-36489-2"),
    ("’s-Gravenhage 2022 Tweede Kamer, vergaderjaar 2022–2023, 36 200 VII, nr. 12",
     "kst-36200-VII-12"),
    ("ah-tk-20222023-3276 / ISSN 0921 - 7398", "ah-tk-20222023-3276"),
    # as typed
    ("36200-VII-12", "kst-36200-VII-12"),
    ("36200–VII–12", "kst-36200-VII-12"),
    ("36200VII nr12", "kst-36200-VII-12"),
    ("36200 vii 12", "kst-36200-VII-12"),
    ("36.200 VII, nr. 12", "kst-36200-VII-12"),
    ("36200/VII/12", "kst-36200-VII-12"),
    ("36200, VII, 12", "kst-36200-VII-12"),
    ("36 200 hoofdstuk VII, nr. 12", "kst-36200-VII-12"),
    ("motie nr. 31 (36 200 VII)", "kst-36200-VII-31"),
    ("3276 (2022/23)", "ah-tk-20222023-3276"),
    ("AH 3276 2022-2023", "ah-tk-20222023-3276"),
    ("2022/23, 3276", "ah-tk-20222023-3276"),
    ("３６ ２００ ＶＩＩ， ｎｒ． １２", "kst-36200-VII-12"),
    ("36200—VII—12", "kst-36200-VII-12"),
    ("36200 (VII), nr. 12", "kst-36200-VII-12"),
    ("kst_36200_VII_12.pdf", "kst-36200-VII-12"),
    ("36 200 VII № 12", "kst-36200-VII-12"),
    ("AH TK 20222023 3276", "ah-tk-20222023-3276"),
    # slips, mended
    ("362 00 VII, nr. 12", "kst-36200-VII-12"),
    ("3 6200 VII nr 12", "kst-36200-VII-12"),
    ("36 2OO VII, nr. 12", "kst-36200-VII-12"),
    ("36 200 Vll, nr. 12", "kst-36200-VII-12"),
    ("Aanhangsel Handelingen, vergaderjaar 2022–223, nr. 3276", "ah-tk-20222023-3276"),
    # in a question
    ("wat staat er in 36 200 VII, nr. 12 over rekenkamers", "kst-36200-VII-12"),
]  # fmt: skip
NOT_THERE = [
    # a number that can be no other, of a paper that the sample does not have
    "21 501-32, nr. 1703", "Handelingen II 2010/11, nr. 108, item 5",
    "h-tk-20082009-7140-7144", "blg-929493", "nds-tk-2022D42137", "2023D05549", "2025A03345",
    "TZ202603-130", "ah-ek-20222023-3", "kv-tk-20062007-KVR27039", "KVR27039",
    "kst-29293-1erdruk-b1", "kst-20032004-28600-VII-12", "0910tkkst30012-19", "34 000 (R2034)",
    "https://www.tweedekamer.nl/kamerstukken/detail?id=2026Z20929&did=2026D48192",
    "https://www.tweedekamer.nl/downloads/document?id=2026D48293", "181902411",
    "KST 1234567", "KST137189", "BLG929493",
    "https://www.tweedekamer.nl/debat_en_vergadering/commissievergaderingen/details?id=2025A03345",
]  # fmt: skip
ASKED = [
    # (typed, what may be meant)
    ("AH 604", ["Aanhangsel Handelingen II 2024/25, nr. 604"]),  # no session typed
    ("36200", ["36 200"]),
    ("dossier 36 200 VII", ["36 200 VII"]),
    ("29398", ["29 398"]),
    ("36 200 VII, nrs. 12 en 31", ["36 200 VII, nr. 12", "36 200 VII, nr. 31"]),
]

SLIPS = [
    # one digit wrong: no number of any paper, so that it is asked
    "36 2000 VII, nr. 12",  # one too many
    "362000 VII 12",
    "Kamerstuk 36 2001 VII, nr. 12",
    "3620 VII, nr. 12",  # one too few
    "63 200 VII, nr. 12",  # two in the wrong order
    "76 200 VII, nr. 12",  # another one
]


def references(client: FlaskClient, typed: str) -> list[dict[str, object]]:
    told = client.get("/api/v1/search", query_string={"q": typed}).get_json()
    found: list[dict[str, object]] = told["references"]
    return found


@pytest.mark.parametrize(("typed", "paper"), CARDS)
def test_a_number_leads_to_its_paper(sample_client: FlaskClient, typed: str, paper: str) -> None:
    page = sample_client.get("/", query_string={"q": typed}).get_data(as_text=True)
    assert f'<p class="go"><a href="/papers/{paper}">' in page
    assert 'id="aantal"' in page  # the hits are there all the same


def test_a_citation_leads_to_its_page(sample_client: FlaskClient) -> None:
    told = sample_client.get("/ref/Kamerstukken II 2022/23, 36 200 VII, nr. 12, p. 3")
    assert (told.status_code, told.location) == (302, "/papers/kst-36200-VII-12#p3")
    linked = sample_client.get("/ref/kst-36200-VII-12%2C%20p.%203")  # as in the text of a paper
    assert linked.location == told.location
    assert 'id="p3"' in sample_client.get("/papers/kst-36200-VII-12").get_data(as_text=True)


CASES = [
    # (a case, who answers it or tells of its delay)
    ("2024Z18294", "ah-tk-20242025-604"),
    ("2024Z17538", "ah-tk-20242025-615"),
    ("2024Z18561", "kv-tk-2024Z18561"),  # the question itself is there
]


@pytest.mark.parametrize(("case", "paper"), CASES)
def test_a_case_leads_to_what_answers_it(sample_client: FlaskClient, case: str, paper: str) -> None:
    assert sample_client.get(f"/ref/{case}").location == f"/papers/{paper}"
    page = sample_client.get("/", query_string={"q": case}).get_data(as_text=True)
    assert f'<p class="go"><a href="/papers/{paper}">' in page


@pytest.mark.parametrize("typed", NOT_THERE)
def test_a_number_of_a_paper_that_is_not_there_is_said_to_be_one(
    sample_client: FlaskClient, typed: str
) -> None:
    (reference,) = references(sample_client, typed)
    assert all(reading["total"] == 0 for reading in reference["readings"])  # type: ignore[attr-defined]
    page = sample_client.get("/", query_string={"q": typed}).get_data(as_text=True)
    assert "staat niet in deze index" in page


@pytest.mark.parametrize(("typed", "meant"), ASKED)
def test_what_may_be_meant_is_offered(
    sample_client: FlaskClient, typed: str, meant: list[str]
) -> None:
    found = references(sample_client, typed)
    told = [row["paper_ref"] for one in found for row in one["readings"]]  # type: ignore[attr-defined]
    assert told == meant


@pytest.mark.parametrize("typed", SLIPS)
def test_a_slip_is_asked_about_and_the_search_stays(sample_client: FlaskClient, typed: str) -> None:
    page = sample_client.get("/", query_string={"q": typed}).get_data(as_text=True)
    assert "is geen nummer van een stuk. Bedoelde u:" in page
    assert '<p class="go"><a href="/?q=nr%3A' in page
    assert '<a href="/papers/kst-36200-VII-12">' in page
    assert "Ga naar 36 200 VII" not in page
    assert 'id="aantal"' in page  # the hits of the words are there all the same


def test_a_mended_number_is_told(sample_client: FlaskClient) -> None:
    page = sample_client.get("/?q=362+00+VII,+nr.+12").get_data(as_text=True)
    assert "is gelezen als 36 200 VII, nr. 12" in page


@pytest.mark.parametrize(
    "typed",
    [
        "begroting 2023",
        "30 mei 2024",
        "€ 36 200",
        "14:30 uur",
        "artikel 68",
        "070 3407911",
        "begroting 2023 VII",
        "2023, nr. 12",
        "1000 woningen",
        "99 999 VII, nr. 12",
    ],
)
def test_no_number_no_card(sample_client: FlaskClient, typed: str) -> None:
    assert references(sample_client, typed) == []
