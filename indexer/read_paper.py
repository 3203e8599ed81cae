"""PDF → Paper: what a child process of a build does with one file.

In goes the path of a PDF or of official XML, out comes the paper: its pages, or the text that the
official XML gives, and what the records beside it say.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from indexer.beside import WITH_RECORDS
from indexer.extract import read, worker
from indexer.extract.limits import ExtractionError, Limits
from indexer.paper import Extraction, Paper, Source
from indexer.records import publication_beside, publication_in, records_beside, records_in
from indexer.store import sha256_of
from indexer.structure import assemble, published, settled


@dataclass(frozen=True, slots=True)
class ReadPaper:
    """PDF → Paper, to be called in a child process. `kept` is where OCR keeps what it reads.

    Official XML that lies beside a PDF gives its text; one without a PDF is a paper too.
    """

    limits: Limits
    ocr: str
    kept: Path | None = None

    def __call__(self, path: Path) -> Paper:
        """Return the paper in a PDF. Raises `ExtractionError`."""
        sha256 = sha256_of(path)
        if path.suffix.lower() == ".xml":
            return _of_xml_alone(path, sha256)
        kept = self.kept / sha256 if self.kept else None
        extraction = read.extract(
            path,
            limits=self.limits,
            ocr=self.ocr,
            kept=kept,
            before_rescue=lambda found: worker.keep(_paper(path, sha256, found)),
        )
        return _paper(path, sha256, extraction)


def _paper(path: Path, sha256: str, extraction: Extraction) -> Paper:
    """Return the paper of what was extracted, with what lies beside the file."""
    source = Source(
        file=path.name,
        sha256=sha256,
        pages=len(extraction.pages),
        extractor=extraction.extractor,
        ocr_pages=extraction.ocr_pages,
    )
    records = records_beside(path)
    if records:
        source = replace(source, extractor=source.extractor + WITH_RECORDS)
    publication = publication_beside(path)
    if publication is None:
        paper = assemble.assemble(extraction, source)
    else:
        paper = published.of_publication(publication, extraction, source)
    return settled.prefer(paper, records)


def _of_xml_alone(path: Path, sha256: str) -> Paper:
    """Return the paper in official XML without a PDF. Raises `ExtractionError`."""
    publication = publication_in(path)
    if publication is None:
        raise ExtractionError("geen stuk", "De officiële XML is niet te lezen of heeft geen tekst.")
    source = Source(path.name, sha256, 0, published.READER)
    return settled.prefer(published.without_pages(publication, source), records_in(path))
