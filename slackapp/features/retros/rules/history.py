"""What a channel's retros come to over time: who took part, what came of actions, what keeps coming back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from slackapp.features.retros.rules.record import Mark
from slackapp.features.retros.rules.similarity import suggest

#: Of fewer closed retros nothing is said: one is an accident, and two are a coincidence.
FEWEST_RETROS = 3
#: As many as a chart has points.
MOST_RETROS = 20
#: Topics of each retro that are looked at, those with the most votes.
MOST_TOPICS = 10


@dataclass(frozen=True)
class Held:
    """One closed retro, as it counts."""

    label: str
    closed_on: date
    handed_in: int
    #: None where that is not known.
    invited: int | None
    is_answered: bool
    topics: Sequence[str]
    works: Mark
    needed: Mark

    @property
    def share(self) -> float | None:
        """How much of a hundred handed in, of those invited."""
        if not self.invited:
            return None
        return round(100 * self.handed_in / self.invited, 1)


@dataclass(frozen=True)
class Actions:
    """What became of the action items that came of these retros."""

    total: int
    done: int
    dropped: int
    helped: int
    did_not: int
    #: Of those that are done: cannot be told.
    unclear: int


@dataclass(frozen=True)
class Returning:
    """A topic that stood in several retros: how it was called last, and in which."""

    name: str
    labels: Sequence[str]


@dataclass(frozen=True)
class History:
    """The oldest first."""

    held: Sequence[Held]
    actions: Actions

    @property
    def is_enough(self) -> bool:
        return len(self.held) >= FEWEST_RETROS


def pooled(marks: Sequence[Mark]) -> Mark:
    """One retro's mark over its launches: of those alone that are shown by themselves."""
    shown = [(mark.mean, mark.answers) for mark in marks if mark.mean is not None]
    answers = sum(count for _, count in shown)
    return Mark(answers, round(sum(m * n for m, n in shown) / answers, 2) if answers else None)


def returning(held: Sequence[Held]) -> Sequence[Returning]:
    """Topics alike in several retros; those that came back most often first, then the latest."""
    at = [(place, name) for place, retro in enumerate(held) for name in retro.topics]
    found = []
    for alike in suggest([name for _, name in at]):
        places = sorted({at[each][0] for each in alike.notes})
        if len(places) > 1:
            last = max(alike.notes, key=lambda each: at[each][0])
            found.append((places, Returning(at[last][1], [held[place].label for place in places])))
    found.sort(key=lambda each: (len(each[0]), each[0]), reverse=True)
    return [each for _, each in found]
