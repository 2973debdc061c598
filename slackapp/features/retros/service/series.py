"""Retros that recur: a series begins with the first of them, and ends when somebody says so."""

from sqlalchemy import select

from slackapp.core.errors import FieldError, NotFoundError, UserError
from slackapp.core.transaction import Tx
from slackapp.features.retros import queries
from slackapp.features.retros.models import Series
from slackapp.features.retros.queries import beginnings
from slackapp.features.retros.rules import Doing, Every, RetroDraft, first_after, when_next
from slackapp.features.retros.service.permitting import is_allowed
from slackapp.features.workspaces.queries import is_nobody, person


async def begin(tx: Tx, draft: RetroDraft, facilitator: str, *, channel_id: str) -> Series:
    """Let the retro recur of which this is the draft. Raises `FieldError` at `recurs` if some do already."""
    assert draft.recurrence is not None
    assert draft.recurrence.every.weeks is not None
    if (there := await beginnings.running(tx, channel_id)) is not None:
        assert there.next_at is not None
        often = Every.of_weeks(there.weeks)
        how = when_next(there.next_at, every=often, at=there.at, zone=there.zone)
        raise FieldError(
            {"recurs": f"Retros recur in this channel already: {how}. /retro list can end that."}
        )
    zone = (await person(tx, facilitator)).zone
    found = Series(
        workspace_id=tx.workspace_id,
        channel_id=channel_id,
        facilitator_id=facilitator,
        template=draft.template,
        columns=list(draft.columns),
        is_anonymous=draft.is_anonymous,
        is_live=draft.is_live,
        whole_channel=draft.whole_channel,
        people=list(draft.people),
        co_facilitators=list(draft.co_facilitators),
        collect_minutes=draft.minutes.collect,
        vote_minutes=draft.minutes.vote,
        topic_minutes=draft.minutes.topic,
        votes_each=draft.votes_each,
        votes_cap=draft.votes_cap,
        weeks=draft.recurrence.every.weeks,
        at=draft.recurrence.at,
        zone=zone.key,
        next_at=first_after(tx.now, draft.recurrence, zone),
    )
    tx.session.add(found)
    await tx.session.flush()
    return found


async def end(tx: Tx, series_id: int, by: str) -> Series:
    """No further retro opens by itself. Raises `UserError` if it is not theirs to end, or was ended."""
    found = await tx.session.scalar(
        select(Series)
        .where(Series.workspace_id == tx.workspace_id, Series.id == series_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFoundError("These retros are not here any more.")
    if found.ended_at is not None:
        raise UserError("These retros do not recur any more.")
    if not await may_end(tx, found, by):
        facilitator = (await person(tx, found.facilitator_id)).name
        raise UserError(f"This is for their facilitator {facilitator}, for who helps them, and for admins.")
    await stop(tx, found)
    return found


async def may_end(tx: Tx, series: Series, user_id: str) -> bool:
    """Whoever facilitates it, or its open retro, or an admin; as long as they are in its channel."""
    if await is_nobody(tx, user_id, series.channel_id):
        return False
    if user_id in {series.facilitator_id, *series.co_facilitators} or (await person(tx, user_id)).is_admin:
        return True
    there = await queries.open_in(tx, series.channel_id)
    if there is None or there.series_id != series.id:
        return False
    return await is_allowed(tx, user_id, there, Doing.FACILITATE)


async def stop(tx: Tx, series: Series) -> None:
    """The same by itself. The caller holds its lock, or has written to it."""
    series.next_at, series.ended_at = None, tx.now
    await tx.session.flush()
