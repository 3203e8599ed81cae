"""Completions while typing: with the keys, with a pointer, read by a screen reader, and without."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
BOX = "input[name=q]"
LIST = "[role=listbox]"


@pytest.fixture
def page(browser: Browser, sample: str) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 360, "height": 740})
    opened.goto(sample)
    yield opened
    opened.close()


def type_and_wait(page: Page, text: str) -> None:
    page.locator(BOX).press_sequentially(text)
    page.wait_for_selector(f"{LIST}:not([hidden])")


def test_the_keys_choose_and_escape_closes(page: Page) -> None:
    type_and_wait(page, "netcong")
    assert page.get_attribute(BOX, "aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    chosen = page.get_attribute(BOX, "aria-activedescendant")
    assert page.get_attribute(f"#{chosen}", "aria-selected") == "true"
    page.keyboard.press("Escape")
    assert page.is_hidden(LIST)
    assert page.get_attribute(BOX, "aria-expanded") == "false"
    assert page.input_value(BOX) == "netcong"  # what was typed stays


def test_a_chosen_completion_is_opened(page: Page) -> None:
    type_and_wait(page, "netcong")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector(".hits")
    assert "q=netcongestie" in page.url


def test_a_pointer_chooses_too(page: Page) -> None:
    type_and_wait(page, "hartem")
    page.click(f"{LIST} >> text=Hartemink")
    page.wait_for_selector(".hits")
    assert "person=Hartemink" in page.url


def test_enter_without_a_choice_searches_what_was_typed(page: Page) -> None:
    type_and_wait(page, "netcong")
    page.keyboard.press("Enter")
    page.wait_for_selector("h2#aantal")
    assert "q=netcong" in page.url
    assert "netcongestie" not in page.url.partition("?")[2]


def test_the_open_list_is_accessible_and_fits_a_phone(page: Page) -> None:
    type_and_wait(page, "netcong")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert Axe().run(page).violations_count == 0
