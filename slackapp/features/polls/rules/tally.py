"""What a round came to, counted; and who may see it when."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Protocol

from slackapp.core.words import with_unit
from slackapp.features.polls.rules.answers import NO, SCALE, YES
from slackapp.features.polls.rules.kinds import FEWEST_SHOWN, Kind, Shows, Stage
from slackapp.features.workspaces.rules import Function

_HALF, _QUARTER = Fraction(1, 2), Fraction(1, 4)


@dataclass(frozen=True)
class Numbers:
    """What numbers were given: each different one with how often, from the least on."""

    each: Sequence[tuple[Decimal, int]]

    @property
    def n(self) -> int:
        return sum(count for _, count in self.each)

    @property
    def mean(self) -> Decimal:
        return sum((value * count for value, count in self.each), Decimal(0)) / self.n

    @property
    def median(self) -> Decimal:
        return self.at(_HALF)

    @property
    def quartiles(self) -> tuple[Decimal, Decimal]:
        """The first and the third."""
        return self.at(_QUARTER), self.at(1 - _QUARTER)

    @property
    def lowest(self) -> Decimal:
        return self.each[0][0]

    @property
    def highest(self) -> Decimal:
        return self.each[-1][0]

    def at(self, share: Fraction) -> Decimal:
        """The number at this share of the way from the lowest to the highest.

        In between two it is interpolated (Hyndman and Fan 1996, type 7).
        """
        place = share * (self.n - 1)
        below = int(place)
        one = self._nth(below)
        part = place - below
        return one if not part else one + (self._nth(below + 1) - one) * part.numerator / part.denominator

    def _nth(self, place: int) -> Decimal:
        for value, count in self.each:
            if place < count:
                return value
            place -= count
        raise IndexError(place)


@dataclass(frozen=True)
class Share:
    """How many of those who answered."""

    count: int
    of: int

    @property
    def percent(self) -> int:
        """Whole percent, half of one rounded up; 0 where nobody answered."""
        return (200 * self.count + self.of) // (2 * self.of) if self.of else 0

    @property
    def in_percent(self) -> str:
        """The same as it is said: 40 %."""
        return with_unit(self.percent, "%")


@dataclass(frozen=True)
class Results:
    """What a round came to. Nothing but `answered` and `meant` is there where it `is_withheld`."""

    kind: Kind
    answered: int
    #: None: nobody knows.
    meant: int | None
    #: Too few answered an anonymous round, or it is still open.
    is_withheld: bool = False
    #: How many chose each option, in the options' order; no and yes; 1 to 5 of a scale. Else nothing.
    counts: Sequence[int] = ()
    #: Of a scale and of numbers, where somebody answered.
    numbers: Numbers | None = None
    #: In an order that tells nothing of who wrote what, and stays.
    texts: Sequence[str] = ()
    #: The same of those of each function; None: theirs is not known. Empty where it is not asked for.
    by_function: Mapping[Function | None, "Results"] = field(default_factory=dict)

    @property
    def shares(self) -> Sequence[Share]:
        """Of a multiple choice they come to more than one."""
        return [Share(count, self.answered) for count in self.counts]


@dataclass
class Tally:
    """What the database counted, of a round or of those of one function in it."""

    answered: int = 0
    #: By their places.
    options: Counter[int] = field(default_factory=Counter)
    numbers: Counter[Decimal] = field(default_factory=Counter)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.answered + other.answered, self.options + other.options, self.numbers + other.numbers
        )


def results_of(
    kind: Kind,
    options: int,
    meant: int | None,
    tallies: Mapping[str | None, Tally],
    *,
    texts: Sequence[str] = (),
    by_function: bool = False,
) -> Results:
    """What comes of what was counted, by function; `options`: how many there are to choose from."""
    whole = _counted(kind, options, sum(tallies.values(), Tally()))
    parts = {
        None if function is None else Function(function): _counted(kind, options, tally)
        for function, tally in tallies.items()
    }
    return replace(whole, meant=meant, texts=texts, by_function=parts if by_function else {})


def withheld(kind: Kind, answered: int, meant: int | None) -> Results:
    return Results(kind, answered, meant, is_withheld=True)


def _counted(kind: Kind, options: int, tally: Tally) -> Results:
    counts: Sequence[int] = [tally.options[place] for place in _places(kind, options)]
    given = Counter({Decimal(place): count for place, count in tally.options.items()})
    numbers = given if kind is Kind.SCALE else tally.numbers
    each = sorted((value, count) for value, count in numbers.items())
    return Results(kind, tally.answered, None, counts=counts, numbers=Numbers(each) if each else None)


def _places(kind: Kind, options: int) -> Sequence[int]:
    match kind:
        case Kind.SCALE:
            return SCALE
        case Kind.YES_NO:
            return (NO, YES)
        case Kind.SINGLE | Kind.MULTIPLE:
            return range(options)
        case _:
            return ()


def in_some_order(texts: Sequence[str], round_id: int) -> Sequence[str]:
    """An order that comes from the texts alone, and is another in each round."""
    return sorted(texts, key=lambda text: (sha256(f"{round_id}:{text}".encode()).digest(), text))


class _Poll(Protocol):
    @property
    def is_anonymous(self) -> bool: ...
    @property
    def shows(self) -> str: ...


class _Round(Protocol):
    @property
    def stage(self) -> str: ...
    @property
    def closed_at(self) -> datetime | None: ...
    @property
    def is_withheld(self) -> bool: ...


def may_see(poll: _Poll, round_: _Round, *, has_answered: bool) -> bool:
    """Whether somebody whom the channel is open to may see now what the round came to."""
    return why_hidden(poll, round_, has_answered=has_answered) is None


def why_hidden(poll: _Poll, round_: _Round, *, has_answered: bool) -> str | None:
    """The sentence that says why not; None: they may."""
    match round_.stage:
        case Stage.CLOSED:
            return TOO_FEW if round_.is_withheld else None
        case Stage.OPEN:
            pass
        case _:
            return "Nobody was asked in this round."
    if poll.is_anonymous:
        return "This round is anonymous: its results are shown once, when it closes."
    if poll.shows == Shows.AT_CLOSE:
        return "Results are shown when this round closes."
    if poll.shows == Shows.AFTER_ANSWER and not has_answered:
        return "You see the results once you have answered."
    return None


TOO_FEW = (
    f"Fewer than {FEWEST_SHOWN} people answered. In an anonymous poll nothing is shown then, and what they "
    "answered was deleted."
)
