"""Asking people, and keeping the messages that ask true. Every feature asks through here."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select, update

from slackapp.core.transaction import Tx
from slackapp.features.prompts import blocks
from slackapp.features.prompts.models import Prompt, PromptState
from slackapp.features.prompts.queries import in_message, lock_message, open_for
from slackapp.features.prompts.rules import Ask, Asked, Replied, reply_key, single_key
from slackapp.outbox import service as outbox
from slackapp.outbox.queries import key_of
from slackapp.slack.blocks import Message
from slackapp.slack.routes import DirectMessage


async def ask(tx: Tx, kind: str, subject_id: int, user_id: str, at: datetime) -> None:
    """Ask this of the person in their morning message, on the first working morning from `at` on."""
    tx.session.add(
        Prompt(
            workspace_id=tx.workspace_id,
            kind=kind,
            subject_id=subject_id,
            user_id=user_id,
            due_at=at,
            next_at=at,
        ),
    )
    await tx.session.flush()


async def ask_at_once(tx: Tx, kind: str, subject_id: int, user_id: str) -> None:
    """Ask this right away, in a message of its own: only as the answer to the person's own click."""
    prompt = Prompt(
        workspace_id=tx.workspace_id,
        kind=kind,
        subject_id=subject_id,
        user_id=user_id,
        due_at=tx.now,
        next_at=tx.now,
        at_once=True,
    )
    tx.session.add(prompt)
    await tx.session.flush()
    await put(tx, [prompt], single_key(user_id, prompt.id))


async def put(tx: Tx, prompts: list[Prompt], message: str) -> None:
    """Put these prompts of one person into one message."""
    for prompt in prompts:
        prompt.state = PromptState.ASKED
        prompt.message = message
    await tx.session.flush()
    for prompt in prompts:
        await tx.emit(Asked(prompt.kind, prompt.subject_id))
    await _draw(tx, message)


async def finish(tx: Tx, kind: str, subject_id: int) -> None:
    """It is answered, or no longer asked. Its message is redrawn; unasked, it will not be asked."""
    await _set_state(tx, kind, subject_id, PromptState.DONE)


async def reopen(tx: Tx, kind: str, subject_id: int) -> None:
    """An answer was taken back: it is open again where it was asked."""
    await _set_state(tx, kind, subject_id, PromptState.ASKED)


async def redraw(tx: Tx, kind: str, subject_id: int) -> None:
    """What the asking feature shows in the message has changed."""
    message = await _message_of(tx, kind, subject_id)
    if message is not None:
        await lock_message(tx, message)
        await _draw(tx, message)


async def reply(tx: Tx, message: DirectMessage) -> None:
    """Hand a reply to the feature whose prompt it answers: the one open, or the one open where it stands."""
    asked_there = await _asked_in_thread(tx, message)
    prompts = [p for p in asked_there or await open_for(tx, message.user) if p.state == PromptState.ASKED]
    key = reply_key(message.user, message.ts)
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
        answer = blocks.closed() if asked_there else blocks.nothing_open()
    await outbox.say(tx, key, outbox.Direct(message.user), answer)


async def _asked_in_thread(tx: Tx, message: DirectMessage) -> Sequence[Prompt]:
    """What the message asks in whose thread the reply stands; empty outside threads of such messages."""
    if message.thread_ts is None:
        return ()
    parent = await key_of(tx, message.channel, message.thread_ts)
    return () if parent is None else await in_message(tx, parent)


async def _set_state(tx: Tx, kind: str, subject_id: int, state: PromptState) -> None:
    message = await _message_of(tx, kind, subject_id)
    if message is not None:
        await lock_message(tx, message)
    await tx.session.execute(
        update(Prompt).where(_about(tx, kind, subject_id)).values(state=state),
    )
    if message is not None:
        await _draw(tx, message)


async def _message_of(tx: Tx, kind: str, subject_id: int) -> str | None:
    found: str | None = await tx.session.scalar(select(Prompt.message).where(_about(tx, kind, subject_id)))
    return found


def _about(tx: Tx, kind: str, subject_id: int) -> ColumnElement[bool]:
    return and_(
        Prompt.workspace_id == tx.workspace_id,
        Prompt.kind == kind,
        Prompt.subject_id == subject_id,
    )


async def _draw(tx: Tx, message: str) -> None:
    prompts = await in_message(tx, message)
    questions: list[Message] = []
    for prompt in prompts:
        questions += await tx.gather(Ask(prompt.kind, prompt.subject_id, prompt.user_id))
    await outbox.say(tx, message, outbox.Direct(prompts[0].user_id), blocks.asking(questions))
