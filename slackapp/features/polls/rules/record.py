"""A poll as it is taken away: every round with what it came to, and never who answered what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True)
class Counted:
    """An option, and how many chose it."""

    option: str
    count: int
    percent: int


@dataclass(frozen=True)
class Outcome:
    """What some people's answers come to."""

    answered: int
    counts: Sequence[Counted] = ()
    mean: Decimal | None = None
    median: Decimal | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    texts: Sequence[str] = ()


@dataclass(frozen=True)
class RoundRecord:
    number: int
    opened_at: datetime
    #: None: it is open.
    closed_at: datetime | None
    #: Which wording it asked with, and that wording.
    version: int
    question: str
    #: None: nobody knows.
    meant: int | None
    answered: int
    #: None: nothing is shown, for the reason of `withheld`.
    outcome: Outcome | None
    withheld: str | None = None
    #: By the function of who answered, where that is counted.
    by_function: Mapping[str, Outcome] = field(default_factory=dict)


@dataclass(frozen=True)
class PollRecord:
    label: str
    kind: str
    anonymous: bool
    #: From the first on.
    rounds: Sequence[RoundRecord]
    taken_at: datetime
