"""A query tree → the documents that match, scored, filtered and grouped."""
