"""What a person does in a browser: search, open a hit, see the words marked."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
import waitress
from playwright.sync_api import Browser, sync_playwright

from search_app.app import create_app
from search_app.settings import Settings
from tests.search_app.conftest import location  # noqa: F401 - the same small index

pytestmark = pytest.mark.browser
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]


@pytest.fixture
def address(location: str) -> Iterator[str]:  # noqa: F811
    server = waitress.create_server(create_app(Settings(index=location)), host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(5)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=[*FLAGS, "--disable-background-networking"],
        )
        yield opened
        opened.close()


def test_search_open_and_see_the_words_marked(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    page.fill("input[name=q]", "begrotingen")
    page.keyboard.press("Enter")
    page.wait_for_selector("mark")
    page.click("text=Lijst van vragen over de begroting")
    page.wait_for_selector("mark")
    assert "begroting" in page.locator("mark").first.inner_text()
    page.close()


def test_phone_does_not_scroll_sideways_and_script_does_not_run(
    browser: Browser, address: str
) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    alarms: list[str] = []
    page.on("dialog", lambda dialog: alarms.append(dialog.message))
    for path in ("/?q=stikstof", "/papers/vreemd%231?q=stikstof", "/uitleg", "/weg"):
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert alarms == []
    page.close()
