"""Where words stand: made by inversion, kept in a file, read as arrays."""
