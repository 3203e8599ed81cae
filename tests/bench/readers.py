"""One reader over PDFs, as a process of its own: prints how many pages it read.

In go the name of a reader and files, out comes a number. Files that a reader refuses are left out.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from indexer.extract import worker
from indexer.extract.limits import Limits
from indexer.extract.read import extract
from indexer.paper import Failure


def ours(files: Iterable[Path], workers: int) -> int:
    """Read as `build` does, in child processes, boxes of words included."""
    found = worker.run(partial(extract, ocr="off"), files, workers=workers, limits=Limits())
    return sum(len(result.pages) for _, result in found if not isinstance(result, Failure))


def pdfminer_default(files: Iterable[Path]) -> int:
    """Read with pdfminer.six as it comes."""
    from pdfminer.high_level import extract_text  # noqa: PLC0415 - its cost is this reader's own

    pages = 0
    for path in files:
        with contextlib.suppress(Exception):
            pages += extract_text(str(path)).count("\f")
    return pages


def pypdfium2(files: Iterable[Path]) -> int:
    """Read with PDFium."""
    import pypdfium2 as pdfium  # noqa: PLC0415 - the same

    pages = 0
    for path in files:
        with contextlib.suppress(pdfium.PdfiumError), pdfium.PdfDocument(path) as document:
            for page in document:
                page.get_textpage().get_text_range()
                pages += 1
    return pages


READERS: dict[str, Callable[[Iterable[Path]], int]] = {
    "ours, 1 worker": partial(ours, workers=1),
    "ours, 2 workers": partial(ours, workers=2),
    "pdfminer.six extract_text": pdfminer_default,
    "pypdfium2": pypdfium2,
}

if __name__ == "__main__":
    sys.stdout.write(str(READERS[sys.argv[1]]([Path(name) for name in sys.argv[2:]])))
