"""Tests of indexer.engine.documents."""
