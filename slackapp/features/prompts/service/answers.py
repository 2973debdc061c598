"""What ends a question, what opens it again, and replies in words."""

from slackapp.core.transaction import Tx
from slackapp.features.prompts import blocks
from slackapp.features.prompts.models import Prompt, PromptState
from slackapp.features.prompts.queries import in_message, lock_message, meant_by_reply
from slackapp.features.prompts.rules import (
    Ask,
    Echoes,
    Edited,
    Ladder,
    Replied,
    is_over,
    reply_key,
    turn_of_heir,
)
from slackapp.features.prompts.service.messages import draw
from slackapp.features.prompts.service.rows import OPEN, heard, locked, message_of, plan_next_step
from slackapp.features.workspaces.queries import is_outside
from slackapp.outbox import service as outbox
from slackapp.outbox.queries import is_said, key_of
from slackapp.slack.blocks import Message
from slackapp.slack.routes import DirectMessage


async def answered(tx: Tx, kind: str, subject_id: int, by: str) -> None:
    """Somebody answered it: nothing more is asked, and whoever answers is asked every morning again."""
    await heard(tx, by)
    await finish(tx, kind, subject_id)


async def finish(tx: Tx, kind: str, subject_id: int) -> None:
    """It is answered, or no longer asked. Its message is redrawn; unasked, it will not be asked."""
    prompt = await locked(tx, kind, subject_id)
    assert prompt is not None
    await _end(tx, prompt)


async def forget(tx: Tx, kind: str, subject_id: int) -> None:
    """The same, where there may be nothing to forget."""
    prompt = await locked(tx, kind, subject_id)
    if prompt is not None:
        await _end(tx, prompt)


async def _end(tx: Tx, prompt: Prompt) -> None:
    if prompt.state == PromptState.WAITING and prompt.message is not None:
        # It was put off. Opened again, what follows is counted from the asking that the answer was to.
        prompt.step += 1
    prompt.state, prompt.next_at = PromptState.DONE, None
    await tx.session.flush()
    if prompt.message is not None:
        await draw(tx, prompt.message)


async def reopen(tx: Tx, kind: str, subject_id: int) -> bool:
    """An answer was taken back: it is open again where it was asked, and asked again as if put just now.

    False if everybody was asked already: then it is expired, as it was before the answer.
    """
    prompt = await locked(tx, kind, subject_id)
    assert prompt is not None
    ladder = Ladder(prompt.ladder)
    was_asked = prompt.message is not None
    if is_over(ladder, prompt.step, was_asked=was_asked):
        prompt.state, prompt.next_at = PromptState.EXPIRED, None
    elif not was_asked and prompt.step <= turn_of_heir(ladder):
        prompt.state, prompt.next_at = PromptState.WAITING, max(tx.now, prompt.due_at)
    else:
        prompt.state = PromptState.ASKED
        await plan_next_step(tx, prompt)
    await tx.session.flush()
    if prompt.message is not None:
        await draw(tx, prompt.message)
    return prompt.state != PromptState.EXPIRED


async def redraw(tx: Tx, kind: str, subject_id: int) -> None:
    """What the asking feature shows in the message has changed."""
    message = await message_of(tx, kind, subject_id)
    if message is not None:
        await lock_message(tx, message)
        await draw(tx, message)


async def reply(tx: Tx, message: DirectMessage) -> None:
    """Hand a reply to the feature whose prompt it answers: the one open, or the one open where it stands.

    In other words, it corrects the answer that was taken from it. If none was, it counts as said only now;
    but what we never answered we do not begin to answer.
    """
    key = reply_key(message.user, message.ts)
    if message.is_edit:
        if not await is_said(tx, key):
            return
        for kind, subject_id in await tx.gather(Echoes(key)):
            await tx.emit(Edited(kind, subject_id, message.user, message.text, message.has_files, key))
            return
    parent = None if message.thread_ts is None else await key_of(tx, message.channel, message.thread_ts)
    prompts = await _meant(tx, message.user, parent)
    if len(prompts) == 1:
        [prompt] = prompts
        await tx.emit(
            Replied(prompt.kind, prompt.subject_id, message.user, message.text, message.has_files, key),
        )
        return
    questions: list[Message] = []
    for prompt in prompts:
        questions += await tx.gather(Ask(prompt.kind, prompt.subject_id, prompt.user_id))
    if questions:
        answer = blocks.which_one(questions)
    else:
        # In the thread of a message that asks nothing now it could be meant for anything.
        answer = blocks.nothing_open() if parent is None else blocks.nothing_asked_here()
    await outbox.say(tx, key, outbox.Direct(message.user), answer)


async def _meant(tx: Tx, user_id: str, parent: str | None) -> list[Prompt]:
    """What the reply may answer. In the thread of a question that expired a late answer is still taken.

    What is about a private channel that they are not in any more they answer nothing of.
    """
    if parent is None:
        found = await meant_by_reply(tx, user_id)
        return [prompt for prompt in found if await _is_theirs(tx, user_id, prompt)]
    asked = [
        prompt
        for prompt in await in_message(tx, parent)
        if prompt.state != PromptState.DONE and await _is_theirs(tx, user_id, prompt)
    ]
    return [prompt for prompt in asked if prompt.state in OPEN] or asked


async def _is_theirs(tx: Tx, user_id: str, prompt: Prompt) -> bool:
    return prompt.channel_id is None or not await is_outside(tx, user_id, prompt.channel_id)
