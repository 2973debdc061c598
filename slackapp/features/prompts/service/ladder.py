"""The steps that come after silence, and who is asked in place of whom nobody can ask."""

from sqlalchemy import select

from slackapp.core.transaction import Tx
from slackapp.core.working_time import next_morning
from slackapp.features.prompts import blocks, queries
from slackapp.features.prompts.models import Prompt, PromptState
from slackapp.features.prompts.rules import (
    GONE,
    LADDERS,
    PATIENCE,
    Expired,
    Ladder,
    To,
    ToChannel,
    heirs,
    is_prompt_key,
    turn_of,
    turn_of_heir,
)
from slackapp.features.prompts.service.messages import leave
from slackapp.features.prompts.service.rows import OPEN, plan_next_step
from slackapp.features.workspaces.queries import calendar, is_unsure, may_be_asked
from slackapp.features.workspaces.rules import PersonLeft
from slackapp.features.workspaces.service import note_gone
from slackapp.outbox import service as outbox
from slackapp.outbox.rules import OUT_OF_REACH, Dead


async def climb(tx: Tx, prompt: Prompt) -> bool:
    """Do what is due of a prompt. True if now a person is to be asked, or told, namely `prompt.user_id`."""
    ladder = Ladder(prompt.ladder)
    step = LADDERS[ladder][prompt.step].to if prompt.state == PromptState.ASKED else To.PERSON
    if step in {To.CHANNEL, To.NOWHERE}:
        await _beyond(tx, prompt)
        return False
    if await _is_too_early(tx, prompt):
        prompt.next_at = next_morning(tx.now, await calendar(tx, prompt.user_id, prompt.channel_id))
        return False
    if step == To.BACKUP and await _hand_over(tx, prompt):
        return True
    if not await may_be_asked(tx, prompt.user_id, prompt.channel_id):
        return await _pass_over(tx, prompt)
    if step == To.PERSON:
        return True
    # There is no backup who could be asked.
    prompt.step += 1
    await plan_next_step(tx, prompt)
    return False


async def _is_too_early(tx: Tx, prompt: Prompt) -> bool:
    """Whether Slack may still say who is in its private channel, so that nobody is passed over in haste."""
    if prompt.channel_id is None or tx.now >= prompt.due_at + PATIENCE:
        return False
    return await is_unsure(tx, prompt.channel_id)


async def pass_over(tx: Tx, event: PersonLeft) -> None:
    """Somebody left: what they were asked is for whoever comes after them, and no longer open with them.

    What they are to be asked only later is looked at then.
    """
    here = Prompt.channel_id == event.channel_id if event.channel_id else Prompt.id.is_not(None)
    rows = await tx.session.scalars(
        select(Prompt)
        .where(
            Prompt.workspace_id == tx.workspace_id,
            Prompt.user_id == event.user_id,
            Prompt.state.in_(OPEN),
            here,
        )
        .order_by(Prompt.id)
        .with_for_update()
        .execution_options(populate_existing=True),
    )
    for prompt in rows.all():
        await leave(tx, prompt)
        if _only_ends(prompt) or prompt.due_at > tx.now:
            continue
        if prompt.state == PromptState.ASKED:
            prompt.state, prompt.step = PromptState.WAITING, prompt.step - 1
        prompt.next_at = tx.now
        if not await _is_too_early(tx, prompt):
            # Not only when somebody looks next: whoever comes back before that is not asked again.
            await _pass_over(tx, prompt)
    await tx.session.flush()


async def undeliverable(tx: Tx, event: Dead) -> None:
    """A message that asks will not be sent. What nobody ever saw goes to whoever comes after that person.

    Where it was not the person but the way that failed, they are asked again on their next morning.
    """
    if event.maybe_shown or event.user_id is None or not is_prompt_key(event.key):
        return
    await queries.lock_message(tx, event.key)
    prompts = await queries.in_message(tx, event.key)
    if not prompts:
        return
    for prompt in prompts:
        prompt.message = None
    await tx.session.flush()
    await outbox.withdraw(tx, event.key)
    if event.reason in GONE:
        await note_gone(tx, event.user_id)
    for prompt in prompts:
        if event.reason == OUT_OF_REACH:
            await _once_more(tx, prompt)
        elif prompt.state == PromptState.ASKED:
            prompt.step -= 1
            await _pass_over(tx, prompt)
    if event.reason == OUT_OF_REACH:
        pace = await queries.pace(tx, event.user_id)
        pace.ignored = max(0, pace.ignored - 1)
    await tx.session.flush()


async def _once_more(tx: Tx, prompt: Prompt) -> None:
    if prompt.state == PromptState.ASKED or prompt.ladder == Ladder.NEWS:
        prompt.state, prompt.step = PromptState.WAITING, prompt.step - 1
        prompt.next_at = next_morning(tx.now, await calendar(tx, prompt.user_id, prompt.channel_id))


async def _hand_over(tx: Tx, prompt: Prompt) -> bool:
    """Let the backup be the one who is asked. False if there is none who could be."""
    backup = prompt.backup_id
    if backup is None or backup == prompt.user_id or not await may_be_asked(tx, backup, prompt.channel_id):
        return False
    await _give(tx, prompt, backup)
    return True


async def _give(tx: Tx, prompt: Prompt, to: str) -> None:
    await leave(tx, prompt, blocks.handed_over(to))
    prompt.user_id, prompt.state, prompt.next_at = to, PromptState.WAITING, tx.now
    await tx.session.flush()


async def _pass_over(tx: Tx, prompt: Prompt) -> bool:
    """The person cannot be asked: at once to the backup, the owner, the channel, or to its end.

    True if somebody else is to be asked. News are for the one person alone, and are dropped.
    """
    ladder = Ladder(prompt.ladder)
    if ladder == Ladder.NEWS:
        prompt.state, prompt.next_at = PromptState.DONE, None
        return False
    turn = turn_of_heir(ladder)
    last = prompt.step >= turn
    for heir in heirs(prompt.user_id, owner_id=prompt.owner_id, backup_id=prompt.backup_id, last=last):
        if await may_be_asked(tx, heir, prompt.channel_id):
            await _give(tx, prompt, heir)
            prompt.step = turn
            return True
    await leave(tx, prompt)
    prompt.state = PromptState.ASKED
    channel = turn_of(ladder, To.CHANNEL)
    prompt.step = len(LADDERS[ladder]) - 1 if channel is None else channel
    await _beyond(tx, prompt)
    return False


def _only_ends(prompt: Prompt) -> bool:
    """The channel was asked after the people, and all that is left is its end."""
    return (
        prompt.channel_asked
        and prompt.state == PromptState.ASKED
        and prompt.step == turn_of(Ladder(prompt.ladder), To.NOWHERE)
    )


async def _beyond(tx: Tx, prompt: Prompt) -> None:
    """Ask the channel, unless it was asked before; or let it be over."""
    ladder = Ladder(prompt.ladder)
    step = LADDERS[ladder][prompt.step].to
    prompt.step += 1
    if step == To.CHANNEL:
        await plan_next_step(tx, prompt)
        asked_before, prompt.channel_asked = prompt.channel_asked, True
        await tx.session.flush()
        if not asked_before:
            await tx.emit(ToChannel(prompt.kind, prompt.subject_id))
        return
    prompt.state, prompt.next_at = PromptState.EXPIRED, None
    prompt.step = len(LADDERS[ladder]) + 1
    await tx.session.flush()
    await tx.emit(Expired(prompt.kind, prompt.subject_id))
