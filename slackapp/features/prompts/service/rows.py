"""Finding a prompt's row, locked, and what stands in it at the beginning and after each step."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, select

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.features.prompts import queries
from slackapp.features.prompts.models import Prompt, PromptState
from slackapp.features.prompts.rules import Ladder, next_step_at
from slackapp.features.workspaces.queries import calendar, is_outside, may_be_asked

#: To be asked, or asked, and without an answer.
OPEN = frozenset({PromptState.WAITING, PromptState.ASKED})


async def locked(tx: Tx, kind: str, subject_id: int) -> Prompt | None:
    """The prompt as it stands, and nobody else changes it, or what its message asks, until the end.

    The message's prompts are locked together and in order, so that two answers to one message do not wait for
    each other. One that is being put into its first message just now has none until its own lock is ours.
    """
    message = await message_of(tx, kind, subject_id)
    if message is not None:
        await queries.lock_message(tx, message)
    found: Prompt | None = await tx.session.scalar(
        select(Prompt)
        .where(_about(tx, kind, subject_id))
        .with_for_update()
        .execution_options(populate_existing=True),
    )
    return found


async def message_of(tx: Tx, kind: str, subject_id: int) -> str | None:
    found: str | None = await tx.session.scalar(select(Prompt.message).where(_about(tx, kind, subject_id)))
    return found


def _about(tx: Tx, kind: str, subject_id: int) -> ColumnElement[bool]:
    return and_(
        Prompt.workspace_id == tx.workspace_id,
        Prompt.kind == kind,
        Prompt.subject_id == subject_id,
    )


async def open_prompt(tx: Tx, user_id: str, prompt_id: int) -> Prompt:
    """The prompt, if this person may put it off or pass it on now; otherwise `UserError` says why not."""
    prompt = await queries.prompt(tx, prompt_id)
    if user_id not in {prompt.user_id, prompt.owner_id, prompt.backup_id}:
        raise UserError("This is asked of somebody else now.")
    if prompt.channel_id is not None and await is_outside(tx, user_id, prompt.channel_id):
        raise UserError("This is about a private channel you are not in any more.")
    if not await may_be_asked(tx, user_id):
        raise UserError("This is for the members of this workspace.")
    if prompt.state not in OPEN or prompt.ladder == Ladder.NEWS:
        raise UserError("This is answered already, or not asked any more.")
    return prompt


def begin(prompt: Prompt, user_id: str, at: datetime) -> None:
    """From the beginning: the first step asks this person once that moment has come."""
    prompt.user_id, prompt.state, prompt.step, prompt.snoozes = user_id, PromptState.WAITING, 0, 0
    prompt.next_at, prompt.failures = at, 0


async def heard(tx: Tx, user_id: str) -> None:
    """This person answered, put off or passed on what they were asked, so they do not ignore it."""
    pace = await queries.pace(tx, user_id)
    if pace.ignored:
        pace.ignored = 0


async def plan_next_step(tx: Tx, prompt: Prompt) -> None:
    """Say when what follows is due, its last step having been done now."""
    when = await calendar(tx, prompt.user_id, prompt.channel_id)
    prompt.next_at = next_step_at(Ladder(prompt.ladder), prompt.step, tx.now, when)
