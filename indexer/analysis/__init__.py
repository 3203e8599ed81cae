"""Text to tokens, the same for the index and for a query."""
