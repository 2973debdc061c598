"""Retros: what a team says of its work without watching each other, and what it decides to do about it."""
