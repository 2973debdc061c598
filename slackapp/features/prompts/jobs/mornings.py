"""Puts what is due to people: each person's morning message, and the steps that come after silence."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import cast

from sqlalchemy import ColumnElement, Select, select

from slackapp.core.due import each_workspace
from slackapp.core.transaction import Failed, Tx
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
    return select(each_workspace(Prompt.workspace_id)).where(Prompt.next_at <= now).distinct()


def rooms(now: datetime) -> Select[int, str]:
    """The channels that what is due is about: workspace and id."""
    known = cast("ColumnElement[str]", Prompt.channel_id)
    return (
        select(each_workspace(Prompt.workspace_id), known)
        .where(Prompt.next_at <= now, Prompt.channel_id.is_not(None))
        .distinct()
    )


def people(now: datetime) -> Select[int, str]:
    """Of whom something is due: workspace and id."""
    return select(each_workspace(Prompt.workspace_id), Prompt.user_id).where(Prompt.next_at <= now).distinct()


async def ask_what_is_due(tx: Tx) -> None:
    """Compose the day's message of the people who have something due; see to what nobody answered.

    What fails of one person, or of one prompt, waits, and the others have their turn.
    """
    # Two heartbeats at once would each give the same person a part of one message.
    await lock(tx)
    people = await queries.people_due(tx, BATCH)
    prompts = await queries.due(tx, people)
    every = [prompt.id for prompt in prompts]
    by_person: dict[str, list[Prompt]] = defaultdict(list)
    for prompt in prompts:
        if await _climb(tx, prompt, every):
            by_person[prompt.user_id].append(prompt)
    for user_id, theirs in by_person.items():
        # Whoever takes somebody's place has their turn with all that is due of them, in the next batch.
        if user_id in people:
            await _compose_what_can_be(tx, user_id, theirs, every)


async def _climb(tx: Tx, prompt: Prompt, every: Sequence[int]) -> bool:
    before = {prompt.id: prompt.failures}
    asks = await tx.attempt(partial(service.climb, tx, prompt))
    if isinstance(asks, Failed):
        await service.set_aside(tx, before, asks)
        await queries.these(tx, every)
        return False
    if not asks:
        prompt.failures = 0
    return asks


async def _compose_what_can_be(tx: Tx, user_id: str, prompts: Sequence[Prompt], every: Sequence[int]) -> None:
    before = {prompt.id: prompt.failures for prompt in prompts}
    failed = await tx.attempt(partial(_compose, tx, user_id, prompts))
    if isinstance(failed, Failed):
        spoils = await _what_spoils(tx, user_id, list(before))
        await service.set_aside(tx, {prompt_id: before[prompt_id] for prompt_id in spoils}, failed)
        await queries.these(tx, every)


async def _what_spoils(tx: Tx, user_id: str, prompt_ids: Sequence[int]) -> Sequence[int]:
    """The one without which the others can be asked, which then they are; all, if there is no such one."""
    for left_out in prompt_ids if len(prompt_ids) > 1 else ():
        others = [prompt_id for prompt_id in prompt_ids if prompt_id != left_out]
        if not isinstance(await tx.attempt(partial(_compose_these, tx, user_id, others)), Failed):
            return [left_out]
    return prompt_ids


async def _compose_these(tx: Tx, user_id: str, prompt_ids: Sequence[int]) -> None:
    await _compose(tx, user_id, await queries.these(tx, prompt_ids))


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
        if prompt in now:
            prompt.failures = 0
        else:
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
