"""PDF to pages of text; the only package that imports pdfminer."""
