"""The manual's pictures are there and small; `make screens` makes them."""

from __future__ import annotations

import re

from tests.conftest import ROOT

DOCS = ROOT / "docs"
LARGEST = 150 * 1024
TOTAL = 1536 * 1024


def test_every_picture_is_used_there_and_small() -> None:
    manual = (DOCS / "handleiding.md").read_text("utf-8")
    used = set(re.findall(r"(?:\]\(|src=\")(schermen/[\w-]+\.png)", manual))
    there = {f"schermen/{path.name}": path.stat().st_size for path in DOCS.glob("schermen/*.png")}
    assert used == set(there)
    assert max(there.values()) <= LARGEST
    assert sum(there.values()) <= TOTAL


def test_every_picture_says_what_it_shows() -> None:
    manual = (DOCS / "handleiding.md").read_text("utf-8")
    assert not re.findall(r"!\[\]|<img(?![^>]*alt=\"[^\"]+\")", manual)
