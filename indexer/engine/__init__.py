"""Papers to a published index, and a query tree to results."""
