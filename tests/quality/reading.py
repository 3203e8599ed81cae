"""Files → papers, for measuring: what was extracted is kept, what is known of it is made anew.

In go paths, out come `Paper` values. An extraction is kept in `build/quality` under the hash of its
PDF and of the extractor's own code, so that a change of either is read again.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from indexer.extract import read, worker
from indexer.extract.limits import Limits
from indexer.files import write_whole
from indexer.paper import Extraction, Failure, Page, Paper, Source
from indexer.store import sha256_of
from indexer.structure.assemble import assemble
from tests.conftest import ROOT, SHARED

KEPT = ROOT / "build" / "quality"
LIMITS = Limits(seconds=300.0)
"""Scans of many pages go through OCR here; their time is not what is measured."""


def paper_of_text(text: str, name: str = "tekst", furniture: tuple[str, ...] = ()) -> Paper:
    """Return the paper in a text as another program extracted it, a form feed between pages."""
    pages = tuple(
        Page(number, page, furniture if number == 1 else ())
        for number, page in enumerate(text.split("\f"), 1)
    )
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return assemble(Extraction(pages, "text"), Source(name, digest, len(pages), "text"))


def papers(paths: Iterable[Path]) -> dict[str, Paper]:
    """Return the papers in PDFs by file name; a PDF that cannot be read is left out."""
    return {path.name: _paper(path, extraction) for path, extraction in extractions(paths)}


def extractions(paths: Iterable[Path]) -> Iterator[tuple[Path, Extraction]]:
    """Yield what is in PDFs, in the order of their names."""
    wanted = sorted(paths)
    missing = [path for path in wanted if not _place(path).exists()]
    for path, result in worker.run(_extract, missing, workers=2, limits=LIMITS):
        data = None if isinstance(result, Failure) else _to_json(result)
        write_whole(_place(path), json.dumps(data).encode("utf-8", "surrogatepass"))
    for path in wanted:
        data = json.loads(_place(path).read_bytes())
        if data is not None:
            yield path, _from_json(data)


def shared_pdf(end: str) -> Path | None:
    """Return the real paper whose file name ends so, `None` when it is not there."""
    return next((SHARED / "papers").glob(f"*{end}"), None)


def _paper(path: Path, extraction: Extraction) -> Paper:
    pages, extractor = len(extraction.pages), extraction.extractor
    source = Source(path.name, sha256_of(path), pages, extractor, extraction.ocr_pages)
    return assemble(extraction, source)


def _extract(path: Path) -> Extraction:
    return read.extract(path, limits=LIMITS, ocr="auto")


def _place(path: Path) -> Path:
    return KEPT / f"{sha256_of(path)[:24]}-{_code()}.json"


def _code() -> str:
    """Return a hash of the extractor's code."""
    digest = hashlib.sha256()
    for module in sorted((ROOT / "indexer" / "extract").glob("*.py")):
        digest.update(module.read_bytes())
    return digest.hexdigest()[:12]


def _to_json(extraction: Extraction) -> dict[str, Any]:
    return dataclasses.asdict(extraction)


def _from_json(data: dict[str, Any]) -> Extraction:
    pages = tuple(
        Page(p["number"], p["text"], tuple(p["furniture"]), p["ocr"]) for p in data["pages"]
    )
    return Extraction(pages, data["extractor"], data["properties"], tuple(data["notes"]))
