"""The server under load: people who search, alone and while the index is renewed."""
