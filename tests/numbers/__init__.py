"""Tests of indexer.numbers."""
