"""What a person does in a browser: search, open a hit, see the words marked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import serve
from tests.search_app.conftest import location  # noqa: F401 - the same small index

pytestmark = pytest.mark.browser


@pytest.fixture
def address(location: str) -> Iterator[str]:  # noqa: F811
    yield from serve(location)


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
