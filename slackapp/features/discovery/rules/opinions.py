"""What people said of vision, shared understanding, trust and morale: lately, and the time before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from slackapp.core.proportions import Proportion
from slackapp.features.discovery.rules.periods import Period
from slackapp.features.polls.rules.templates import Template

#: Polls' templates that ask for one, and what it is called.
OPINIONS: Mapping[str, str] = {
    Template.VISION: "Vision",
    Template.SHARED: "Shared understanding",
    Template.TRUST: "Trust",
    Template.MORALE: "Morale",
}


@dataclass(frozen=True)
class Voiced:
    """A closed round that shows what it came to."""

    round_id: int
    #: One of `OPINIONS`.
    template: str
    on: date
    #: Two rounds are compared where this is the same: the wording, and whom it was put to.
    alike: tuple[object, ...]


@dataclass(frozen=True)
class Level:
    """What a round came to."""

    on: date
    answered: int
    #: Of a scale from 1 to 5; of a yes or no there is the share of yes instead.
    mean: Decimal | None = None
    yes: Proportion | None = None


@dataclass(frozen=True)
class Opinion:
    #: One of `OPINIONS`.
    template: str
    lately: Level
    #: The one before in the same words, put to the same people; None: there is none.
    before: Level | None


def compared(voiced: Sequence[Voiced], period: Period) -> Sequence[tuple[Voiced, Voiced | None]]:
    """Of each template the latest round, if it is of that time, with the last one before that was alike.

    `voiced`: from the oldest to the newest. The one before may be of a time before the period.
    """
    found = []
    for template in OPINIONS:
        rounds = [each for each in voiced if each.template == template]
        if rounds and rounds[-1].on in period:
            before = [each for each in rounds[:-1] if each.alike == rounds[-1].alike]
            found.append((rounds[-1], before[-1] if before else None))
    return found
