"""What can be done in a retro."""
