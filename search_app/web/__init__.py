"""Flask: the pages and the JSON API."""
