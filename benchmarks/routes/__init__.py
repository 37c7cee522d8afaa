"""What each route asks of PostgreSQL for an answer, and how large that is."""
