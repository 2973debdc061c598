"""Puts what is due to people: each person's morning message, and the steps that come after silence."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, select

from slackapp.core.jobs import Job
from slackapp.core.transaction import Tx
from slackapp.core.working_time import local_date, morning_of
from slackapp.features.prompts import queries, service
from slackapp.features.prompts.models import Prompt
from slackapp.features.prompts.rules import MOST_ASKS, another_morning, daily_key, is_weekly, may_ask_now
from slackapp.features.workspaces.queries import calendar, lock

#: Prompts looked at in one transaction.
BATCH = 150


def due(now: datetime) -> Select[int]:
    """The workspaces in which a step of some prompt is due."""
    return select(Prompt.workspace_id).where(Prompt.next_at <= now).distinct()


async def ask_what_is_due(tx: Tx) -> None:
    """Compose the day's message of the people who have something due; see to what nobody answered."""
    # Two heartbeats at once would each give the same person a part of one message.
    await lock(tx)
    rows = await tx.session.scalars(
        select(Prompt)
        .where(Prompt.workspace_id == tx.workspace_id, Prompt.next_at <= tx.now)
        .order_by(Prompt.due_at, Prompt.id)
        .limit(BATCH)
        .with_for_update(),
    )
    by_person: dict[str, list[Prompt]] = defaultdict(list)
    for prompt in rows.all():
        if await service.climb(tx, prompt):
            by_person[prompt.user_id].append(prompt)
    for user_id, prompts in by_person.items():
        await _ask(tx, user_id, prompts)


async def _ask(tx: Tx, user_id: str, prompts: Sequence[Prompt]) -> None:
    their_calendar = await calendar(tx, user_id)
    today = local_date(tx.now, their_calendar.zone)
    pace = await queries.pace(tx, user_id)
    if is_weekly(chosen=pace.weekly, ignored=pace.ignored) and pace.last_on is not None:
        not_before = pace.last_on + timedelta(days=7)
        if today < not_before:
            for prompt in prompts:
                prompt.next_at = morning_of(not_before, their_calendar)
            return
    message = daily_key(user_id, today)
    asked_today = await queries.in_message(tx, message)
    now_asked = [] if asked_today or not may_ask_now(tx.now, their_calendar) else list(prompts[:MOST_ASKS])
    for prompt in prompts[len(now_asked) :]:
        prompt.next_at = another_morning(tx.now, their_calendar)
    if now_asked:
        pace.last_on, pace.ignored = today, pace.ignored + 1
        tx.session.add(pace)
        await service.put(tx, now_asked, message)


JOBS = (Job("prompts.ask_what_is_due", due, ask_what_is_due),)
