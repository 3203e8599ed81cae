"""Official open data → a folder of papers, politely and again and again."""
