"""How a question was answered before: from a pasted text to a worksheet, without Flask."""
