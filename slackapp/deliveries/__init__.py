"""The messages of the outbox in the hands of whoever looks after the app: look, try again, drop."""
