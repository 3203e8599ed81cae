"""The search service, without Flask: parameters → a page of results that explains itself."""
