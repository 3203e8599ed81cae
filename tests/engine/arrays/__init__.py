"""Tests of indexer.engine.arrays."""
