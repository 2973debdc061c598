"""What a poll can be made from: questions that are asked often, with how they are asked best."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from slackapp.core.recurrence import Every
from slackapp.features.polls.rules.kinds import Kind, Shows, Way

_DAY = 24 * 60

#: The place of “I'll be there” among the options of the templates that ask who comes.
ATTENDS = 0


class Template(StrEnum):
    PARTICIPATION = "participation"
    DEEP_DIVE = "deep_dive"
    PLANNING = "planning"
    VISION = "vision"
    SHARED = "shared"
    TRUST = "trust"
    MORALE = "morale"
    #: Nothing: a question of one's own.
    OWN = "own"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def proposal(self) -> "Proposal":
        return _PROPOSALS[self]

    @property
    def asks_who_comes(self) -> bool:
        """Whether option `ATTENDS` says that somebody will be there."""
        return self in {Template.DEEP_DIVE, Template.PLANNING}


@dataclass(frozen=True)
class Proposal:
    """How a poll of a template is asked, unless somebody says otherwise."""

    kind: Kind
    text: str = ""
    details: str = ""
    #: Of a choice: what can be chosen. Of a scale: what its two ends mean.
    options: Sequence[str] = ()
    thread: str = ""
    way: Way = Way.CHANNEL
    is_anonymous: bool = False
    by_function: bool = False
    shows: Shows = Shows.LIVE
    open_minutes: int = 2 * _DAY
    every: Every | None = None


_LABELS: Mapping[Template, str] = {
    Template.PARTICIPATION: "Who took part in discovery",
    Template.DEEP_DIVE: "A tech deep dive: who comes, and what to ask",
    Template.PLANNING: "A planning: who comes",
    Template.VISION: "Is the vision clear?",
    Template.SHARED: "Do we share an understanding?",
    Template.TRUST: "Can we say what we think?",
    Template.MORALE: "How are we?",
    Template.OWN: "A question of your own",
}

_WHO_COMES = ("I'll be there", "I can't this time", "I'll read what comes of it")

_DEEP_DIVE = """\
Architecture and limits: what is it built on, and where does it end?
Scalability: what happens with ten times as much?
Effort: what is small, what is large, and why?
Trade-offs: what do we give up for what?"""


def _monthly(text: str, lowest: str, highest: str) -> Proposal:
    """What people answer honestly only where nobody can know it was them."""
    return Proposal(
        Kind.SCALE,
        text,
        options=(lowest, highest),
        is_anonymous=True,
        shows=Shows.AT_CLOSE,
        open_minutes=3 * _DAY,
        every=Every.MONTH,
    )


_PROPOSALS: Mapping[Template, Proposal] = {
    Template.PARTICIPATION: Proposal(
        Kind.YES_NO,
        "Did you take part in finding out what to build in the last two weeks?",
        details="User research, interviews, framing a problem, hypotheses, a look at support or incidents, "
        "a tech deep dive, planning, vision: all of it counts.",
        by_function=True,
        shows=Shows.AT_CLOSE,
        every=Every.FORTNIGHT,
    ),
    Template.DEEP_DIVE: Proposal(
        Kind.SINGLE,
        "Will you be at the tech deep dive?",
        details=_DEEP_DIVE,
        options=_WHO_COMES,
        thread="What would you like to know? Questions written here can be prepared.",
        by_function=True,
    ),
    Template.PLANNING: Proposal(
        Kind.SINGLE, "Will you be at the next planning?", options=_WHO_COMES, by_function=True
    ),
    Template.VISION: _monthly(
        "How clear is it to you where our product is heading, and why?", "Not at all clear", "Entirely clear"
    ),
    Template.SHARED: _monthly(
        "How much do we agree on what we build next, and for whom?", "Not at all", "Entirely"
    ),
    Template.TRUST: _monthly(
        "How easy is it here to say what you think, also when others see it differently?",
        "Very hard",
        "Very easy",
    ),
    Template.MORALE: _monthly("How have you felt at work these last weeks?", "Very bad", "Very good"),
    Template.OWN: Proposal(Kind.YES_NO),
}
