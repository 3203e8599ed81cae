"""Tests of indexer.engine.publishing."""
