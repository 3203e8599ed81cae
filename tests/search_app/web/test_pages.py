"""What pages promise beside their text: size, caching, scans that say so, what Zotero reads."""

from __future__ import annotations

import gzip
import re

import pytest
from flask.testing import FlaskClient

from indexer.analysis.tables import EMPTY
from indexer.engine.locate import engine_for
from indexer.paper import Page, Paper, Passage, Promise, Source
from indexer.paper_json import content_hash
from search_app.app import create_app
from search_app.dutch import moment
from search_app.pdf.boxes import Placed, text_area
from search_app.pdf.image import Word
from search_app.settings import Settings

LIST = "/papers/kst-36600-XII-9"
RESULTS_BYTES = 60 * 1024
QUERIES = ("", "begroting", "de minister", "vraag antwoord school water", "luchtkwaliteit scholen")


def scanned(paper_id: str, ocr: bool) -> Paper:
    """Return a paper of two pages of which the second may be a scan."""
    pages = (Page(1, "Over sluizen."), Page(2, "Over gemalen.", ocr=ocr, confidence=0.87))
    return Paper(
        id=paper_id,
        title="Brief over het water",
        kind="brief",
        dossier="12345",
        number=paper_id.rpartition("-")[2],
        paper_ref=f"12 345, nr. {paper_id.rpartition('-')[2]}",
        date="2020-01-02",
        pages=pages,
        passages=(
            Passage(f"{paper_id}#p1", "tekst", "p1", pages[0].text, page_first=1, page_last=1),
            Passage(f"{paper_id}#p2", "tekst", "p2", pages[1].text, page_first=2, page_last=2),
            Passage(
                f"{paper_id}#vraag-1",
                "vraag",
                "vraag-1",
                "Waar? Daar.",
                question="Waar?",
                answer=None if ocr else "Daar.",
                page_first=1,
                page_last=2,
            ),
        ),
        promises=(Promise("Ik stuur de Kamer een brief.", 2, "voor de zomer"),),
        source=Source("x.pdf", "0" * 64, 2, "x", ocr_pages=int(ocr)),
    )


@pytest.fixture(scope="module")
def scans(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    path = str(tmp_path_factory.mktemp("scans") / "index")
    writer = engine_for(path).writer(path, EMPTY)
    for paper in (scanned("kst-12345-1", ocr=False), scanned("kst-12345-4", ocr=True)):
        writer.add(paper, content_hash(paper))
    list(writer.publish())
    return create_app(Settings(index=path)).test_client()


def text(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    told: str = answer.get_data(as_text=True)
    return told


@pytest.mark.parametrize("query", QUERIES)
def test_a_page_of_results_is_small(sample_client: FlaskClient, query: str) -> None:
    """Itself as it is, and as it travels with its style sheet and its script."""
    address = "/static/"
    page = sample_client.get("/", query_string={"q": query})
    assert len(page.get_data()) <= RESULTS_BYTES
    packed = {"Accept-Encoding": "gzip"}
    travels = [
        len(sample_client.get(path, headers=packed).get_data())
        for path in (f"/?q={query}", f"{address}site.css", f"{address}site.js")
    ]
    assert sum(travels) <= RESULTS_BYTES / 2
    told = page.get_data(as_text=True)
    assert told.count('rel="stylesheet"') == told.count("<script") == 1
    assert "style=" not in told


@pytest.mark.parametrize("path", ["/", f"{LIST}?q=bruggen", "/static/site.css", "/api"])
def test_what_a_browser_has_already_is_not_sent_again(
    sample_client: FlaskClient, path: str
) -> None:
    packed = {"Accept-Encoding": "gzip"}
    first = sample_client.get(path, headers=packed)
    assert first.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(first.get_data()) == sample_client.get(path).get_data()
    again = sample_client.get(path, headers=packed | {"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    assert re.fullmatch(r"total;dur=[\d.]+", first.headers["Server-Timing"])


def test_files_are_kept_for_long_under_an_address_that_changes(sample_client: FlaskClient) -> None:
    found = re.search(r'href="(/static/site.css\?v=[^"]+)"', text(sample_client, "/"))
    assert found
    assert "immutable" in sample_client.get(found[1]).headers["Cache-Control"]
    assert sample_client.get("/static/site.css").headers["Cache-Control"] == "no-cache"


def test_a_scan_says_so_in_results_and_on_its_page(scans: FlaskClient) -> None:
    hits = text(scans, "/?q=gemalen").split("<article>")[1:]
    assert ["scanned" in hit for hit in hits] == ["kst-12345-4" in hit for hit in hits]
    assert len(hits) == 2
    page = text(scans, "/papers/kst-12345-4")
    assert "herkend (OCR), met een zekerheid van 87%" in page
    assert "herkend (OCR)" not in text(scans, "/papers/kst-12345-1")


def test_a_dossier_has_its_questions_promises_and_gaps(scans: FlaskClient) -> None:
    told = scans.get("/api/v1/dossiers/12345").get_json()
    assert (told["questions_total"], told["answered_total"]) == (2, 1)
    assert told["missing"] == [[2, 3]]
    assert [row["url"] for row in told["promises"]] == [
        "/papers/kst-12345-4#p2",
        "/papers/kst-12345-1#p2",
    ]
    page = text(scans, "/dossiers/12345")
    assert "bevatten 2 vragen, waarvan 1 met antwoord" in page
    assert "2–3" in page


LEAVES = [
    # (page shown, query, pages with matches that it leads to): `bruggen` is on 1 and 2 of 8
    (2, "bruggen", {1}),
    (3, "bruggen", {2}),
    (1, "bruggen", {2}),
    (3, "", set()),
    (3, "xqzvwyk", set()),
]


@pytest.mark.parametrize(("number", "query", "to"), LEAVES)
def test_a_printed_page_leads_to_the_next_with_matches(
    sample_client: FlaskClient, number: int, query: str, to: set[int]
) -> None:
    page = text(sample_client, f"{LIST}/pdf/{number}?q={query}")
    found = re.findall(r'pdf/(\d+)[^"]*">(?:Vorige|Volgende) bladzijde met treffers', page)
    assert {int(shown) for shown in found} == to


def test_a_dossier_in_either_order(sample_client: FlaskClient) -> None:
    def papers(order: str) -> list[str]:
        page = text(sample_client, f"/dossiers/36200-VII{order}").partition('id="tijdlijn"')[2]
        return re.findall(r'class="what"><a href="([^"]+)"', page)

    oldest = papers("")
    assert len(oldest) == 6
    assert papers("?sort=oldest") == oldest
    assert papers("?sort=newest") == oldest[::-1]
    assert sample_client.get("/dossiers/36200-VII?sort=relevance").status_code == 400


CITED = [
    # (page, status): a paper of two pages
    ("", 200),
    ("2", 200),
    ("3", 400),
    ("0", 400),
    ("x", 400),
]


@pytest.mark.parametrize(("page", "status"), CITED)
@pytest.mark.parametrize(
    "path", ["/papers/kst-12345-1/citeer?", "/api/v1/papers/kst-12345-1/citation?format=ris&"]
)
def test_only_pages_that_there_are_can_be_cited(
    scans: FlaskClient, path: str, page: str, status: int
) -> None:
    assert scans.get(f"{path}page={page}").status_code == status


def test_a_number_that_is_not_there_shows_what_is_near(sample_client: FlaskClient) -> None:
    answer = sample_client.get("/ref/36200 nr. 12")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 404
    assert "/papers/kst-36200-VII-12" in page
    assert "/dossiers/36200-VII" in page
    assert "https://zoek.officielebekendmakingen.nl/kst-36200-12.html" in page


def test_a_paper_names_its_neighbours_in_the_dossier(sample_client: FlaskClient) -> None:
    page = text(sample_client, "/papers/kst-36200-VII-45")
    after = page.partition('id="in-dossier"')[2].partition("</section>")[0]
    assert "/papers/kst-36200-VII-46" in after  # number 44 is not in the sample
    assert "Hiervoor" not in after
    assert "/dossiers/36200-VII" in after


def test_zotero_and_others_can_read_what_a_paper_is(sample_client: FlaskClient) -> None:
    page = text(sample_client, LIST)
    for sign in (
        'name="citation_title" content="Verslag houdende een lijst van vragen en antwoorden"',
        'name="citation_publication_date" content="2024/11/05"',
        'name="citation_technical_report_number" content="36 600 XII, nr. 9"',
        'name="citation_pdf_url" content="http://localhost/papers/kst-36600-XII-9/pdf"',
        'property="og:title" content="Verslag houdende',
        'property="og:url" content="http://localhost/papers/kst-36600-XII-9"',
        'rel="canonical" href="http://localhost/papers/kst-36600-XII-9"',
        'type="application/x-research-info-systems"',
    ):
        assert sign in page
    assert page.count('property="og:title"') == 1


def test_facets_are_alternatives_within_and_conditions_among(sample_client: FlaskClient) -> None:
    def total(query: str) -> int:
        return int(sample_client.get(f"/api/v1/search?q=begroting{query}").get_json()["total"])

    assert total("&kind=brief&kind=motie") == total("&kind=brief") + total("&kind=motie")
    both = total("&kind=brief&year=2022")
    assert 0 < both <= min(total("&kind=brief"), total("&year=2022"))


ASKED = [
    "/?q=geheimwoord",
    "/?q=geheimwoord&vreemd=1",
    "/?q=geheim*woord*+x*+y*",
    "/geheimwoord",
    "/papers/geheimwoord",
    "/ref/geheimwoord",
    "/api/v1/search?q=geheimwoord",
    "/api/v1/export?q=geheimwoord&format=csv",
    "/api/v1/feed?q=geheimwoord",
]


@pytest.mark.parametrize("address", ASKED)
def test_what_is_asked_is_not_logged(
    client: FlaskClient,
    address: str,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with caplog.at_level(0):
        client.get(address, buffered=True)
    told = capsys.readouterr()
    assert "geheim" not in caplog.text + told.out + told.err


AREAS = [
    # (left and right edge of the text, left and width of what is shown)
    ((0.35, 0.92), (0.335, 0.6)),  # a Kamerstuk with its wide margin
    ((0.02, 0.98), None),  # nothing to gain
    (None, None),  # a page without words
]


@pytest.mark.parametrize(("edges", "shown"), AREAS)
def test_the_part_of_a_page_that_holds_text(
    edges: tuple[float, float] | None, shown: tuple[float, float] | None
) -> None:
    words = [Placed("x", (Word("x", edges[0], 0.1, edges[1], 0.9),))] if edges else []
    area = text_area(words)
    assert (area and (round(area.left, 3), round(area.width, 3))) == shown


MOMENTS = [
    ("2022-12-13T13:30:00+00:00", "13 december 2022, 14:30 uur"),  # winter
    ("2022-07-13T13:30:00+00:00", "13 juli 2022, 15:30 uur"),  # summer
    ("onzin", "onzin"),
]


@pytest.mark.parametrize(("iso", "said"), MOMENTS)
def test_times_are_dutch_time(iso: str, said: str) -> None:
    assert moment(iso) == said


def test_a_dossier_is_called_as_its_letters_are(sample_client: FlaskClient) -> None:
    head = text(sample_client, "/dossiers/36200-VII").partition("Tijdlijn")[0]
    assert "Vaststelling van de begrotingsstaten van het Ministerie van Binnenlandse Zaken" in head
