"""Asking people, and keeping the messages that ask true. Every feature asks through here."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, select

from slackapp.core.errors import FieldError, UserError
from slackapp.core.transaction import Tx
from slackapp.core.working_time import local_date, next_morning
from slackapp.features.prompts import blocks, queries
from slackapp.features.prompts.models import Prompt, PromptState
from slackapp.features.prompts.queries import in_message, lock_message, open_for
from slackapp.features.prompts.rules import (
    LADDERS,
    MOST_SNOOZES,
    Ask,
    Asked,
    Expired,
    Ladder,
    Question,
    Replied,
    To,
    ToChannel,
    last_asking_step,
    next_step_at,
    reply_key,
    single_key,
    snoozed_until,
)
from slackapp.features.workspaces.queries import calendar, person
from slackapp.outbox import service as outbox
from slackapp.outbox.queries import key_of
from slackapp.slack.blocks import Message
from slackapp.slack.routes import DirectMessage


async def ask(tx: Tx, question: Question, at: datetime) -> None:
    """Ask this of the person in their morning message, on the first working morning from `at` on."""
    tx.session.add(_prompt(tx, question, at))
    await tx.session.flush()


async def ask_at_once(tx: Tx, question: Question) -> None:
    """Ask this right away, in a message of its own: only as the answer to the person's own click."""
    prompt = _prompt(tx, question, tx.now)
    prompt.at_once = True
    tx.session.add(prompt)
    await tx.session.flush()
    await put(tx, [prompt], single_key(question.user_id, prompt.id))


def _prompt(tx: Tx, question: Question, at: datetime) -> Prompt:
    return Prompt(
        workspace_id=tx.workspace_id,
        kind=question.kind,
        subject_id=question.subject_id,
        user_id=question.user_id,
        channel_id=question.channel_id,
        owner_id=question.owner_id,
        backup_id=question.backup_id,
        ladder=question.ladder,
        step=0,
        due_at=at,
        next_at=at,
    )


async def put(tx: Tx, prompts: list[Prompt], message: str) -> None:
    """Put these prompts of one person into one message; older messages that asked them lose their buttons."""
    left = {prompt.message for prompt in prompts} - {None, message}
    for prompt in prompts:
        prompt.state, prompt.message = PromptState.ASKED, message
        prompt.step += 1
        await _plan_next_step(tx, prompt)
    await tx.session.flush()
    for prompt in prompts:
        await tx.emit(Asked(prompt.kind, prompt.subject_id))
    for old in sorted(filter(None, left)):
        await _draw(tx, old)
    await _draw(tx, message)


async def climb(tx: Tx, prompt: Prompt) -> bool:
    """Do the next step of a prompt. True if it is to ask a person, namely `prompt.user_id`."""
    steps = LADDERS[Ladder(prompt.ladder)]
    step = steps[prompt.step].to
    if step == To.PERSON and (await person(tx, prompt.user_id)).deleted:
        # Whoever has left is not asked; what comes after them comes at once. A ladder without a step for the
        # backup asks them in this one.
        prompt.step = next((i for i, s in enumerate(steps) if s.to == To.BACKUP), prompt.step)
        return await _hand_over(tx, prompt, wait=False)
    if step == To.PERSON:
        return True
    if step == To.BACKUP:
        return await _hand_over(tx, prompt, wait=True)
    prompt.step += 1
    await _plan_next_step(tx, prompt)
    if step == To.CHANNEL:
        await tx.emit(ToChannel(prompt.kind, prompt.subject_id))
    else:
        prompt.state, prompt.next_at = PromptState.EXPIRED, None
        await tx.session.flush()
        await tx.emit(Expired(prompt.kind, prompt.subject_id))
    return False


async def _hand_over(tx: Tx, prompt: Prompt, *, wait: bool) -> bool:
    """Ask the backup from now on. False, and the step is passed over, if there is none who could be asked."""
    backup = prompt.backup_id
    if backup is not None and not (await person(tx, backup)).deleted:
        if prompt.user_id != backup:
            await _leave_message(tx, prompt, blocks.handed_over(backup))
            prompt.user_id = backup
        return True
    prompt.step += 1
    await _plan_next_step(tx, prompt)
    if not wait and prompt.next_at is not None:
        prompt.next_at = tx.now
    return False


async def snooze(tx: Tx, user_id: str, prompt_id: int, days: int) -> None:
    """Ask the same again so many days later; all that follows shifts by as much."""
    prompt = await open_prompt(tx, user_id, prompt_id)
    if prompt.snoozes >= MOST_SNOOZES:
        raise UserError(
            f"This was put off {MOST_SNOOZES} times already. Ask someone else, or say there is no number."
        )
    their_calendar = await calendar(tx, prompt.user_id, prompt.channel_id)
    prompt.state, prompt.snoozes = PromptState.WAITING, prompt.snoozes + 1
    prompt.step = last_asking_step(
        Ladder(prompt.ladder), prompt.step, has_backup=prompt.backup_id is not None
    )
    prompt.next_at = snoozed_until(tx.now, days, their_calendar)
    await tx.session.flush()
    await redraw(tx, prompt.kind, prompt.subject_id)


async def pass_on(tx: Tx, user_id: str, prompt_id: int, to: str) -> None:
    """Ask somebody else instead, from the beginning. Raises `FieldError` for whom nobody should ask."""
    prompt = await open_prompt(tx, user_id, prompt_id)
    other = await person(tx, to)
    if to == prompt.user_id:
        raise FieldError({"person": "You are the one who is asked now. Choose somebody else."})
    if not other.can_be_asked:
        raise FieldError({"person": "Choose a colleague: bots, guests and people who left cannot be asked."})
    await _leave_message(tx, prompt, blocks.handed_over(to))
    prompt.user_id, prompt.state, prompt.step, prompt.snoozes = to, PromptState.WAITING, 0, 0
    prompt.next_at = next_morning(tx.now, await calendar(tx, to, prompt.channel_id))
    await tx.session.flush()


async def set_weekly(tx: Tx, user_id: str, message: str, *, weekly: bool) -> None:
    """Ask this person once a week, or every working morning again."""
    pace = await queries.pace(tx, user_id)
    pace.weekly = weekly
    if not weekly:
        pace.ignored = 0
    tx.session.add(pace)
    await tx.session.flush()
    await _draw(tx, message)


async def answered(tx: Tx, kind: str, subject_id: int, by: str) -> None:
    """Somebody answered it: nothing more is asked, and whoever answers is asked every morning again."""
    pace = await queries.pace(tx, by)
    if pace.ignored:
        pace.ignored = 0
    await finish(tx, kind, subject_id)


async def finish(tx: Tx, kind: str, subject_id: int) -> None:
    """It is answered, or no longer asked. Its message is redrawn; unasked, it will not be asked."""
    await _set_state(tx, kind, subject_id, PromptState.DONE)


async def reopen(tx: Tx, kind: str, subject_id: int) -> bool:
    """An answer was taken back: it is open again where it was asked, and asked again as if put just now.

    False if everybody was asked already: then it is expired, as it was before the answer.
    """
    return await _set_state(tx, kind, subject_id, PromptState.ASKED) == PromptState.ASKED


async def redraw(tx: Tx, kind: str, subject_id: int) -> None:
    """What the asking feature shows in the message has changed."""
    message = await _message_of(tx, kind, subject_id)
    if message is not None:
        await lock_message(tx, message)
        await _draw(tx, message)


async def reply(tx: Tx, message: DirectMessage) -> None:
    """Hand a reply to the feature whose prompt it answers: the one open, or the one open where it stands."""
    key, to = reply_key(message.user, message.ts), outbox.Direct(message.user)
    parent = None if message.thread_ts is None else await key_of(tx, message.channel, message.thread_ts)
    found = await open_for(tx, message.user) if parent is None else await in_message(tx, parent)
    prompts = [prompt for prompt in found if prompt.state != PromptState.DONE]
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
    await outbox.say(tx, key, to, answer)


async def _set_state(tx: Tx, kind: str, subject_id: int, state: PromptState) -> PromptState:
    prompt = await _locked(tx, kind, subject_id)
    prompt.state, prompt.next_at = state, None
    if state == PromptState.ASKED:
        await _plan_next_step(tx, prompt)
        ladder = Ladder(prompt.ladder)
        if ladder == Ladder.UNTIL_ANSWERED and prompt.step >= len(LADDERS[ladder]):
            prompt.state = PromptState.EXPIRED
    await tx.session.flush()
    if prompt.message is not None:
        await _draw(tx, prompt.message)
    return PromptState(prompt.state)


async def _locked(tx: Tx, kind: str, subject_id: int) -> Prompt:
    """The prompt as it stands, and nobody else changes it, or what its message asks, until the end.

    The message's prompts are locked together and in order, so that two answers to one message do not wait for
    each other. One that is being put into its first message just now has none until its own lock is ours.
    """
    message = await _message_of(tx, kind, subject_id)
    if message is not None:
        await lock_message(tx, message)
    found = await tx.session.scalars(
        select(Prompt)
        .where(_about(tx, kind, subject_id))
        .with_for_update()
        .execution_options(populate_existing=True),
    )
    return found.one()


async def _plan_next_step(tx: Tx, prompt: Prompt) -> None:
    their_calendar = await calendar(tx, prompt.user_id, prompt.channel_id)
    prompt.next_at = next_step_at(Ladder(prompt.ladder), prompt.step, tx.now, their_calendar)


async def open_prompt(tx: Tx, user_id: str, prompt_id: int) -> Prompt:
    """The prompt, if it is still asked of this person; otherwise `UserError` says why not."""
    prompt = await queries.prompt(tx, prompt_id)
    if prompt.user_id != user_id:
        raise UserError("This is asked of somebody else now.")
    if prompt.state not in {PromptState.ASKED, PromptState.WAITING}:
        raise UserError("This is answered already, or not asked any more.")
    return prompt


async def _leave_message(tx: Tx, prompt: Prompt, instead: Message) -> None:
    """Take the prompt out of the message that asks it; what remains there stays open."""
    message, prompt.message = prompt.message, None
    await tx.session.flush()
    if message is None:
        return
    if await in_message(tx, message):
        await _draw(tx, message)
    else:
        await outbox.withdraw(tx, message, instead=instead)


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
    """The message as it should look now. One whose prompts all moved on keeps its words and no buttons."""
    prompts = await in_message(tx, message)
    if not prompts:
        await outbox.withdraw(tx, message)
        return
    user_id = prompts[0].user_id
    asks: list[blocks.Asking] = []
    for prompt in prompts:
        for question in await tx.gather(Ask(prompt.kind, prompt.subject_id, prompt.user_id)):
            until = (await _until(tx, prompt)) if prompt.state == PromptState.WAITING else None
            asks.append(blocks.Asking(prompt, question, until))
    daily = not any(prompt.at_once for prompt in prompts)
    weekly = (await queries.pace(tx, user_id)).weekly if daily else None
    await outbox.say(tx, message, outbox.Direct(user_id), blocks.asking(asks, message, weekly=weekly))


async def _until(tx: Tx, prompt: Prompt) -> date | None:
    zone = (await person(tx, prompt.user_id)).zone
    return local_date(prompt.next_at, zone) if prompt.next_at is not None else None
