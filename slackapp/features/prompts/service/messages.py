"""The messages that ask: what stands in them, and what leaves them."""

from collections.abc import Sequence

from slackapp.core.transaction import Tx
from slackapp.core.working_time import local_date
from slackapp.features.prompts import blocks, queries
from slackapp.features.prompts.models import Prompt, PromptState
from slackapp.features.prompts.queries import in_message, lock_message
from slackapp.features.prompts.rules import Ask, Asked, Ladder, pace_of
from slackapp.features.prompts.service.rows import plan_next_step
from slackapp.features.workspaces.queries import is_outside, person
from slackapp.outbox import service as outbox
from slackapp.slack.blocks import Message


async def put(tx: Tx, prompts: Sequence[Prompt], message: str, *, at_once: bool = False) -> None:
    """Put these prompts of one person into one message; older messages that asked them lose their buttons."""
    left: dict[str, list[Prompt]] = {}
    for prompt in prompts:
        if prompt.message not in {None, message}:
            left.setdefault(str(prompt.message), []).append(prompt)
    for prompt in prompts:
        prompt.message, prompt.at_once = message, at_once
        prompt.step += 1
        if prompt.ladder == Ladder.NEWS:
            prompt.state, prompt.next_at = PromptState.DONE, None
        else:
            prompt.state = PromptState.ASKED
            await plan_next_step(tx, prompt)
    await tx.session.flush()
    for prompt in prompts:
        if prompt.ladder != Ladder.NEWS:
            await tx.emit(Asked(prompt.kind, prompt.subject_id))
    for old, moved in sorted(left.items()):
        await _leave_word(tx, old, moved)
    await draw(tx, message)
    # What else is open with them says by now that a bare reply could be meant for several.
    for other in sorted({p.message or "" for p in await queries.meant_by_reply(tx, prompts[0].user_id)}):
        if other not in {"", message, *left}:
            await draw(tx, other)


async def _leave_word(tx: Tx, message: str, moved: Sequence[Prompt]) -> None:
    """The message that asked these before says that they are asked again, and when."""
    notes: list[Message] = []
    for prompt in moved:
        day = local_date(tx.now, (await person(tx, prompt.user_id)).zone)
        shown = await tx.gather(Ask(prompt.kind, prompt.subject_id, prompt.user_id))
        notes += [blocks.asked_again(question, day) for question in shown]
    if await in_message(tx, message) or not notes:
        await draw(tx, message, left=notes)
    else:
        await outbox.withdraw(tx, message, instead=blocks.asking([], message, pace=None, left=notes))


async def leave(tx: Tx, prompt: Prompt, instead: Message | None = None) -> None:
    """Take the prompt out of the message that asks it; what remains there stays open.

    `instead` stands in its place. Without it, a message that asked nothing else keeps its words, but no
    buttons. Whoever is not in the private channel any more reads only that they are not asked any more.
    """
    message, prompt.message = prompt.message, None
    await tx.session.flush()
    if message is None:
        return
    if await _is_outside(tx, prompt):
        instead = blocks.not_yours()
    await lock_message(tx, message)
    if await in_message(tx, message):
        await draw(tx, message, left=[instead] if instead else [])
    else:
        await outbox.withdraw(tx, message, instead=instead)


async def draw(tx: Tx, message: str, *, left: Sequence[Message] = ()) -> None:
    """The message as it should look now. One whose prompts all moved on keeps its words and no buttons."""
    prompts = await in_message(tx, message)
    asks: list[blocks.Asking] = []
    news: list[Message] = []
    notes = list(left)
    for prompt in prompts:
        if await _is_outside(tx, prompt):
            # Answered or told, it stays in its message, whose words they may not read any more.
            notes = [blocks.not_yours()]
            continue
        for shown in await tx.gather(Ask(prompt.kind, prompt.subject_id, prompt.user_id)):
            if prompt.ladder == Ladder.NEWS:
                news.append(shown)
            else:
                asks.append(blocks.Asking(prompt, shown, await queries.put_off_until(tx, prompt)))
    if not (asks or news or notes):
        await outbox.withdraw(tx, message)
        return
    user_id = prompts[0].user_id
    row = await queries.pace(tx, user_id)
    pace = pace_of(chosen=row.weekly, ignored=row.ignored)
    look = blocks.asking(
        asks,
        message,
        pace=None if any(prompt.at_once for prompt in prompts) else pace,
        others=any(prompt.message != message for prompt in await queries.meant_by_reply(tx, user_id)),
        news=news,
        left=notes,
    )
    await outbox.say(tx, message, outbox.Direct(user_id), look)


async def _is_outside(tx: Tx, prompt: Prompt) -> bool:
    return prompt.channel_id is not None and await is_outside(tx, prompt.user_id, prompt.channel_id)
