"""Looks at everything the app needs, and says what to do where something is wrong."""
