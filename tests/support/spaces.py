"""What people read, to whom all spaces look the same."""

NO_BREAK = "\N{NO-BREAK SPACE}"


def as_seen(text: str) -> str:
    """The text with plain spaces, where some of them keep a number beside what it counts."""
    return text.replace(NO_BREAK, " ")
