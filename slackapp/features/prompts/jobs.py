"""Puts what is due to people: each person's morning message, and the steps that come after silence."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import cast

from sqlalchemy import ColumnElement, Select, select

from slackapp.core.jobs import Job
from slackapp.core.transaction import Tx
from slackapp.core.working_time import local_date, next_morning
from slackapp.features.prompts import queries, service
from slackapp.features.prompts.models import Prompt, PromptPace
from slackapp.features.prompts.rules import (
    MOST_ASKS,
    MOST_NEWS,
    Ladder,
    daily_key,
    is_weekly,
    may_ask_now,
    may_write_again,
)
from slackapp.features.workspaces.queries import calendar, lock

#: People looked at in one transaction.
BATCH = 50


def due(now: datetime) -> Select[int]:
    """The workspaces in which a step of some prompt is due."""
    return select(Prompt.workspace_id).where(Prompt.next_at <= now).distinct()


def rooms(now: datetime) -> Select[int, str]:
    """The channels that what is due is about: workspace and id."""
    known = cast("ColumnElement[str]", Prompt.channel_id)
    return (
        select(Prompt.workspace_id, known)
        .where(Prompt.next_at <= now, Prompt.channel_id.is_not(None))
        .distinct()
    )


async def ask_what_is_due(tx: Tx) -> None:
    """Compose the day's message of the people who have something due; see to what nobody answered."""
    # Two heartbeats at once would each give the same person a part of one message.
    await lock(tx)
    people = await queries.people_due(tx, BATCH)
    by_person: dict[str, list[Prompt]] = defaultdict(list)
    for prompt in await queries.due(tx, people):
        if await service.climb(tx, prompt):
            by_person[prompt.user_id].append(prompt)
    for user_id, prompts in by_person.items():
        # Whoever takes somebody's place has their turn with all that is due of them, in the next batch.
        if user_id in people:
            await _compose(tx, user_id, prompts)


async def _compose(tx: Tx, user_id: str, prompts: Sequence[Prompt]) -> None:
    """What is due of one person: what goes out this morning, and what waits for their next working one."""
    pace = await queries.pace(tx, user_id)
    calendars = {about: await calendar(tx, user_id, about) for about in {p.channel_id for p in prompts}}
    today = local_date(tx.now, next(iter(calendars.values())).zone)
    now: list[Prompt] = []
    if _may_write(tx, pace, today):
        ready = [prompt for prompt in prompts if may_ask_now(tx.now, calendars[prompt.channel_id])]
        now = _first(ready, news=False)[:MOST_ASKS] + _first(ready, news=True)[:MOST_NEWS]
    for prompt in prompts:
        if prompt not in now:
            prompt.next_at = next_morning(tx.now, calendars[prompt.channel_id])
    if now:
        pace.last_on, pace.last_at = today, tx.now
        pace.ignored += any(prompt.ladder != Ladder.NEWS for prompt in now)
        tx.session.add(pace)
        await service.put(tx, now, daily_key(user_id, today))


def _first(prompts: Sequence[Prompt], *, news: bool) -> list[Prompt]:
    return [prompt for prompt in prompts if (prompt.ladder == Ladder.NEWS) == news]


def _may_write(tx: Tx, pace: PromptPace, today: date) -> bool:
    weekly = is_weekly(chosen=pace.weekly, ignored=pace.ignored)
    return may_write_again(today, tx.now, last_on=pace.last_on, last_at=pace.last_at, weekly=weekly)


JOBS = (Job("prompts.ask_what_is_due", due, ask_what_is_due, rooms),)
