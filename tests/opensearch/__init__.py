"""Real OpenSearch nodes for development and tests, and what is tested on them."""
