"""Pictures of the main pages for the manual: `make screens` writes them to `docs/schermen`.

In goes a folder, out come PNGs of the sample papers in a real Chromium. They are kept small: few
colours, and a picture over `LARGEST` bytes is an error, so that the repository does not grow.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from indexer.cli import main as build
from tests.browser.conftest import FLAGS, serve
from tests.conftest import SAMPLE, find_browser

LARGEST = 150 * 1024
TOTAL = 1536 * 1024
COLOURS = 128
LIST = "/papers/kst-36600-XII-9"


def nothing(page: Page) -> None:
    """Leave the page as it opens."""


def open_details(selector: str) -> Callable[[Page], None]:
    """Return what unfolds a part of the page."""
    return lambda page: page.locator(selector).first.click()


def third_match(page: Page) -> None:
    """Go to the third match."""
    for _ in range(3):
        page.keyboard.press("n")


@dataclass(frozen=True, slots=True)
class Screen:
    """A picture: its name, the address, the size of the window, and what is done first."""

    name: str
    path: str
    width: int = 1100
    height: int = 760
    scheme: str = "light"
    first: Callable[[Page], None] = nothing


SCREENS = (
    Screen("start", "/", height=820),
    Screen("resultaten", "/?q=luchtkwaliteit+scholen", height=980),
    Screen("resultaten-telefoon", "/?q=luchtkwaliteit+scholen", width=360, height=740),
    Screen("gelezen", "/?q=begrotingen+NIET+brug", first=open_details(".reading summary")),
    Screen("bewaren", "/?q=begroting&kind=motie&kind=brief", first=open_details(".take summary")),
    Screen("nummer", "/?q=36200-VII+nr+12", height=620),
    Screen("stuk", f"{LIST}?q=bruggen", height=900, first=third_match),
    Screen("stuk-donker", f"{LIST}?q=bruggen", width=768, scheme="dark", first=third_match),
    Screen("bladzijde", f"{LIST}/pdf/2?q=bruggen", height=960),
    Screen("bladzijde-telefoon", f"{LIST}/pdf/2?q=bruggen", width=360, height=740),
    Screen("citeren", f"{LIST}/citeer?page=2", height=980),
    Screen("dossier", "/dossiers/36200-VII", height=960),
)  # fmt: skip


def small(png: bytes) -> bytes:
    """Return a picture with few colours, which is all that a page of text has."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    packed = io.BytesIO()
    few = picture.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(packed, "PNG", optimize=True)
    return packed.getvalue()


def take(browser: Browser, site: str, screen: Screen) -> bytes:
    """Return a picture as PNG."""
    size: Any = {"width": screen.width, "height": screen.height}
    page = browser.new_page(viewport=size, color_scheme=screen.scheme)  # type: ignore[arg-type]
    page.goto(site + screen.path)
    screen.first(page)
    page.wait_for_timeout(300)
    png = page.screenshot()
    page.close()
    return small(png)


def main() -> int:
    """Write all pictures; exit code 1 when they are too large."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("docs/schermen"))
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    program = find_browser()
    if program is None:
        print("There is no Chromium: apt-get install chromium", file=sys.stderr)
        return 1
    sizes = {}
    with tempfile.TemporaryDirectory() as index:
        build(["build", str(SAMPLE), "--index", index])
        with contextmanager(serve)(index) as site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
            for screen in SCREENS:
                png = take(browser, site, screen)
                (folder / f"{screen.name}.png").write_bytes(png)
                sizes[screen.name] = len(png)
            browser.close()
    for name, size in sizes.items():
        print(f"{size / 1024:6.1f} kB  {name}{'  TOO LARGE' if size > LARGEST else ''}")
    print(f"{sum(sizes.values()) / 1024:6.1f} kB  together")
    return int(max(sizes.values()) > LARGEST or sum(sizes.values()) > TOTAL)


if __name__ == "__main__":
    sys.exit(main())
