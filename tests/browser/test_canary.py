"""A canary in a real Chromium: papers and words that are all payloads, and none runs (SAFETY).

Each page is opened twice over: as it is, where a breach of the policy is told on the console, and
with the policy taken away, so that escaping is seen to hold by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, Dialog, Page

from indexer.paper import Paper
from tests.browser.conftest import serve
from tests.faults import tell
from tests.search_app.conftest import publish
from tests.search_app.hostile_text import CANARY, FIELDS, PIECES, paper, village

pytestmark = pytest.mark.browser
PAYLOADS = tuple(piece for piece in PIECES if CANARY in piece)
TYPED = ("/?q={}", "/?kind={}", "/?{}=1", "/{}", "/ref/{}", "/dossiers/{}", "/papers/{}")


@pytest.fixture(scope="module")
def papers() -> list[Paper]:
    """Return papers such that every payload stands in every field of one of them."""
    rows = [f"{piece} stikstof" for piece in PAYLOADS]
    return [
        paper(n, [rows[(n + at) % len(rows)] for at in range(FIELDS)]) for n in range(len(rows))
    ]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, papers: list[Paper]) -> Iterator[str]:
    location: Path = tmp_path_factory.mktemp("kanarie")
    publish(location, papers)
    yield from serve(str(location))


class Watch:
    """What a payload did in a page: a dialog, a property, a request, a breach of the policy."""

    def __init__(self, page: Page, site: str) -> None:
        self.seen: list[str] = []
        self.opened = 0
        self._page, self._site = page, site
        page.on("dialog", self._dialog)
        page.on("request", lambda request: self._asked(request.url))
        page.on("console", lambda message: self._told(message.text))
        page.on("popup", lambda popup: self.seen.append(f"popup {popup.url}"))

    def _dialog(self, dialog: Dialog) -> None:
        self.seen.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _asked(self, url: str) -> None:
        found = urlsplit(url)
        if f"{found.scheme}://{found.netloc}" != self._site or found.path == f"/{CANARY}":
            self.seen.append(f"request {url}")

    def _told(self, text: str) -> None:
        if "Content Security Policy" in text:
            self.seen.append(text)

    def open(self, path: str) -> None:
        """Open a page and touch what a payload may wait for."""
        self._page.goto(self._site + path)
        self.look(path)

    def look(self, path: str) -> None:
        """Keep what ran on the page that is open."""
        self.opened += 1
        ran = self._page.evaluate(f"window.{CANARY}")
        if ran is not None:
            self.seen.append(f"{path} set a property")
        for name in ("base", "iframe", "object", "embed", "meta[http-equiv]", "[onerror]"):
            if self._page.locator(name).count():
                self.seen.append(f"{path} has {name}")


def test_the_canary_sings_where_it_can(browser: Browser, site: str) -> None:
    """A payload that is put in a page by hand is seen, by each of the ways to see it."""
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    watch = Watch(page, site)
    page.goto(f"{site}/uitleg")
    page.evaluate("text => document.body.insertAdjacentHTML('beforeend', text)", PAYLOADS[2])
    page.wait_for_timeout(300)
    watch.look("/uitleg")
    context.close()
    told = " ".join(watch.seen)
    assert all(word in told for word in (CANARY, "request", "property", "[onerror]"))


@pytest.mark.parametrize("bypassed", [False, True], ids=["with policy", "without"])
def test_no_payload_runs(
    browser: Browser,
    site: str,
    papers: list[Paper],
    monkeypatch: pytest.MonkeyPatch,
    *,
    bypassed: bool,
) -> None:
    monkeypatch.setattr("search_app.answers.service.NEAR", -1.0)  # show answers, near or not
    context = browser.new_context(bypass_csp=bypassed)
    page = context.new_page()
    watch = Watch(page, site)
    typed_and_pasted(page, watch)
    for path in ("/?q=stikstof&size=50", "/?q=stikstof&literal=1"):
        watch.open(path)
    step = 1 if bypassed else 4  # what the policy would stop is seen without it
    for each in papers[::step]:
        name = quote(each.id, safe="")
        watch.open(f"/papers/{name}?q=stikstof")
    watch.open(f"/papers/{quote(papers[0].id, safe='')}/citeer")
    for at, piece in enumerate(PAYLOADS[::step]):
        watch.open(TYPED[at % len(TYPED)].format(quote(piece, safe="")))
    context.close()
    tell(
        f"Canary in Chromium, {'without' if bypassed else 'with'} the policy",
        bar="no payload runs",
        done=f"{watch.opened} pages opened, {len(watch.seen)} payloads ran",
        effective=f"{len(PAYLOADS)} payloads, each in every field of one of {len(papers)} papers",
    )
    assert watch.seen == []


def typed_and_pasted(page: Page, watch: Watch) -> None:
    """Let the scripts of the site show titles as completions, and answers on the worksheet."""
    watch.open("/")
    page.locator("input[name=q]").first.press_sequentially("stikstof", delay=20)
    page.wait_for_selector("[role=listbox] [role=option]")
    watch.look("completions")
    watch.open("/antwoorden")
    asked = (f"Hoeveel sluizen in {village(n)} lekken en wie herstelt ze" for n in (0, 20))
    pasted = "\n".join(f"{n}. {text} {PAYLOADS[n]}?" for n, text in enumerate(asked, 1))
    page.fill("textarea[name=vraag]", pasted)
    page.click("button:has-text('Zoek eerdere antwoorden')")
    page.wait_for_selector("#antwoorden")
    watch.look("answers")
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    chosen = page.locator(".sub > article input[name=kies]")
    assert chosen.count() >= 2
    for place in range(2):
        chosen.nth(place).check()
    page.locator("textarea[name^=noot]").first.fill(PAYLOADS[2])
    beside = page.locator("button:has-text('Vergelijk naast elkaar')")
    beside.evaluate("(button) => button.removeAttribute('formtarget')")  # so that it is watched
    beside.click()
    page.wait_for_selector(".compare")
    watch.look("compared")
    watch.open("/antwoorden/werkblad")
