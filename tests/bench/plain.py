"""The plain way: `extract_text` of pdfminer into Whoosh with its Dutch analyzer, nothing more.

In go a folder of PDFs and an empty directory, out comes a Whoosh index in it. This is what most
people write first, and what our own build is measured against.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pdfminer.high_level import extract_text
from whoosh.analysis import LanguageAnalyzer
from whoosh.fields import ID, TEXT, Schema
from whoosh.index import create_in


def main(folder: str, target: str) -> None:
    """Index all PDFs of a folder."""
    schema = Schema(path=ID(stored=True), text=TEXT(LanguageAnalyzer("nl"), stored=True))
    writer = create_in(target, schema).writer()
    for path in sorted(Path(folder).rglob("*.pdf")):
        try:
            writer.add_document(path=str(path), text=extract_text(path))
        except Exception as error:  # noqa: BLE001 - whatever pdfminer makes of a bad file
            sys.stderr.write(f"{path.name}: {type(error).__name__}\n")
    writer.commit()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
