"""What keeps many visitors served at once: the open index, turns, limits, counts."""
