"""Everything that decides what an index is: from a PDF to a published index."""
