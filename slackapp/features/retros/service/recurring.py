"""Opening the next retro of a series when its time has come."""

from datetime import datetime

import structlog
from sqlalchemy import select, update

from slackapp.core.errors import UserError
from slackapp.core.transaction import Failed, Tx
from slackapp.core.working_time import zone_of
from slackapp.features.retros import queries
from slackapp.features.retros.blocks import beginnings as blocks
from slackapp.features.retros.models import Retro, Series
from slackapp.features.retros.rules import Every, Minutes, RetroDraft, Template, is_too_late, next_after
from slackapp.features.retros.service.series import stop
from slackapp.features.retros.service.starting import start
from slackapp.features.workspaces.queries import is_nobody, may_be_asked, person
from slackapp.outbox import service as outbox

log = structlog.get_logger()


async def open_due(tx: Tx, limit: int) -> None:
    """Open what is due, so many at most. What cannot be held is skipped, and the log says why."""
    found = await tx.session.scalars(
        select(Series)
        .where(Series.workspace_id == tx.workspace_id, Series.next_at <= tx.now)
        .order_by(Series.next_at, Series.id)
        .limit(limit)
    )
    for series in found.all():
        await _open(tx, series)


async def _open(tx: Tx, series: Series) -> None:
    due_at = await _take(tx, series)
    if due_at is None:
        return
    facilitator = await _facilitator(tx, series)
    if facilitator is None:
        await _end_without_facilitator(tx, series)
        return
    series.facilitator_id = facilitator
    if is_too_late(due_at, tx.now):
        _skipped(series, "its time passed while nobody was looking")
        return
    if (there := await queries.open_in(tx, series.channel_id)) is not None:
        _skipped(series, f"{there.label} is open")
        return

    async def opened() -> None:
        draft = await _draft(tx, series)
        await start(tx, series.facilitator_id, draft, channel_id=series.channel_id, of=series)

    failed = await tx.attempt(opened)
    if isinstance(failed, Failed):
        if isinstance(failed.error, UserError):
            _skipped(series, failed.error.sentence)
        else:
            # The others that are due open all the same, and so does the one after it.
            log.error("retros.opening_failed", series=series.id, exc_info=failed.error)


async def _facilitator(tx: Tx, series: Series) -> str | None:
    """Who facilitates the next: as before, else who took the last one over, else who helped. None: nobody."""
    last: str | None = await tx.session.scalar(
        select(Retro.facilitator_id)
        .where(Retro.workspace_id == tx.workspace_id, Retro.series_id == series.id)
        .order_by(Retro.number.desc())
        .limit(1)
    )
    for candidate in (series.facilitator_id, last, *series.co_facilitators):
        if candidate is not None and await may_be_asked(tx, candidate, series.channel_id):
            return candidate
    return None


async def _take(tx: Tx, series: Series) -> datetime | None:
    """When it was due. Of two heartbeats one is told so: the next moment stands then."""
    due_at, series_id = series.next_at, series.id
    assert due_at is not None
    zone = zone_of(series.zone)
    every = Every.of_weeks(series.weeks)
    following = next_after(due_at, tx.now, every=every, at=series.at, zone=zone)
    taken = await tx.session.scalar(
        update(Series)
        .where(Series.workspace_id == tx.workspace_id, Series.id == series_id, Series.next_at == due_at)
        .values(next_at=following)
        .returning(Series.id)
        .execution_options(synchronize_session="fetch")
    )
    return None if taken is None else due_at


async def _draft(tx: Tx, series: Series) -> RetroDraft:
    """As the last one was, with those of its people who can still take part."""
    there = series.channel_id
    people = [each for each in series.people if await _is_there(tx, each, there)]
    helpers = [
        each
        for each in series.co_facilitators
        if each != series.facilitator_id and await may_be_asked(tx, each, there)
    ]
    return RetroDraft(
        template=Template(series.template),
        columns=series.columns,
        whole_channel=series.whole_channel,
        people=people,
        is_anonymous=series.is_anonymous,
        is_live=series.is_live,
        minutes=Minutes(series.collect_minutes, series.vote_minutes, series.topic_minutes),
        votes_each=series.votes_each,
        votes_cap=series.votes_cap,
        facilitator=series.facilitator_id,
        co_facilitators=helpers,
    )


async def _is_there(tx: Tx, user_id: str, channel_id: str) -> bool:
    """Guests who were invited by name stay so."""
    return not (await person(tx, user_id)).is_bot and not await is_nobody(tx, user_id, channel_id)


async def _end_without_facilitator(tx: Tx, series: Series) -> None:
    await stop(tx, series)
    name = (await person(tx, series.facilitator_id)).name
    log.info("retros.series_ended", series=series.id, channel=series.channel_id)
    key = f"retros:{series.id}:series"
    await outbox.say(tx, key, outbox.Channel(series.channel_id), blocks.without_facilitator(name))


def _skipped(series: Series, why: str) -> None:
    log.info("retros.skipped", series=series.id, channel=series.channel_id, why=why)
