"""Who takes part in finding out what to build, and whether it makes a difference."""
