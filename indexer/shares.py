"""A part of the files for one of many processes that build one index together."""

from __future__ import annotations

from dataclasses import replace

from indexer.engine.share import Share
from indexer.folder import Sources
from indexer.ledger import Listed
from indexer.reading import Gathered


def files_of(sources: Sources, share: Share) -> Sources:
    """Return the PDFs of a share; lists are divided by line when they are read."""
    return Sources(tuple(pdf for pdf in sources.pdfs if share.holds(pdf.file)), sources.lists)


def lines_of(gathered: Gathered, share: Share) -> Gathered:
    """Return what was gathered with only the papers of lists that belong to the share."""
    lists = {
        path: Listed(
            tuple(row for row in listed.papers if share.holds(row[1].id)),
            tuple(failure for failure in listed.failures if share.holds(failure.path)),
        )
        for path, listed in gathered.lists.items()
    }
    return replace(gathered, lists=lists)
