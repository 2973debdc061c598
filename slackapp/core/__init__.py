"""What every room stands on: database, transaction, clock, working time, settings, errors, logging."""
