"""What was found, in words for whoever runs the app."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    #: What was looked at.
    name: str
    ok: bool
    #: What was found, in a sentence.
    words: str
    #: What to do about it; empty where nothing has to be done.
    remedy: str = ""


def fine(name: str, words: str) -> Finding:
    return Finding(name, ok=True, words=words)


def wrong(name: str, words: str, remedy: str) -> Finding:
    return Finding(name, ok=False, words=words, remedy=remedy)


def refused(name: str, error: Exception) -> Finding:
    """An error whose last sentence says what to do."""
    words, _, remedy = str(error).rpartition(". ")
    return wrong(name, f"{words}.", remedy)


def not_looked_at(name: str, reason: str) -> Finding:
    return wrong(name, f"Not looked at: {reason}.", "Mend that first.")
