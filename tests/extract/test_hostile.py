"""Hostile files: every one ends as pages or as a named failure, and the run goes on."""

from __future__ import annotations

import multiprocessing
import resource
from collections import Counter
from functools import partial
from itertools import islice
from pathlib import Path

import pytest

from indexer.extract.limits import Limits
from indexer.extract.read import extract
from indexer.extract.worker import run
from indexer.paper import Extraction, Failure
from tests.conftest import ROOT
from tests.extract import hostile

LIMITS = Limits(seconds=15.0, memory_mb=512)
NAMED = {"beschadigd", "te-groot", "geheugen", "tijd", "versleuteld", "geen-pdf", "afgebroken"}
READABLE = {
    "pages-of-no-end", "scattered-letters", "string-brackets-deep",
    "states-a-million-deep", "places-are-wrong", "page-of-no-width", "length-is-short",
    "inline-image-open", "tounicode-range-of-billions", "tounicode-of-ten-thousand-ranges",
    "one-string-of-20-mb", "widths-from-minus-a-billion", "length-is-long", "font-of-itself",
}  # fmt: skip
"""What has text that a careful reader finds."""
SEED = 20261124


def outcomes(files: dict[str, bytes], folder: Path) -> dict[str, str]:
    """Return what became of each file: the reason of its failure, `tekst` or `leeg`."""
    for name, data in files.items():
        (folder / f"{name}.pdf").write_bytes(data)
    paths = [folder / f"{name}.pdf" for name in files]
    found = run(partial(extract, ocr="off", limits=LIMITS), paths, workers=2, limits=LIMITS)
    return {path.stem: _outcome(result) for path, result in found}


def _outcome(result: Extraction | Failure) -> str:
    if isinstance(result, Failure):
        assert result.message.endswith(".")
        return result.reason
    return "tekst" if any(page.text.strip() for page in result.pages) else "leeg"


def test_crafted_files_end_by_name(tmp_path: Path) -> None:
    files = dict(hostile.crafted())
    found = outcomes(files, tmp_path)
    print(sorted(Counter(found.values()).items()), found)  # noqa: T201 - seen when it fails
    assert set(found) == set(files)
    assert {name: end for name, end in found.items() if end not in NAMED | {"tekst", "leeg"}} == {}
    assert {name: found[name] for name in READABLE if found[name] != "tekst"} == {}
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize(
    "count", [60, pytest.param(5_000, marks=pytest.mark.soak)], ids=["few", "soak"]
)
def test_mutated_papers_end_by_name(tmp_path: Path, count: int) -> None:
    originals = [path.read_bytes() for path in sorted((ROOT / "corpus/sample").glob("*.pdf"))]
    small = [data for data in originals if len(data) < 200_000]
    files = hostile.mutated(small, count, SEED)
    found: dict[str, str] = {}
    for batch in iter(lambda: dict(islice(files, 500)), {}):
        found |= outcomes(batch, tmp_path)
    print(f"seed {SEED}", sorted(Counter(found.values()).items()))  # noqa: T201 - the same
    assert len(found) == count
    assert set(found.values()) <= NAMED | {"tekst", "leeg"}
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1 << 20
