"""Which lists App Home has, and how much of each it shows."""

from enum import StrEnum

#: Open questions on Home. As these are answered the next ones come up.
MOST_WAITING = 3
#: Launches of each list on Home; the rest is in a modal.
FEW = 5
#: Launches on a page of that modal.
PAGE = 10
#: Channels whose launches are summed up.
MOST_CHANNELS = 3


class Listed(StrEnum):
    #: One's own that have no outcome yet, what happens next first.
    OPEN = "open"
    #: One's own with an outcome, the latest first.
    OUTCOMES = "outcomes"
    #: Others' that one said to have worked on.
    WORKED = "worked"


def read_page(value: str | None) -> tuple[Listed, str]:
    """Which list a button turns the pages of, and where to, as it is written there."""
    listed, _, offset = (value or "").partition(":")
    return Listed(listed) if listed in set(Listed) else Listed.OPEN, offset
