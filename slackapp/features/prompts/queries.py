"""What is open, and what one message asks."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from slackapp.core.errors import NotFoundError
from slackapp.core.transaction import Tx
from slackapp.core.working_time import local_date
from slackapp.features.prompts.models import Prompt, PromptPace, PromptState
from slackapp.features.prompts.rules import Ladder, daily_key, free_from, is_weekly
from slackapp.features.workspaces.queries import closed_channels, person

#: A query for ids, to be part of another one: there may be more of them than one statement could list.
Subjects = Select[int]

#: To be asked, or asked, and without an answer.
_OPEN = Prompt.state.in_((PromptState.ASKED, PromptState.WAITING))


async def in_message(tx: Tx, message: str) -> Sequence[Prompt]:
    """The prompts that the message of this outbox key asks, in the order they stand there."""
    found = await tx.session.scalars(
        select(Prompt)
        .where(Prompt.workspace_id == tx.workspace_id, Prompt.message == message)
        .order_by(Prompt.due_at, Prompt.id),
    )
    return found.all()


async def prompt(tx: Tx, prompt_id: int) -> Prompt:
    """Locked until the end of the transaction. `NotFoundError` if it is not of this workspace."""
    found: Prompt | None = await tx.session.scalar(
        select(Prompt)
        .where(Prompt.workspace_id == tx.workspace_id, Prompt.id == prompt_id)
        .with_for_update()
        .execution_options(populate_existing=True),
    )
    if found is None:
        raise NotFoundError("This question is not here any more.")
    return found


async def pace(tx: Tx, user_id: str) -> PromptPace:
    """How often this person is asked; as everybody, until they say or do something else."""
    found = await tx.session.get(PromptPace, (tx.workspace_id, user_id))
    return found or PromptPace(
        workspace_id=tx.workspace_id, user_id=user_id, ignored=0, weekly=False, last_on=None, last_at=None
    )


async def lock_message(tx: Tx, message: str) -> None:
    """Let nobody else change what this message asks until the end of the transaction.

    Two answers to one message at once would otherwise each redraw it without the other.
    """
    await tx.session.execute(
        select(Prompt.id)
        .where(Prompt.workspace_id == tx.workspace_id, Prompt.message == message)
        .order_by(Prompt.id)
        .with_for_update(),
    )


async def people_due(tx: Tx, limit: int) -> Sequence[str]:
    """The people of whom something is due, those who wait longest first."""
    found = await tx.session.scalars(
        select(Prompt.user_id)
        .where(Prompt.workspace_id == tx.workspace_id, Prompt.next_at <= tx.now)
        .group_by(Prompt.user_id)
        .order_by(func.min(Prompt.next_at), Prompt.user_id)
        .limit(limit),
    )
    return found.all()


def next_at(tx: Tx) -> Select[datetime | None]:
    """A query for when the next step is due after now, be it only to be put off."""
    return select(func.min(Prompt.next_at)).where(
        Prompt.workspace_id == tx.workspace_id, Prompt.next_at > tx.now
    )


async def planned(tx: Tx) -> Sequence[Prompt]:
    """All whose next step is due after now, the soonest first."""
    found = await tx.session.scalars(
        select(Prompt)
        .where(Prompt.workspace_id == tx.workspace_id, Prompt.next_at > tx.now)
        .order_by(Prompt.next_at, Prompt.id)
    )
    return found.all()


async def due(tx: Tx, people: Sequence[str]) -> Sequence[Prompt]:
    """All that is due of these people, the oldest first; locked until the end of the transaction."""
    found = await tx.session.scalars(
        select(Prompt)
        .where(Prompt.workspace_id == tx.workspace_id, Prompt.next_at <= tx.now, Prompt.user_id.in_(people))
        .order_by(Prompt.due_at, Prompt.id)
        .with_for_update()
        .execution_options(populate_existing=True),
    )
    return found.all()


async def these(tx: Tx, prompt_ids: Sequence[int]) -> Sequence[Prompt]:
    """These prompts as the database has them, the oldest first."""
    found = await tx.session.scalars(
        select(Prompt)
        .where(Prompt.workspace_id == tx.workspace_id, Prompt.id.in_(prompt_ids))
        .order_by(Prompt.due_at, Prompt.id)
        .execution_options(populate_existing=True),
    )
    return found.all()


async def set_aside(tx: Tx) -> Sequence[Prompt]:
    """What failed when it was due, and waits to be tried again."""
    found = await tx.session.scalars(
        select(Prompt)
        .where(Prompt.workspace_id == tx.workspace_id, Prompt.failures > 0, _OPEN)
        .order_by(Prompt.id),
    )
    return found.all()


async def count_set_aside(session: AsyncSession) -> int:
    """How many those are, in all workspaces."""
    counted = select(func.count()).select_from(Prompt).where(Prompt.failures > 0, _OPEN)
    return (await session.scalar(counted)) or 0


async def open_for(tx: Tx, user_id: str) -> Sequence[Prompt]:
    """What this person has been asked and has not answered, the oldest first."""
    found = await tx.session.scalars(
        select(Prompt)
        .where(
            Prompt.workspace_id == tx.workspace_id,
            Prompt.user_id == user_id,
            # Put off is still open: it stands in a message that can be replied to.
            _OPEN,
            Prompt.message.is_not(None),
        )
        .order_by(Prompt.due_at, Prompt.id),
    )
    return found.all()


async def waiting(tx: Tx, user_id: str, limit: int) -> tuple[Sequence[Prompt], int]:
    """What this person has not answered, and how many of it there are in all.

    The oldest first, what they put off last. Without what is about a private channel that they left.
    """
    closed = closed_channels(tx, user_id)
    found = await tx.session.execute(
        select(Prompt, func.count().over())
        .where(
            Prompt.workspace_id == tx.workspace_id,
            Prompt.user_id == user_id,
            _OPEN,
            Prompt.message.is_not(None),
            or_(Prompt.channel_id.is_(None), Prompt.channel_id.not_in(closed)),
        )
        .order_by(Prompt.state != PromptState.ASKED, Prompt.due_at, Prompt.id)
        .limit(limit),
    )
    rows = found.all()
    return [prompt for prompt, _ in rows], rows[0][1] if rows else 0


async def put_off_until(tx: Tx, prompt: Prompt) -> date | None:
    """The day on which somebody is asked again who put it off; None of what was not put off."""
    if prompt.state != PromptState.WAITING or prompt.next_at is None:
        return None
    until = local_date(prompt.next_at, (await person(tx, prompt.user_id)).zone)
    theirs = await pace(tx, prompt.user_id)
    if theirs.last_on is None:
        return until
    weekly = is_weekly(chosen=theirs.weekly, ignored=theirs.ignored)
    return max(until, free_from(theirs.last_on, weekly=weekly))


async def find(tx: Tx, kind: str, subject_id: int) -> Prompt | None:
    """The prompt of this kind and subject; None if it was never asked for."""
    found: Prompt | None = await tx.session.scalar(
        select(Prompt).where(
            Prompt.workspace_id == tx.workspace_id, Prompt.kind == kind, Prompt.subject_id == subject_id
        ),
    )
    return found


async def meant_by_reply(tx: Tx, user_id: str) -> Sequence[Prompt]:
    """What a bare reply may answer: what is open, but no longer what was asked once on an earlier morning.

    That lapses silently; by its button, or in its thread, it can still be answered. Alone, it is meant.
    """
    found = await open_for(tx, user_id)
    last_on = (await pace(tx, user_id)).last_on
    latest = daily_key(user_id, last_on) if last_on is not None else None
    fresh = [p for p in found if p.ladder != Ladder.ONCE or p.at_once or p.message == latest]
    return fresh or found


async def asked_of(tx: Tx, kind: str, subject_id: int) -> str | None:
    """Whom this is asked of; None if it was never to be asked."""
    found: str | None = await tx.session.scalar(
        select(Prompt.user_id).where(
            Prompt.workspace_id == tx.workspace_id,
            Prompt.kind == kind,
            Prompt.subject_id == subject_id,
        ),
    )
    return found


async def asked_person(tx: Tx, kind: str, subject_id: int) -> str:
    """Whom this is asked of, where it is certain that it was to be asked."""
    found = await asked_of(tx, kind, subject_id)
    assert found is not None
    return found


def open_subjects(tx: Tx, kind: str) -> Subjects:
    """The subjects of this kind that somebody has been asked about and nobody has answered."""
    asked_before = or_(Prompt.message.is_not(None), Prompt.step > 0)
    return select(Prompt.subject_id).where(
        Prompt.workspace_id == tx.workspace_id,
        Prompt.kind == kind,
        or_(Prompt.state == PromptState.ASKED, and_(Prompt.state == PromptState.WAITING, asked_before)),
    )
