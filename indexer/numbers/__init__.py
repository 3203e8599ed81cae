"""Numbers of papers: from any printed or typed form to one normal form."""
