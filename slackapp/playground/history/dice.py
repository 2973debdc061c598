"""Chance, by a seed alone: what is said one way or another, a number within its range, and when exactly."""

import random
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TypeVar

T = TypeVar("T")

#: `{82.0~83.5}` is a number in between, with as many decimals; `{great|lovely}` is one of the words.
_OPEN = re.compile(r"\{([^{}]*)\}")
_RANGE = re.compile(r"(-?[0-9.]+)~(-?[0-9.]+)")


class Dice:
    def __init__(self, seed: int, name: str) -> None:
        """Each name has a chance of its own, so that what is added beside it changes nothing here."""
        self._random = random.Random(f"{seed} {name}")  # noqa: S311 - a story, not a key

    def say(self, written: str) -> str:
        """The words with every choice in them made."""
        return _OPEN.sub(lambda found: self._choose(found[1]), written)

    def minutes(self, least: int, most: int) -> int:
        return self._random.randint(least, most)

    def happens(self, chance: float) -> bool:
        return self._random.random() < chance

    def some(self, of: Sequence[T], many: int) -> list[T]:
        """So many of them, in the order in which they stand."""
        chosen = sorted(self._random.sample(range(len(of)), min(many, len(of))))
        return [of[place] for place in chosen]

    def shuffled(self, of: Iterable[T]) -> list[T]:
        shuffled = list(of)
        self._random.shuffle(shuffled)
        return shuffled

    def one(self, of: Sequence[T]) -> T:
        return self._random.choice(of)

    def _choose(self, written: str) -> str:
        between = _RANGE.fullmatch(written)
        if between is None:
            return self._random.choice(written.split("|"))
        low, high = Decimal(between[1]), Decimal(between[2])
        step = Decimal(1).scaleb(int(low.as_tuple().exponent))
        return str(low + step * self._random.randint(0, int((high - low) / step)))
