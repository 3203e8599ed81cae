"""Which extraction this is, apart from its code: an unchanged folder needs no more of it."""

VERSION = "11"
"""Of what is extracted: bump it when the same file gives other pages."""
