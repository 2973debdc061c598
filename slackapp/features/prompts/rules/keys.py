"""How messages that ask, and answers to replies, are called in the outbox."""

from datetime import date, datetime


def daily_key(user_id: str, day: date) -> str:
    return f"prompts:{user_id}:{day.isoformat()}"


def single_key(user_id: str, prompt_id: int, now: datetime) -> str:
    """Asked at once a second time, it is a new message."""
    return f"prompts:{user_id}:{prompt_id}:{int(now.timestamp())}"


def is_prompt_key(key: str) -> bool:
    """Whether the outbox key may be that of a message that asks."""
    return key.startswith("prompts:")


def reply_key(user_id: str, ts: str) -> str:
    return f"prompts:{user_id}:reply:{ts}"
