"""What is known of papers beside their postings: made ready, kept, known again."""
