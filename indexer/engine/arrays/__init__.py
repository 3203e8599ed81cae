"""Arrays that an index is made of: in memory, in a file, as bits, as words."""
