"""Hostile files: every one ends as pages or as a named failure, and the run goes on.

The runs are processes of their own (`tests/bench/hostile.py`), so that memory is that of a parent
and of nothing else that was tested before.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.faults import tell

READABLE = {
    "pages-of-no-end", "scattered-letters", "string-brackets-deep",
    "states-a-million-deep", "places-are-wrong", "page-of-no-width", "length-is-short",
    "inline-image-open", "tounicode-range-of-billions", "tounicode-of-ten-thousand-ranges",
    "one-string-of-20-mb", "widths-from-minus-a-billion", "length-is-long", "font-of-itself",
    "xref-index-of-billions", "object-stream-of-itself", "cmap-on-the-disk",
    "move-by-a-million-digits", "size-of-a-million-digits", "turned-by-a-million-digits",
    "kerning-of-a-million-digits", "rules-of-a-million-digits", "grid-of-100000-rules",
    "90000-cells-drawn-each", "100000-rules-on-one-place", "cells-of-several-lines",
    "cells-of-10000-lines", "array-of-a-million-strings", "array-of-a-million-numbers",
    "array-of-arrays", "array-without-end", "65536-widths-of-256-codes",
}  # fmt: skip
"""What has text that a careful reader finds."""
ENDLESS = {
    "object-is-itself", "two-objects-of-each-other", "xref-index-of-billions",
    "65536-widths-in-ranges-over-each-other", "cid-widths-of-billions",
}  # fmt: skip
"""What pdfminer.six alone never gets out of."""
FLAT = 8.0
"""MB that a parent may take more in the second half of a run than at its beginning."""


@pytest.mark.parametrize(
    "count", [300, pytest.param(5_000, marks=pytest.mark.soak)], ids=["few", "soak"]
)
def test_hostile_files_end_by_name(count: int) -> None:
    """Input: crafted files, files put together by chance, papers with pieces changed."""
    seed = int(time.time())
    print(f"seed {seed}")  # noqa: T201 - seen when it fails
    found = _run("tests.bench.hostile", "--files", str(count), "--seed", str(seed), "--json")
    tell(
        "Hostile PDFs",
        bar="0 stopped runs, 0 left children, memory of the parent under 300 MB",
        done=f"{found['given']} files, {found['ended']} ended by name, {len(found['unexpected'])} "
        f"otherwise, {found['left']} children left, {found['megabytes']:.0f} MB at most",
        effective=", ".join(f"{n} {end}" for end, n in sorted(found["others"].items())),
        seed=seed,
    )
    assert found["unexpected"] == []
    assert found["given"] == found["ended"] == count
    assert sum(found["others"].values()) + len(found["crafted"]) == count
    assert {name: found["crafted"][name] for name in READABLE} == dict.fromkeys(READABLE, "tekst")
    assert "tijd" not in {found["crafted"][name] for name in ENDLESS}
    assert found["left"] == 0
    assert found["megabytes"] < 300


@pytest.mark.parametrize(
    "count", [400, pytest.param(10_000, marks=pytest.mark.soak)], ids=["few", "soak"]
)
def test_memory_of_the_parent_stays_flat(count: int) -> None:
    found = _run("tests.bench.parent", "--papers", str(count))
    assert found["papers"] == count
    assert found["more"] < FLAT, found


def _run(module: str, *arguments: str) -> dict[str, Any]:
    """Return what a module prints; one that breaks says why."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "KAMERZOEK_HOSTILE": f"{os.getpid()}-{time.time_ns()}"},
    )  # fmt: skip
    assert done.stdout, done.stderr[-2_000:]
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
