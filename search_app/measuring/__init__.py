"""How good and how fast searching is, against topics and queries."""
