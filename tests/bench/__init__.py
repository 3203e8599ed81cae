"""What it costs, beside the plain way to do the same."""
