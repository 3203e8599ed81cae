"""Every kind of page for everyone: axe finds nothing, nothing scrolls sideways, keys are enough."""

from __future__ import annotations

import json
import urllib.request

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
PAGES = (
    "/",
    "/?q=luchtkwaliteit+scholen",
    "/?q=xqzvwyk",
    "/?q=36+200+VII,+nr.+12",
    "/?q=begroting&kind=brief&kind=motie&from=2022",
    "/?q=begroting&foo=1",
    "/ref/36200+nr.+12",
    "/papers/kst-36600-XII-9?q=bruggen",
    "/papers/kst-36600-XII-9/citeer?page=2",
    "/papers/kst-36600-XII-9/pdf/2?q=bruggen",
    "/dossiers/36200-VII",
    "/uitleg",
    "/toegankelijkheid",
    "/api",
    "/bestaat-niet",
)


def paths(site: str) -> tuple[str, ...]:
    """Return all kinds of page, also of papers whose id is made of their file."""
    with urllib.request.urlopen(f"{site}/api/v1/search?q=leraren&kind=rapport") as answer:
        report = json.load(answer)["hits"][0]["id"]
    with urllib.request.urlopen(f"{site}/api/v1/search?q=veerdienst&kind=inventaris") as answer:
        table = json.load(answer)["hits"][0]["id"]
    return (*PAGES, f"/papers/{report}?q=leraren", f"/papers/{table}/pdf/1?q=veerdienst")


# WCAG 2.2's size of targets is not among what axe runs by itself.
RULES = {"rules": {"target-size": {"enabled": True}}}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, sample: str, scheme: str) -> None:
    """On every page as it opens and with all that can be unfolded unfolded."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    found = {}
    for path in paths(sample):
        page.goto(sample + path)
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        wrong = Axe().run(page, options=RULES).response["violations"]
        found[path] = [(rule["id"], rule["nodes"][0]["html"][:120]) for rule in wrong]
    page.close()
    assert {path: rules for path, rules in found.items() if rules} == {}


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_scrolls_sideways(browser: Browser, sample: str, width: int) -> None:
    """320 pixels is a window of 1280 at 400% (WCAG 1.4.10)."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    wide = []
    for path in paths(sample):
        page.goto(sample + path)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(path)
    page.close()
    assert wide == []


SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
word-spacing: .16em !important } p { margin-bottom: 2em !important }"""


def test_text_may_be_spaced_by_the_reader(browser: Browser, sample: str) -> None:
    """WCAG 1.4.12: nothing is cut off or pushed out of the window."""
    context = browser.new_context(viewport={"width": 360, "height": 800}, bypass_csp=True)
    page = context.new_page()
    wide = []
    for path in paths(sample):
        page.goto(sample + path)
        page.add_style_tag(content=SPACED)
        if page.evaluate("document.documentElement.scrollWidth") > 360:
            wide.append(path)
    context.close()
    assert wide == []


LARGE = "html { font-size: 200% !important }"


def test_large_text_fits_a_narrow_window(browser: Browser, sample: str) -> None:
    """WCAG 1.4.4 and 1.4.10 at once: text at 200% in 320 pixels, with all that unfolds unfolded."""
    context = browser.new_context(viewport={"width": 320, "height": 800}, bypass_csp=True)
    page = context.new_page()
    wide = {}
    for path in (*paths(sample), "/antwoorden"):
        page.goto(sample + path)
        page.add_style_tag(content=LARGE)
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
            wide[path] = width
    context.close()
    assert wide == {}


def test_nothing_moves_for_who_does_not_want_that(browser: Browser, sample: str) -> None:
    for motion, behaviour in (("reduce", "auto"), ("no-preference", "smooth")):
        page = browser.new_page(reduced_motion=motion)  # type: ignore[arg-type]
        page.goto(sample)
        told = page.evaluate("getComputedStyle(document.documentElement).scrollBehavior")
        assert told == behaviour
        assert page.evaluate("document.getAnimations().length") == 0
        page.close()


def test_tools_of_a_paper_come_before_its_text(browser: Browser, sample: str) -> None:
    """Who goes by keys steps through the matches before the first of forty questions."""
    page = browser.new_page()
    page.goto(f"{sample}/papers/kst-36600-XII-9?q=bruggen")
    order = []
    for _ in range(30):
        page.keyboard.press("Tab")
        order.append(page.evaluate("document.activeElement.textContent.trim()"))
    assert order.index("Naar de eerste") < order.index("Inleiding")
    page.goto(f"{sample}/?q=begroting")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "filters"
    page.close()


def test_keys_alone_search_and_open(browser: Browser, sample: str) -> None:
    page = browser.new_page()
    page.goto(sample)
    page.keyboard.press("Tab")
    assert "inhoud" in page.evaluate("document.activeElement.textContent").lower()
    page.focus("input[name=q]")
    page.keyboard.type("luchtkwaliteit")
    page.keyboard.press("Enter")
    page.wait_for_selector("mark")
    for _ in range(80):
        page.keyboard.press("Tab")
        if "/papers/" in (page.evaluate("document.activeElement.href") or ""):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/**")
    assert page.locator("mark").count() > 0
    page.close()


def test_a_page_is_whole_without_script_and_asks_nothing_elsewhere(
    browser: Browser, sample: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in paths(sample):
        page.goto(sample + path)
        assert page.locator("h1").count() == 1, path
    assert [url for url in asked if not url.startswith(sample)] == []
    assert context.cookies() == []
    context.close()
