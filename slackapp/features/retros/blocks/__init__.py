"""How retros look."""
