"""What is known of an outcome, as far as its reader may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from slackapp.core.transaction import Tx
from slackapp.core.words import counted
from slackapp.features.follow_ups.models import FollowUp
from slackapp.features.follow_ups.rules import ANSWERS, KIND
from slackapp.features.launches import queries as launch_queries
from slackapp.features.launches.models import Guardrail, Launch
from slackapp.features.launches.queries import Rate, Reader
from slackapp.features.launches.rules import Action, Role, may
from slackapp.features.learnings import queries as learning_queries
from slackapp.features.learnings.models import Learning
from slackapp.features.learnings.queries import Found
from slackapp.features.metrics import queries as metric_queries
from slackapp.features.metrics.models import Reading
from slackapp.features.metrics.rules import Direction, Verdict, judge, show
from slackapp.features.prompts.queries import find
from slackapp.features.workspaces.queries import channel, is_nobody


@dataclass(frozen=True)
class Answer:
    """A follow-up with the reading that answers it, if one does."""

    follow_up: FollowUp
    reading: Reading | None

    @property
    def shown(self) -> str:
        return show(self.reading.value, self.reading.unit) if self.reading else ""

    def days_after(self, launch: Launch) -> str:
        return counted((self.reading.observed_on - launch.day).days if self.reading else 0, "day")


@dataclass(frozen=True)
class Watched:
    """A guardrail with what it was at the final check, if that was said."""

    guardrail: Guardrail
    reading: Reading | None

    @property
    def is_lost(self) -> bool:
        guardrail = self.guardrail
        verdict = judge(
            Direction(guardrail.direction),
            baseline=guardrail.baseline,
            target=None,
            smallest_change=guardrail.smallest_change,
            actual=self.reading.value if self.reading else None,
        )
        return verdict == Verdict.REGRESSED


@dataclass(frozen=True)
class Learned:
    """What a launch taught, and the earlier learning that is about, if it may be read of here."""

    learning: Learning
    about: Found | None


@dataclass(frozen=True)
class Story:
    """What came of a launch: all that its reader, or its channel, may read of it."""

    launch: Launch
    answer: Answer
    watched: Sequence[Watched] = ()
    #: Launches on the same metric in the same time.
    others: Sequence[Launch] = ()
    learned: Learned | None = None
    rate: Rate | None = None
    may_override: bool = False
    #: To whom it is told; None: to the launch's channel.
    reader: str | None = None


@dataclass(frozen=True)
class Offer:
    """What a form about an answer has to offer this reader beside the number."""

    launch: Launch
    answer: Answer
    watched: Sequence[Watched] = ()
    others: Sequence[Launch] = ()
    learning: Learning | None = None
    #: What it may support or contradict. None: that is not asked for.
    earlier: Sequence[Found] | None = None


async def answer_of(tx: Tx, follow_up: FollowUp) -> Answer:
    reading = None
    if follow_up.reading_id is not None:
        reading = await metric_queries.reading(tx, follow_up.reading_id)
    return Answer(follow_up, reading)


async def watched(tx: Tx, launch_id: int) -> list[Watched]:
    found = []
    for guardrail in await launch_queries.guardrails(tx, launch_id):
        read = guardrail.reading_id
        found.append(Watched(guardrail, None if read is None else await metric_queries.reading(tx, read)))
    return found


async def roles(
    tx: Tx, user_id: str, launch: Launch, follow_up: FollowUp, *, here: str | None = None
) -> frozenset[Role]:
    """What this person is to the launch and to this question. `here`: the channel they act in.

    Somebody outside of a private channel is nothing to it, whatever they were asked before they left.
    """
    if await is_nobody(tx, user_id, launch.channel_id):
        return frozenset()
    prompt = await find(tx, KIND, follow_up.id)
    is_asked = follow_up.answered_by == user_id or (prompt is not None and prompt.user_id == user_id)
    asked_id = user_id if is_asked else None
    found = set(await launch_queries.roles(tx, user_id, launch, here=here, asked_id=asked_id))
    if follow_up.channel_message is not None:
        there = await channel(tx, launch.channel_id)
        # Of a private channel all members are known, guests too; of a public one whoever acts in it is there.
        is_there = here == launch.channel_id or (there is not None and there.is_private)
        if is_there or Role.MEMBER in found:
            found.add(Role.CHANNEL)
    return frozenset(found)


async def story(tx: Tx, follow_up: FollowUp, *, reader: str | None) -> Story:
    """What is told to this reader; without one, to the launch's channel."""
    launch = await launch_queries.launch(tx, follow_up.launch_id)
    answer = await answer_of(tx, follow_up)
    if follow_up.state not in ANSWERS or not follow_up.final:
        return Story(launch, answer, reader=reader)
    theirs = frozenset() if reader is None else await roles(tx, reader, launch, follow_up)
    # Whoever it was passed on to may be a stranger to the channel, and learns nothing of its other launches.
    is_insider = Role.MEMBER in theirs
    return Story(
        launch,
        answer,
        await watched(tx, launch.id),
        await _others(tx, launch, _until(answer), reader) if reader is None or is_insider else (),
        await _learned(tx, launch, reader, is_insider=is_insider),
        await launch_queries.rate(tx, launch.channel_id) if is_insider else None,
        may(Action.OVERRIDE, theirs),
        reader,
    )


async def offer(tx: Tx, follow_up: FollowUp, user_id: str, *, today: date, here: str | None = None) -> Offer:
    """What the form shows to this person."""
    launch = await launch_queries.launch(tx, follow_up.launch_id)
    answer = await answer_of(tx, follow_up)
    is_insider = Role.MEMBER in await roles(tx, user_id, launch, follow_up, here=here)
    others = await _others(tx, launch, today, user_id) if is_insider else ()
    if not follow_up.final:
        return Offer(launch, answer, others=others)
    learning = await learning_queries.of_launch(tx, launch.id)
    reader = Reader(user_id, launch.channel_id)
    earlier = await learning_queries.earlier(tx, launch, reader) if is_insider else ()
    if learning is not None and learning.about_id is not None:
        about = await learning_queries.readable(tx, learning.about_id, reader) if is_insider else None
        # What this person cannot see they cannot change, nor lose for others.
        if about is None:
            return Offer(launch, answer, await watched(tx, launch.id), others, learning, None)
        if about.learning.id not in {found.learning.id for found in earlier}:
            earlier = [about, *earlier]
    return Offer(launch, answer, await watched(tx, launch.id), others, learning, earlier or None)


async def _others(tx: Tx, launch: Launch, until: date, reader: str | None) -> Sequence[Launch]:
    if launch.metric_key is None:
        return ()
    return await launch_queries.same_metric(tx, launch, until, user_id=reader)


async def _learned(tx: Tx, launch: Launch, reader: str | None, *, is_insider: bool) -> Learned | None:
    learning = await learning_queries.of_launch(tx, launch.id)
    if learning is None:
        return None
    about = None
    if learning.about_id is not None and reader is None:
        about = await learning_queries.nameable(tx, learning.about_id, launch.channel_id)
    elif learning.about_id is not None and is_insider:
        reads = Reader(reader or "", launch.channel_id)
        about = await learning_queries.readable(tx, learning.about_id, reads)
    return Learned(learning, about)


def _until(answer: Answer) -> date:
    """The last day of the time that the outcome speaks of."""
    if answer.reading is not None:
        return answer.reading.observed_on
    assert answer.follow_up.answered_at is not None
    return answer.follow_up.answered_at.date()
