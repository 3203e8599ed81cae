"""docs/security.md: each requirement of ASVS 5.0.0 at levels 1 and 2 once, and tests that are."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.conftest import ROOT

TABLE = (ROOT / "docs" / "security.md").read_text("utf-8")
# How many requirements of levels 1 and 2 each section has; they are numbered from 1.
SECTIONS = {
    "1": (2, 9, 11, 3, 2), "2": (3, 3, 4, 1), "3": (0, 2, 4, 6, 5, 0, 2), "4": (3, 1, 2, 4),
    "5": (1, 3, 2, 3), "6": (3, 12, 4, 4, 5, 3, 0, 4), "7": (3, 4, 2, 5, 2, 2), "8": (2, 3, 1, 1),
    "9": (3, 4), "10": (2, 2, 4, 11, 5, 2, 3), "11": (2, 3, 3, 4, 1, 1), "12": (3, 2, 4),
    "13": (1, 5, 2, 5), "14": (2, 4, 3), "15": (3, 3, 7), "16": (1, 5, 4, 3, 3), "17": (1, 4, 2),
}  # fmt: skip
STATES = ("held", "operator", "no such thing", "partly", "not held")
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in TABLE.splitlines()
    if re.match(r"\| \d", line)
]


def test_every_requirement_is_there_once() -> None:
    asked = [
        f"{chapter}.{section}.{number}"
        for chapter, counts in SECTIONS.items()
        for section, count in enumerate(counts, 1)
        for number in range(1, count + 1)
    ]
    told = [number for row in ROWS for number in row[0].split()]
    assert len(asked) == 253  # as the standard itself counts them
    assert Counter(told) == Counter(asked)


@pytest.mark.parametrize("row", ROWS, ids=[row[0][:20] for row in ROWS])
def test_every_row_has_a_state_and_tests_that_exist(row: list[str]) -> None:
    assert row[2] in STATES
    where = row[3] if len(row) > 3 else ""
    assert where.strip("| ") or row[2] == "no such thing"
    for name in re.findall(r"\b(?:test_\w+|markup|officechild)\.py", where):
        assert any(ROOT.glob(f"{top}/**/{name}") for top in ("tests", "search_app")), name
    for path in re.findall(r"\b(?:deploy|docs|search_app)/[\w./-]*\w", where):
        assert list(ROOT.glob(path)) or list(ROOT.glob(f"{path}*")), path
