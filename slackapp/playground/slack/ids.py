"""What this workspace mints and nobody else could: ids, tokens, and timestamps that only rise."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

_TICKS = 10_000  # a timestamp's last two digits stay zero, so that reading one as a float loses them


def new_id(prefix: str) -> str:
    return f"{prefix}0{secrets.token_hex(5).upper()}"


@dataclass(frozen=True)
class Tokens:
    """The three secrets of one installed app. The prefixes can never be mistaken for production's."""

    bot: str
    app: str
    signing_secret: str
    verification: str

    @classmethod
    def mint(cls) -> "Tokens":
        return cls(
            bot=f"xoxb-playground-{secrets.token_hex(16)}",
            app=f"xapp-playground-{secrets.token_hex(16)}",
            signing_secret=secrets.token_hex(16),
            verification=f"playground{secrets.token_hex(8)}",
        )


class Stamps:
    """Message timestamps in story time: text, unique, rising even if the clock stands or is turned back."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._last = 0

    def mint(self) -> str:
        self._last = max(int(self._clock() * _TICKS), self._last + 1)
        return f"{self._last // _TICKS}.{self._last % _TICKS:04d}00"

    def after(self, ts: str) -> None:
        """Nothing minted from here on is at or before `ts`."""
        self._last = max(self._last, micros(ts) // 100)


def micros(ts: str) -> int:
    """A timestamp as whole microseconds: the only safe number to compare it by. ValueError if it is none."""
    seconds, _, fraction = ts.partition(".")
    if not seconds.isdigit() or (fraction and not fraction.isdigit()):
        raise ValueError(f"{ts!r} is no timestamp")
    return int(seconds) * 1_000_000 + int(fraction[:6].ljust(6, "0"))
