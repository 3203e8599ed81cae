"""Which structure this is, apart from its code: an unchanged folder needs no more of it."""

ASSEMBLED = "18"
"""Of what is found: bump it when the same pages give another paper."""
PUBLISHED = "1"
"""Of what is made of official XML: bump it when the same files give another paper."""
