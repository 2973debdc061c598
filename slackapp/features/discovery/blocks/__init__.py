"""Discovery as people see it."""
