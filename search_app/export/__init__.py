"""What leaves the site as a file: hits, citations, a feed."""
