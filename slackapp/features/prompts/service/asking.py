"""What is asked of whom and when: by the feature that asks, and as the people it concerns have it."""

from collections.abc import Iterable
from datetime import datetime

from slackapp.core.errors import FieldError, UserError
from slackapp.core.transaction import Tx
from slackapp.core.working_time import local_date, next_morning
from slackapp.features.prompts import blocks, queries
from slackapp.features.prompts.models import Prompt, PromptState
from slackapp.features.prompts.rules import (
    MOST_SNOOZES,
    Ask,
    Ladder,
    Question,
    last_asking_step,
    single_key,
    snoozed_until,
)
from slackapp.features.prompts.service.answers import redraw
from slackapp.features.prompts.service.messages import draw, leave, put
from slackapp.features.prompts.service.rows import OPEN, begin, heard, locked, open_prompt
from slackapp.features.workspaces.queries import calendar, is_outside, may_be_asked, person


async def ask(tx: Tx, question: Question, at: datetime) -> None:
    """Ask this of the person in their morning message, on the first working morning from `at` on.

    What was asked before under this kind and subject begins anew.
    """
    await _keep(tx, question, at)


async def ask_anew(tx: Tx, questions: Iterable[tuple[Question, datetime]]) -> None:
    """The same for several, each with its moment, of which nothing can have been asked before."""
    tx.session.add_all(_asking(_prompt(tx, question), question, at) for question, at in questions)
    await tx.session.flush()


async def ask_at_once(tx: Tx, question: Question) -> None:
    """Ask this right away, in a message of its own: only as the answer to the person's own click."""
    prompt = await _keep(tx, question, tx.now)
    if await may_be_asked(tx, prompt.user_id, prompt.channel_id):
        await _put_at_once(tx, prompt)


async def tell(
    tx: Tx,
    kind: str,
    subject_id: int,
    user_id: str,
    at: datetime,
    channel_id: str | None = None,
) -> None:
    """Tell this person once, below what their morning message asks from `at` on. Nothing is asked of them."""
    await _keep(tx, Question(kind, subject_id, user_id, channel_id=channel_id, ladder=Ladder.NEWS), at)


async def _keep(tx: Tx, question: Question, at: datetime) -> Prompt:
    prompt = await locked(tx, question.kind, question.subject_id)
    if prompt is None:
        prompt = _prompt(tx, question)
        tx.session.add(prompt)
    else:
        await leave(tx, prompt)
    _asking(prompt, question, at)
    await tx.session.flush()
    return prompt


def _prompt(tx: Tx, question: Question) -> Prompt:
    return Prompt(
        workspace_id=tx.workspace_id, kind=question.kind, subject_id=question.subject_id, message=None
    )


def _asking(prompt: Prompt, question: Question, at: datetime) -> Prompt:
    prompt.channel_id, prompt.owner_id = question.channel_id, question.owner_id
    prompt.backup_id, prompt.ladder = question.backup_id, question.ladder
    prompt.due_at, prompt.channel_asked, prompt.at_once = at, False, False
    begin(prompt, question.user_id, at)
    return prompt


async def _put_at_once(tx: Tx, prompt: Prompt) -> None:
    await put(tx, [prompt], single_key(prompt.user_id, prompt.id, tx.now), at_once=True)


async def snooze(tx: Tx, user_id: str, prompt_id: int, days: int) -> None:
    """Ask the same again so many days later; all that follows shifts by as much."""
    prompt = await open_prompt(tx, user_id, prompt_id)
    if prompt.snoozes >= MOST_SNOOZES:
        raise UserError(f"This was put off {MOST_SNOOZES} times already. Answer it, or ask someone else.")
    await heard(tx, user_id)
    when = await calendar(tx, prompt.user_id, prompt.channel_id)
    if prompt.state == PromptState.ASKED:
        prompt.step = last_asking_step(
            Ladder(prompt.ladder), prompt.step, has_backup=prompt.backup_id is not None
        )
    prompt.state, prompt.snoozes = PromptState.WAITING, prompt.snoozes + 1
    prompt.next_at = max(snoozed_until(tx.now, days, when), prompt.due_at)
    await tx.session.flush()
    await redraw(tx, prompt.kind, prompt.subject_id)


async def pass_on(tx: Tx, user_id: str, prompt_id: int, to: str) -> None:
    """Ask somebody else instead, from the beginning. Raises `FieldError` for whom nobody should ask.

    Whoever takes it over themselves is asked at once, as the answer to their own click.
    """
    prompt = await open_prompt(tx, user_id, prompt_id)
    other = await person(tx, to)
    if to == prompt.user_id:
        who = "You are" if to == user_id else f"{other.name} is"
        raise FieldError({"person": f"{who} the one who is asked now. Choose somebody else."})
    if not other.can_be_asked:
        raise FieldError({"person": "Choose a colleague: bots, guests and people who left cannot be asked."})
    if prompt.channel_id is not None and await is_outside(tx, to, prompt.channel_id):
        sentence = (
            f"{other.name} is not in this private channel. Invite them there first, or choose a member."
        )
        raise FieldError({"person": sentence})
    await heard(tx, user_id)
    await _begin_with(tx, prompt, to)
    if to == user_id and prompt.due_at <= tx.now:
        await _put_at_once(tx, prompt)


async def _begin_with(tx: Tx, prompt: Prompt, to: str) -> None:
    """Ask this person instead, on their next working morning; whoever was asked before is told so."""
    if prompt.user_id != to:
        await leave(tx, prompt, blocks.handed_over(to))
    when = await calendar(tx, to, prompt.channel_id)
    begin(prompt, to, max(next_morning(tx.now, when), prompt.due_at))
    await tx.session.flush()


async def set_weekly(tx: Tx, user_id: str, message: str, *, weekly: bool) -> None:
    """Ask this person once a week, or every working morning again."""
    await queries.lock_message(tx, message)
    pace = await queries.pace(tx, user_id)
    pace.weekly = weekly
    if not weekly:
        pace.ignored = 0
    tx.session.add(pace)
    await tx.session.flush()
    await draw(tx, message)


async def reassign(tx: Tx, kind: str, subject_id: int, *, owner_id: str, backup_id: str | None) -> None:
    """It is somebody else's matter now, or has another backup. Nothing happens if it was never asked for.

    If the owner before was the one asked, or nobody was asked yet, the new one is asked from the beginning.
    """
    prompt = await locked(tx, kind, subject_id)
    if prompt is None:
        return
    before, prompt.owner_id, prompt.backup_id = prompt.owner_id, owner_id, backup_id
    nobody_yet = prompt.step == 0 and prompt.message is None
    if (
        owner_id not in {before, prompt.user_id}
        and prompt.state in OPEN
        and prompt.ladder != Ladder.NEWS
        and (prompt.user_id == before or nobody_yet)
    ):
        await _begin_with(tx, prompt, owner_id)
    await tx.session.flush()


async def postpone(tx: Tx, kind: str, subject_id: int, at: datetime) -> None:
    """Ask it, or ask it anew from the beginning, from this moment on. What has an answer stays as it is.

    Nothing happens if it was never asked for. Of the people asked the first is asked again, unless it was
    passed on.
    """
    prompt = await locked(tx, kind, subject_id)
    if prompt is None or prompt.state == PromptState.DONE:
        return
    first = prompt.owner_id if prompt.user_id == prompt.backup_id else prompt.user_id
    when = await calendar(tx, first or prompt.user_id, prompt.channel_id)
    prompt.due_at, prompt.channel_asked = at, False
    if prompt.message is not None:
        shown = await tx.gather(Ask(kind, subject_id, prompt.user_id))
        again = [blocks.asked_again(question, local_date(at, when.zone)) for question in shown]
        await leave(tx, prompt, next(iter(again), None))
    begin(prompt, first or prompt.user_id, at)
    await tx.session.flush()
