"""Tests of indexer.engine.postings."""
