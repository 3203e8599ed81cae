"""Tests of search_app."""
