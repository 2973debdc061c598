"""A feature that asks and nothing else, so that what prompts do is seen by itself."""

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import String, cast, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from slackapp.core.clock import TurnedClock
from slackapp.core.transaction import Events, Parts, Transactions, Tx
from slackapp.features.prompts import service
from slackapp.features.prompts.jobs import ask_what_is_due
from slackapp.features.prompts.models import Prompt
from slackapp.features.prompts.rules import (
    Ask,
    Asked,
    Echoes,
    Edited,
    Expired,
    Ladder,
    Question,
    Replied,
    ToChannel,
)
from slackapp.features.workspaces.models import Channel, ChannelMember
from slackapp.features.workspaces.rules import PersonLeft
from slackapp.features.workspaces.service import install, introduce
from slackapp.outbox.models import OutboxMessage, State
from slackapp.outbox.rules import Dead
from slackapp.slack.blocks import Message, paragraph
from slackapp.slack.people import Profile

#: Who is asked, and where they are.
ZONES = {
    "U1": "Europe/Stockholm",
    "U2": "Europe/London",
    "U3": "America/New_York",
    "U4": "Pacific/Auckland",
}
KIND = "question"
T = TypeVar("T")


@dataclass(frozen=True)
class Put:
    """A prompt put to a person."""

    subject_id: int
    user_id: str
    at: datetime
    message: str
    at_once: bool


@dataclass
class Asking:
    transactions: Transactions
    workspace_id: int
    clock: TurnedClock
    puts: list[Put] = field(default_factory=list)
    channel: Counter[int] = field(default_factory=Counter)
    expired: Counter[int] = field(default_factory=Counter)
    replies: list[Replied] = field(default_factory=list)
    edits: list[Edited] = field(default_factory=list)
    #: Keys of the answers that were kept from replies, with what they answered.
    kept: dict[str, int] = field(default_factory=dict)

    # What the feature does

    async def show(self, tx: Tx, ask: Ask) -> Message:
        del tx
        return Message(f"Question {ask.subject_id}", [paragraph(f"Question {ask.subject_id}")])

    async def was_asked(self, tx: Tx, event: Asked) -> None:
        found = await tx.session.scalars(select(Prompt).where(Prompt.subject_id == event.subject_id))
        prompt = found.one()
        assert prompt.message is not None
        self.puts.append(
            Put(prompt.subject_id, prompt.user_id, tx.now, prompt.message, at_once=prompt.at_once)
        )

    async def ask_channel(self, tx: Tx, event: ToChannel) -> None:
        del tx
        self.channel[event.subject_id] += 1

    async def expire(self, tx: Tx, event: Expired) -> None:
        del tx
        self.expired[event.subject_id] += 1

    async def take(self, tx: Tx, event: Replied) -> None:
        self.replies.append(event)
        await service.answered(tx, event.kind, event.subject_id, event.user_id)

    async def correct(self, tx: Tx, event: Edited) -> None:
        del tx
        self.edits.append(event)

    async def echo(self, tx: Tx, surface: Echoes) -> tuple[str, int] | None:
        del tx
        subject_id = self.kept.get(surface.answer_key)
        return None if subject_id is None else (KIND, subject_id)

    # What a test does

    async def do(self, use: Callable[[Tx], Awaitable[T]]) -> T:
        return await self.transactions.run(self.workspace_id, use)

    async def ask(  # noqa: PLR0913 - the fields of a question
        self,
        subject_id: int = 1,
        user: str = "U1",
        *,
        ladder: Ladder = Ladder.UNTIL_ANSWERED,
        owner: str | None = None,
        backup: str | None = None,
        channel: str | None = None,
        at: datetime | None = None,
    ) -> None:
        question = Question(
            KIND,
            subject_id,
            user,
            channel_id=channel,
            owner_id=owner,
            backup_id=backup,
            ladder=ladder,
        )
        await self.do(lambda tx: service.ask(tx, question, at or tx.now))

    async def tell(
        self,
        subject_id: int,
        user: str = "U1",
        channel: str | None = None,
        at: datetime | None = None,
    ) -> None:
        await self.do(lambda tx: service.tell(tx, KIND, subject_id, user, at or tx.now, channel))

    async def prompt(self, subject_id: int = 1) -> Prompt:
        async def read(tx: Tx) -> Prompt:
            found = await tx.session.scalars(select(Prompt).where(Prompt.subject_id == subject_id))
            return found.one()

        return await self.do(read)

    async def messages(self, user: str) -> list[OutboxMessage]:
        """What is wanted in this person's direct message, the oldest first."""

        async def read(tx: Tx) -> list[OutboxMessage]:
            found = await tx.session.scalars(
                select(OutboxMessage).where(OutboxMessage.user_id == user).order_by(OutboxMessage.id)
            )
            return list(found)

        return await self.do(read)

    async def beat(self) -> None:
        """Do all that is due now."""
        for _ in range(20):
            await self.do(ask_what_is_due)
            if (due := await self.next_due()) is None or due > self.clock.now():
                return
        raise AssertionError("What is due never ends.")

    async def deliver(self) -> None:
        """Slack shows everything as it should look."""

        async def show(tx: Tx) -> None:
            row = OutboxMessage
            await tx.session.execute(
                update(row)
                .where(row.state == State.WAITING)
                .values(
                    state=State.SENT,
                    shown=row.wanted,
                    posted_channel=literal("D-") + row.user_id,
                    ts=cast(row.id, String),
                )
            )

        await self.do(show)

    async def next_due(self) -> datetime | None:
        async with self.transactions.everywhere() as session:
            found: datetime | None = await session.scalar(select(func.min(Prompt.next_at)))
            return found

    async def turn(self, **by: float) -> None:
        await self.turn_to(self.clock.now() + timedelta(**by))

    async def turn_to(self, moment: datetime) -> None:
        """Let time pass, and all happen when it falls due."""
        while self.clock.now() < moment:
            due = await self.next_due()
            self.clock.turn(min(moment, max(due, self.clock.now())) if due else moment)
            await self.beat()

    async def know(self, user: str, *, tz: str | None = None, **profile: Any) -> None:  # noqa: ANN401 - Slack's fields
        """What Slack says of a person now."""
        await self.do(lambda tx: introduce(tx, Profile(id=user, name=user, tz=tz or ZONES[user], **profile)))

    async def private(self, channel: str, *members: str) -> None:
        async def make(tx: Tx) -> None:
            await tx.session.merge(
                Channel(
                    workspace_id=tx.workspace_id,
                    channel_id=channel,
                    name=channel,
                    is_private=True,
                    is_archived=False,
                    is_member=True,
                )
            )
            for user in members:
                row = ChannelMember(workspace_id=tx.workspace_id, channel_id=channel, user_id=user)
                await tx.session.merge(row)

        await self.do(make)

    async def leaves(self, user: str, channel: str) -> None:
        async def leave(tx: Tx) -> None:
            row = await tx.session.get(ChannelMember, (tx.workspace_id, channel, user))
            await tx.session.delete(row)
            await tx.session.flush()
            await tx.emit(PersonLeft(user, channel))

        await self.do(leave)

    def asked(self, subject_id: int = 1) -> list[tuple[str, date]]:
        """Who was asked about it, and on which date of theirs as the clock has it in UTC."""
        return [(put.user_id, put.at.date()) for put in self.puts if put.subject_id == subject_id]


async def asking(engine: AsyncEngine, clock: TurnedClock) -> Asking:
    """With the people of `ZONES`."""
    transactions = Transactions(engine, clock, {}, {})
    async with transactions.install() as session:
        workspace_id = await install(session, team_id="T1", name="Ferrybridge", now=clock.now())
    feature = Asking(transactions, workspace_id, clock)
    events: Events = {
        Asked: (feature.was_asked,),
        ToChannel: (feature.ask_channel,),
        Expired: (feature.expire,),
        Replied: (feature.take,),
        Edited: (feature.correct,),
        PersonLeft: (service.pass_over,),
        Dead: (service.undeliverable,),
    }
    parts: Parts = {Ask: (feature.show,), Echoes: (feature.echo,)}
    feature.transactions = Transactions(engine, clock, events, parts)
    for user in ZONES:
        await feature.know(user)
    return feature
