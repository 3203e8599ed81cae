"""What is asked of an index in a folder without opening it: who does needs no Whoosh or numpy."""

from __future__ import annotations

VERSION = "12"
"""Of what the schema and the writer put in the index; part of the fingerprint."""

TABLES = "tables.json"
"""The file of a generation with the tables of its analysis."""
