"""What a person types → a query tree, and a tree as text."""
