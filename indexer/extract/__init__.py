"""PDF to pages of text; the only package that imports pdfminer."""

from indexer.compiled import places

__path__[:0] = places("extract")
