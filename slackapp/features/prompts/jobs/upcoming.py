"""Foretelling: what people will see next of what is asked, if nobody does anything before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape

from slackapp.core.jobs import Upcoming
from slackapp.core.transaction import Tx
from slackapp.core.words import plain
from slackapp.core.working_time import local_date, next_morning
from slackapp.features.prompts import queries
from slackapp.features.prompts.models import Prompt, PromptState
from slackapp.features.prompts.rules import (
    LADDERS,
    MOST_ASKS,
    Ask,
    Ladder,
    To,
    heirs,
    is_weekly,
    may_ask_now,
    may_write_again,
    next_step_at,
    turn_of,
)
from slackapp.features.workspaces.queries import calendar, may_be_asked, person


@dataclass(frozen=True)
class Coming:
    """What people will see of a prompt next."""

    prompt: Prompt
    at: datetime
    #: Whom it asks or tells; None where a question leaves the people who were asked.
    asks: str | None
    to: To


async def upcoming(tx: Tx) -> Upcoming | None:
    """Whose morning comes next, and what it asks or tells; or which question ends without an answer."""
    soonest: list[Coming] = []
    for prompt in await queries.planned(tx):
        # What is put off is put off to later: none of the rest can come before.
        if soonest and prompt.next_at is not None and prompt.next_at > soonest[0].at:
            break
        coming = await _coming(tx, prompt)
        if coming is not None and (not soonest or coming.at <= soonest[0].at):
            soonest = [*(each for each in soonest if each.at == coming.at), coming]
    if not soonest:
        return None
    first = min(soonest, key=lambda each: (each.asks is None, each.prompt.due_at, each.prompt.id))
    return Upcoming(first.at, await _sentence(tx, first, soonest))


async def _coming(tx: Tx, prompt: Prompt) -> Coming | None:
    """As `service.climb` and the mornings will have it, if nothing happens before."""
    ladder, step, at = Ladder(prompt.ladder), prompt.step, prompt.next_at
    while at is not None:
        to = LADDERS[ladder][step].to if prompt.state == PromptState.ASKED else To.PERSON
        asks = await _asked(tx, prompt, to)
        if asks is not None:
            return Coming(prompt, await _first_morning(tx, prompt, asks, at), asks, to)
        if to == To.NOWHERE or (to == To.CHANNEL and not prompt.channel_asked):
            return Coming(prompt, at, None, to)
        if to == To.PERSON:
            leaves = To.CHANNEL if turn_of(ladder, To.CHANNEL) is not None else To.NOWHERE
            return None if ladder == Ladder.NEWS else Coming(prompt, at, None, leaves)
        step += 1
        at = next_step_at(ladder, step, at, await calendar(tx, prompt.user_id, prompt.channel_id))
    return None


async def _asked(tx: Tx, prompt: Prompt, to: To) -> str | None:
    """Whom this step asks or tells; None if it is for nobody, or there is nobody left."""
    if to == To.PERSON:
        heirs_ = heirs(prompt.user_id, owner_id=prompt.owner_id, backup_id=prompt.backup_id, last=False)
        candidates = [prompt.user_id, *(() if prompt.ladder == Ladder.NEWS else heirs_)]
    elif to == To.BACKUP and prompt.backup_id not in {None, prompt.user_id}:
        candidates = [str(prompt.backup_id)]
    else:
        candidates = []
    for candidate in candidates:
        if await may_be_asked(tx, candidate, prompt.channel_id):
            return candidate
    return None


async def _first_morning(tx: Tx, prompt: Prompt, user_id: str, at: datetime) -> datetime:
    """The first of their mornings, from `at` on, on which they may be written to."""
    pace, when = await queries.pace(tx, user_id), await calendar(tx, user_id, prompt.channel_id)
    weekly = is_weekly(chosen=pace.weekly, ignored=pace.ignored)
    while not may_ask_now(at, when) or not may_write_again(
        local_date(at, when.zone), at, last_on=pace.last_on, last_at=pace.last_at, weekly=weekly
    ):
        at = next_morning(at, when)
    return at


async def _sentence(tx: Tx, first: Coming, every: Sequence[Coming]) -> str:
    about = await _words(tx, first)
    if first.asks is None:
        if first.to == To.CHANNEL:
            return f"Nobody has answered, so the channel is to be asked next: {about}"
        return f"Nobody has answered, and nobody is asked any more: {about}"
    who = (await person(tx, first.asks)).name
    if first.prompt.ladder == Ladder.NEWS:
        return f"{who} is told: {about}"
    theirs = [each for each in every if each.asks == first.asks and each.prompt.ladder != Ladder.NEWS]
    again = all(each.prompt.state == PromptState.ASKED and each.to == To.PERSON for each in theirs)
    if len(theirs) > 1:
        how = "reminded of" if again else "asked"
        return f"{who} is {how} {min(len(theirs), MOST_ASKS)} questions, the first: {about}"
    return f"{who} is {'reminded' if again else 'asked'}: {about}"


async def _words(tx: Tx, coming: Coming) -> str:
    """What the message that asks or tells it says in a notification."""
    ask = Ask(coming.prompt.kind, coming.prompt.subject_id, coming.asks or coming.prompt.user_id)
    shown = await tx.gather(ask)
    return plain(unescape(shown[0].text)) if shown else "something that is not there any more"
