"""Generations of an index: published whole, kept, found broken."""
