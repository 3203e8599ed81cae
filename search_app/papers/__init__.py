"""What is shown of a paper: its page, its dossier, and the papers that belong to it."""
