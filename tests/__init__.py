"""Tests of Kamerzoek; the tree mirrors the code."""
