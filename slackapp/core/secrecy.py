"""Not knowing who: keys and ids nobody can guess, and the hash by which somebody's own is found again."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

#: What it draws cannot be worked out from what it drew before.
_LOT = secrets.SystemRandom()


def new_key() -> str:
    return secrets.token_hex(32)


def new_id() -> str:
    return secrets.token_hex(16)


def shuffled(things: Sequence[T]) -> list[T]:
    return _LOT.sample(things, len(things))


def mac_of(key: str, user_id: str) -> str:
    """By this what somebody wrote is found again as long as the key is there, and by nothing without it."""
    return hmac.new(key.encode(), user_id.encode(), hashlib.sha256).hexdigest()


def is_mac(kept: str | None, mac: str) -> bool:
    return kept is not None and hmac.compare_digest(kept, mac)
