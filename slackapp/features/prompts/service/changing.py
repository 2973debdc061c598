"""Asking more often, or less, than was meant at first."""

from slackapp.core.transaction import Tx
from slackapp.features.prompts.models import PromptState
from slackapp.features.prompts.rules import LADDERS, Ladder
from slackapp.features.prompts.service.rows import OPEN, locked, plan_next_step


async def change_ladder(tx: Tx, kind: str, subject_id: int, ladder: Ladder) -> None:
    """Let it be asked as often as this ladder says. What was asked stays, and counts as steps of this one.

    Nothing happens if it was never asked for, or has an answer.
    """
    prompt = await locked(tx, kind, subject_id)
    if prompt is None or prompt.state not in OPEN or prompt.ladder == ladder:
        return
    prompt.ladder, prompt.step = ladder, min(prompt.step, len(LADDERS[ladder]))
    if prompt.state == PromptState.ASKED:
        await plan_next_step(tx, prompt)
    await tx.session.flush()
