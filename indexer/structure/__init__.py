"""Pages of text to a Paper that knows what it is."""
