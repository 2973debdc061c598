"""The plan: everything that happens in half a year, by time, made from a seed before any of it happens.

A part is a function from the seed to its entries, in a module of its own, and stands in `PARTS`. An entry is
who does what, and when. A feature that leaves its traces in the half year adds such a part: what people can
do is written in the manner of `acts`, their days in the manner of `beginnings`, and chance comes from
`Dice(seed, "its name")`, so that no other part changes. What belongs to one launch stands in its `also`.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from slackapp.playground.history import beginnings, discovered, polls, retros, shipped, smalltalk
from slackapp.playground.history.diary import YEAR, Entry

Part = Callable[[int], Iterable[Entry]]

#: A Monday morning and a Friday morning, both while Europe is at work.
START = datetime(YEAR, 5, 4, 7, 0, tzinfo=UTC)
END = datetime(YEAR, 10, 30, 10, 10, tzinfo=UTC)

PARTS: Sequence[Part] = (
    beginnings.acts,
    shipped.acts,
    polls.acts,
    discovered.acts,
    retros.acts,
    smalltalk.acts,
)


def plan(seed: int) -> list[Entry]:
    """All parts as one, by time."""
    return sorted((entry for part in PARTS for entry in part(seed)), key=lambda entry: entry.at)
