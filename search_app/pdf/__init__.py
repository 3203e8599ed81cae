"""A page of a PDF as an image, with what matched marked on it."""
