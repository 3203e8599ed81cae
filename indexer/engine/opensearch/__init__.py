"""The distributed engine: an index in OpenSearch; `indexer.engine.locate` finds it."""
