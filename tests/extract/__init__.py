"""Tests of indexer.extract."""
