"""Earlier answers in a real browser: for everyone, without script, and the worksheet that stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Page

from tests.search_app.answers.test_answers import PASTE

pytestmark = pytest.mark.browser
ASK = "/antwoorden"
SHEET = "/antwoorden/werkblad"


def asked(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address + ASK)
    page.fill("#vraag", PASTE)
    page.click("button:has-text('Zoek eerdere antwoorden')")
    page.wait_for_selector("#antwoorden")
    page.wait_for_load_state("networkidle")  # what the page itself loads is here
    return page


def choose(page: Page, count: int) -> None:
    for place in range(count):
        page.locator(".sub > article input[name=kies]").nth(place).check()


def compared(page: Page) -> Page:
    """Compare what is chosen; the answers stay where they are."""
    with page.context.expect_page() as opened:
        page.click("button:has-text('Vergelijk naast elkaar')")
    opened.value.wait_for_selector(".compare")
    return opened.value


def visit(page: Page, address: str, look: object) -> None:
    """Go through all pages of earlier answers and look at each."""
    assert callable(look)
    look("found", page)
    choose(page, 2)
    look("compare", compared(page))
    page.goto(address + SHEET)
    look("sheet", page)
    page.goto(address + ASK)
    look("ask", page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, sample: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = asked(context, sample)
    wrong: dict[str, list[tuple[str, str]]] = {}

    def look(name: str, page: Page) -> None:
        page.evaluate(
            "document.querySelectorAll('details').forEach((each) => { each.open = true })"
        )
        found = Axe().run(page).response["violations"]
        wrong[name] = [(rule["id"], rule["nodes"][0]["html"][:120]) for rule in found]

    visit(page, sample, look)
    context.close()
    assert {name: rules for name, rules in wrong.items() if rules} == {}


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_scrolls_sideways(browser: Browser, sample: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = asked(context, sample)
    wide: list[str] = []

    def look(name: str, page: Page) -> None:
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(name)

    visit(page, sample, look)
    context.close()
    assert wide == []


def test_a_file_that_is_too_large_is_not_sent(
    browser: Browser, sample: str, tmp_path: Path
) -> None:
    """The server would break the connection off, and a browser then shows no page at all."""
    page = browser.new_page()
    page.goto(sample + ASK)
    told = []
    for size in (11 * 1024 * 1024, 1000):
        path = tmp_path / f"{size}.txt"
        path.write_bytes(b"1. Klopt dit?\n" * (size // 14))
        page.set_input_files("#bestand", path)
        told.append(page.evaluate("document.getElementById('bestand').validationMessage"))
    page.close()
    assert "groter dan 10 MB" in told[0]
    assert told[1] == ""


def test_all_works_without_script(browser: Browser, sample: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = asked(context, sample)
    page.locator("textarea[name=tekst]").nth(1).fill(
        "Hoeveel lessen wiskunde geeft een onbevoegde?"
    )
    page.click("button:has-text('Zoek opnieuw')")
    page.wait_for_selector("#antwoorden")
    assert "onbevoegde" in page.locator("textarea[name=tekst]").nth(1).input_value()
    choose(page, 2)
    with page.expect_download() as download:
        page.click("button:has-text('OpenDocument')")
    assert download.value.suggested_filename == "eerdere-antwoorden.odt"
    assert compared(page).locator(".compare mark").count() > 0
    assert page.locator("#antwoorden").count() == 1  # a page that was posted cannot be gone back to
    context.close()


def test_nothing_chosen_is_told_on_the_page_itself(browser: Browser, sample: str) -> None:
    context = browser.new_context()
    page = asked(context, sample)
    page.click("button:has-text('Markdown')")
    assert "Kies eerst een antwoord" in page.locator("[data-count]").inner_text()
    choose(page, 1)
    page.click("button:has-text('Vergelijk naast elkaar')")
    assert "Kies eerst twee of meer" in page.locator("[data-count]").inner_text()
    assert len(context.pages) == 1
    context.close()


def test_the_worksheet_stays_in_the_browser(browser: Browser, sample: str) -> None:
    context = browser.new_context()
    page = asked(context, sample)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    choose(page, 2)
    article = page.locator(".sub > article").first
    article.locator(".choose summary").click()
    article.locator("textarea").fill("Bellen met <b>Jan</b>")
    assert sent == []  # ticking and writing sends nothing
    page.goto(sample + SHEET)
    assert page.locator("#werkblad article").count() == 2
    assert page.locator("#werkblad textarea").first.input_value() == "Bellen met <b>Jan</b>"
    # the number that a question had where it was pasted, also when others have no answer chosen
    page.evaluate("""() => {
        const items = JSON.parse(localStorage.getItem("werkblad"));
        items[1].number = "7";
        items[1].question = "Een andere vraag?";
        localStorage.setItem("werkblad", JSON.stringify(items));
    }""")
    page.reload()
    assert page.locator("#werkblad h2").all_inner_texts() == ["Vraag 1", "Vraag 7"]
    with page.expect_download() as download:
        page.click("button:has-text('Markdown')")
    assert r"Bellen met \<b\>Jan" in download.value.path().read_text("utf-8")
    page.locator("button:has-text('Haal weg')").first.click()
    assert page.locator("#werkblad article").count() == 1
    page.click("button:has-text('Leeg het werkblad')")
    assert page.locator("text=Uw werkblad is leeg").is_visible()
    page.reload()
    assert page.locator("#werkblad article").count() == 0
    assert context.cookies() == []
    context.close()


def test_a_worksheet_that_was_tampered_with_runs_nothing(browser: Browser, sample: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(sample + SHEET)
    for stored in (
        "geen json",
        "{}",
        (
            '[{"pair": 3}, null, {"pair": "vraag-1|x", "question": "<img src=x onerror=alert(1)>", '
            '"where": "<script>", "href": "javascript:alert(1)"}]'
        ),
    ):
        page.evaluate("(value) => localStorage.setItem('werkblad', value)", stored)
        page.reload()
    assert page.locator("#werkblad h3 a").get_attribute("href") == "/antwoorden"
    assert page.locator("#werkblad img").count() == 0
    assert faults == []
    context.close()
