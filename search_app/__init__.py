"""Everything that reads an index: from what a person types to a page or JSON."""
