"""Tests of indexer.engine.shown."""
