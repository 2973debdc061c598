"""What shipped, why, for whom, and what it was expected to change."""
