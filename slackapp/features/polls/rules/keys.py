"""Under which keys the messages of a round stand in the outbox."""

from datetime import date

_FEATURE = "polls"


def round_key(round_id: int) -> str:
    """The message in the channel."""
    return f"{_FEATURE}:{round_id}:round"


def thread_key(round_id: int) -> str:
    """The first word in the thread of the message in the channel."""
    return f"{_FEATURE}:{round_id}:thread"


def results_key(round_id: int) -> str:
    """What a round of direct messages came to, in the channel."""
    return f"{_FEATURE}:{round_id}:results"


def progress_key(round_id: int) -> str:
    """How far asking is, for whoever made the poll."""
    return f"{_FEATURE}:{round_id}:progress"


def held_key(round_id: int) -> str:
    """What asks whoever made the poll whether a round goes on of which nothing could be shown."""
    return f"{_FEATURE}:{round_id}:held"


def skipped_key(poll_id: int, day: date) -> str:
    """What tells whoever made the poll of a round that was not held, and so has no number."""
    return f"{_FEATURE}:of-{poll_id}:skipped:{day.isoformat()}"


def ask_key(round_id: int, user_id: str) -> str:
    """The direct message that asks somebody."""
    return f"{_FEATURE}:{round_id}:ask:{user_id}"


def remind_key(round_id: int, user_id: str) -> str:
    """The one that reminds them."""
    return f"{_FEATURE}:{round_id}:remind:{user_id}"
