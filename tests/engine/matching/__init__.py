"""Tests of indexer.engine.matching."""
