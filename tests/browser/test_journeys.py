"""The ten things that people do most, in a real Chromium: from the address bar to an exported RIS.

Each test is one journey of one person, by what is on the page and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
LIST = "/papers/kst-36600-XII-9"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    yield opened
    context.close()
    assert faults == []


def search(page: Page, query: str) -> None:
    page.get_by_label("Zoek in parlementaire stukken").fill(query)
    page.keyboard.press("Enter")
    page.wait_for_selector("#aantal")


def total(page: Page) -> int:
    told = re.search(r"[\d.]+", page.locator("#aantal").inner_text())
    return int(told[0].replace(".", "")) if told else 0


def test_1_from_the_address_bar_to_results(page: Page, sample: str) -> None:
    """The browser reads the description of the search and fills in what was typed."""
    page.goto(sample)
    link = page.locator("link[rel=search]").get_attribute("href")
    told = ET.fromstring(page.request.get(f"{sample}{link}").text())
    (template,) = [
        row.attrib["template"]
        for row in told.findall(f"{OPENSEARCH}Url")
        if row.attrib["type"] == "text/html"
    ]
    page.goto(template.replace("{searchTerms}", "luchtkwaliteit%20scholen"))
    expect(page.get_by_label("Zoek in parlementaire stukken")).to_have_value(
        "luchtkwaliteit scholen"
    )
    expect(page.locator(".hits h3").first).to_have_text(
        "Luchtkwaliteit en ventilatie in schoolgebouwen"
    )


def test_2_words_to_the_passage_that_answers(page: Page, sample: str) -> None:
    page.goto(sample)
    search(page, "bruggen aslast")
    hit = page.locator(".hits > li").first
    place = hit.locator(".place").inner_text()
    hit.locator("h3 a").click()
    page.wait_for_url("**/papers/**")
    anchor = urlsplit(page.url).fragment
    section = page.locator(f"[id='{anchor}']")
    expect(section).to_be_in_viewport()
    assert section.locator("h2").inner_text().startswith(place.partition(",")[0])
    expect(section.locator("mark").first).to_be_visible()
    page.get_by_role("link", name=re.compile("Terug naar de resultaten")).click()
    expect(page.get_by_label("Zoek in parlementaire stukken")).to_have_value("bruggen aslast")


def test_3_narrow_with_facets_and_widen_again(page: Page, sample: str) -> None:
    """Two values of a facet are alternatives, two facets must both hold."""
    page.goto(sample)
    search(page, "begroting")
    everything = total(page)
    filters = page.get_by_role("complementary", name="Filters")
    filters.get_by_role("link", name=re.compile("^Brief")).click()
    letters = total(page)
    filters.get_by_role("link", name=re.compile("^Motie")).click()
    both = total(page)
    assert 0 < letters < both < everything
    filters.locator(".facet-year a").first.click()
    assert 0 < total(page) < both
    asked = parse_qs(urlsplit(page.url).query)
    assert asked["kind"] == ["brief", "motie"]
    assert len(asked["year"]) == 1
    chips = page.get_by_role("list", name="Actieve filters")
    assert chips.get_by_role("link").count() == 4  # three filters, and all of them
    chips.get_by_role("link", name=re.compile("Motie")).click()
    assert total(page) <= letters
    page.get_by_role("link", name="Alles wissen").click()
    assert total(page) == everything


def test_4_a_number_goes_to_the_paper(page: Page, sample: str) -> None:
    page.goto(sample)
    search(page, "36200-VII nr 12")
    page.get_by_role("link", name="Ga naar 36 200 VII, nr. 12").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Verslag houdende een lijst van vragen en antwoorden"
    )
    expect(page.locator(".facts")).to_contain_text("36 200 VII, nr. 12")


def test_5_a_slip_of_spelling_is_offered_mended(page: Page, sample: str) -> None:
    page.goto(sample)
    search(page, "begrotnig")
    suggestion = page.locator(".suggestion a")
    meant = suggestion.inner_text()
    suggestion.click()
    page.wait_for_selector(".hits mark")
    expect(page.get_by_label("Zoek in parlementaire stukken")).to_have_value(meant)


def test_6_step_through_the_matches_with_keys(page: Page, sample: str) -> None:
    page.goto(f"{sample}{LIST}?q=bruggen")
    status = page.locator(".marks")
    expect(status).to_have_text(re.compile(r"^5 treffers gemarkeerd, op 3 vindplaatsen"))
    for place in (1, 2):
        page.keyboard.press("n")
        expect(status).to_have_text(f"Treffer {place} van 5")
        expect(page.locator("mark.here")).to_be_in_viewport()
    page.keyboard.press("p")
    expect(status).to_have_text("Treffer 1 van 5")
    page.get_by_role("link", name="Vorige").click()
    expect(status).to_have_text("Treffer 5 van 5")
    # In a field they are letters, and they can be switched off.
    page.get_by_label("Zoek in dit stuk").press("n")
    expect(status).to_have_text("Treffer 5 van 5")
    page.get_by_label("Met de toetsen").uncheck()
    page.locator("h1").click()
    page.keyboard.press("n")
    expect(status).to_have_text("Treffer 5 van 5")


def test_7_the_printed_page_on_a_phone(page: Page, sample: str) -> None:
    """The page without its margins is wider than the screen would show it; whole on demand."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{sample}{LIST}/pdf/2?q=bruggen")
    cut, sheet = page.locator(".cut"), page.locator(".sheet img")
    expect(cut).to_be_visible()
    expect(sheet).to_be_hidden()
    mark = cut.locator("rect").bounding_box()
    assert mark is not None
    page.get_by_label("Vergroot").check()
    larger = cut.locator("rect").bounding_box()
    assert larger is not None
    assert larger["width"] > 1.5 * mark["width"]
    expect(cut.locator("rect").first).to_be_in_viewport()
    page.get_by_label("Hele bladzijde").check()
    expect(sheet).to_be_visible()
    assert sheet.evaluate("image => image.naturalWidth") > 1000
    page.get_by_role("link", name="Volgende bladzijde").click()
    expect(page.locator("h1")).to_contain_text("bladzijde 3 van 8")
    expect(page.locator("#tekst")).to_be_visible()


def test_8_cite_a_page_exactly(page: Page, sample: str, tmp_path: Path) -> None:
    page.goto(f"{sample}{LIST}")
    page.locator(".cite summary").click()
    whole = "Kamerstukken II 2024/25, 36600 XII, nr. 9"
    expect(page.locator("#leidraad")).to_have_text(whole)
    page.locator("#vraag-4").get_by_role("link", name=re.compile("^Citeer")).click()
    expect(page.locator("#leidraad")).to_have_text(f"{whole}, p. 2")
    forms = [row.inner_text() for row in page.locator("main h2").all()]
    assert [form.partition(" ")[0] for form in forms] == [
        "Leidraad", "Vaste", "RIS", "BibTeX", "CSL-JSON",
    ]  # fmt: skip
    page.get_by_role("button", name="Kopieer Leidraad voor juridische auteurs").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{whole}, p. 2"
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("^Download RIS")).click()
    download.value.save_as(tmp_path / "een.ris")
    assert "SP  - 2\n" in (tmp_path / "een.ris").read_text("utf-8")
    page.goto(page.locator("#link").inner_text())  # the plain link goes to that page
    expect(page.locator("#p2").locator("xpath=ancestor::section")).to_be_in_viewport()


def test_9_a_dossier_what_is_missing_and_what_was_promised(page: Page, sample: str) -> None:
    page.goto(sample)
    search(page, "36 200 VII")
    page.get_by_role("link", name="Dossier 36 200 VII").click()
    expect(page.locator(".gaps")).to_have_text("1, 3–11, 13–30, 32–44, 47–73")
    assert page.locator(".timeline li").count() == 6
    expect(page.locator("#vragen + p")).to_contain_text("26 vragen")
    promise = page.locator(".promises li").first
    said = promise.inner_text().split("36 200 VII")[0].strip()
    promise.get_by_role("link").click()
    page.wait_for_url("**/papers/**#p2")
    assert said in page.locator("main").inner_text().replace("\n", " ")
    page.go_back()
    page.get_by_label("Zoek in dit dossier").fill("discriminatie")
    page.keyboard.press("Enter")
    page.wait_for_selector("#aantal")
    assert "dossier=36200-VII" in page.url


def test_10_all_hits_with_the_filters_as_ris_and_as_a_feed(
    page: Page, sample: str, tmp_path: Path
) -> None:
    page.goto(sample)
    search(page, "begroting")
    filters = page.get_by_role("complementary", name="Filters")
    filters.get_by_label("Van", exact=True).fill("2022")
    filters.get_by_label("Tot en met").fill("31-12-2023")
    filters.get_by_role("button", name="Toon deze periode").click()
    found = total(page)
    assert found > 0
    page.get_by_text("Bewaar, exporteer of volg").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="RIS (Zotero, EndNote)").click()
    assert download.value.suggested_filename.endswith(".ris")
    download.value.save_as(tmp_path / "alle.ris")
    text = (tmp_path / "alle.ris").read_text("utf-8")
    assert text.count("TY  - ") == text.count("ER  - ") == found
    assert "Zoekvraag: begroting" in text
    assert "2022 tot en met 2023-12-31" in text
    kept = page.locator("#vast").get_attribute("href") or ""
    page.goto(sample + kept)  # the kept link finds the same
    assert total(page) == found
    feed = page.locator("link[type='application/atom+xml']").get_attribute("href")
    told = ET.fromstring(page.request.get(f"{sample}{feed}").text())
    assert len(told.findall(f"{ATOM}entry")) == found
