"""All that came of a closed retro: what its summary tells, `/retro show` shows and its files hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from slackapp.core.words import counted

#: Scores are shown once so many people gave one: of fewer it could be told who.
FEWEST_SCORES = 3


@dataclass(frozen=True)
class Mark:
    """What people say of one question, from 1 to 5."""

    answers: int
    #: None where too few answered to show it.
    mean: float | None

    @classmethod
    def of(cls, scores: Sequence[int]) -> "Mark":
        shown = len(scores) >= FEWEST_SCORES
        return cls(len(scores), round(sum(scores) / len(scores), 2) if shown else None)


@dataclass(frozen=True)
class LookedBackOn:
    """A launch the retro looked back on, and what happened after it. Numbers are as people read them."""

    label: str
    title: str
    works: Mark
    needed: Mark
    #: Empty of a launch without a metric.
    metric: str = ""
    before: str = ""
    hoped: str = ""
    #: Empty as long as there is no final number; then `unanswered` may say why.
    after: str = ""
    days: int = 0
    verdict: str = ""
    guardrail_loss: bool = False
    unanswered: str = ""

    @property
    def change(self) -> str:
        """Activation 40 % → 44 %. Empty where there is no final number."""
        was = f"{self.before} → " if self.before else ""
        return f"{self.metric} {was}{self.after}" if self.after else ""

    @property
    def rest(self) -> str:
        """What is said after that, or in its place: 30 days later; hoped for 50 %. Verdict: moved."""
        if not self.metric:
            return "No metric was named."
        if self.unanswered:
            return f"{self.metric} was not measured. {self.unanswered}."
        if not self.after:
            return f"{self.metric} is still to be measured."
        hoped = f"; hoped for {self.hoped}" if self.hoped else ""
        loss = ", with guardrail loss" if self.guardrail_loss else ""
        return f", {counted(self.days, 'day')} later{hoped}. Verdict: {self.verdict or 'unmeasured'}{loss}."


@dataclass(frozen=True)
class Noted:
    """A note. In an anonymous retro nobody's."""

    text: str
    column: str
    is_late: bool = False
    source: str | None = None
    author: str | None = None


@dataclass(frozen=True)
class TopicRecord:
    """A topic in the order of discussion, with its notes."""

    name: str
    votes: int
    notes: Sequence[Noted]


@dataclass(frozen=True)
class ActionRecord:
    """An action item that came of the retro, as it stands now."""

    label: str
    text: str
    owner: str
    due_on: date
    #: One of the action items' states: open, done, dropped.
    state: str
    if_then: str = ""
    #: Why it was dropped.
    reason: str = ""
    #: yes, no or cannot_tell; None: nobody has said.
    helped: str | None = None
    topic: str | None = None


@dataclass(frozen=True)
class DecisionRecord:
    text: str
    topic: str | None = None


@dataclass(frozen=True)
class PhaseRecord:
    """A phase that was begun; `by` is None if its time had come."""

    phase: str
    began_at: datetime
    by: str | None = None


@dataclass(frozen=True)
class Record:
    """A closed retro."""

    label: str
    template: str
    channel: str
    facilitator: str
    is_anonymous: bool
    is_live: bool
    opened_at: datetime
    closed_at: datetime
    #: What happened to users. Empty: nobody said, and it was closed by a click that said so.
    impact: str
    #: How many handed in, and how many were invited; None where that is not known.
    handed_in: int
    invited: int | None
    launches: Sequence[LookedBackOn] = ()
    topics: Sequence[TopicRecord] = ()
    #: Notes that are in no topic.
    loose: Sequence[Noted] = ()
    decisions: Sequence[DecisionRecord] = ()
    actions: Sequence[ActionRecord] = ()
    #: Open when it was looked up, and of an earlier retro or none: what goes on to the next one.
    carried_over: Sequence[ActionRecord] = ()
    phases: Sequence[PhaseRecord] = ()

    @property
    def votes(self) -> int:
        return sum(topic.votes for topic in self.topics)

    @property
    def notes(self) -> int:
        return sum(len(topic.notes) for topic in self.topics) + len(self.loose)


def summary_key(retro_id: int) -> str:
    """The outbox's key of what the channel is told at the end."""
    return f"retros:{retro_id}:summary"
