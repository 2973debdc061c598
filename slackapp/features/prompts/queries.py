"""What is open, and what one message asks."""

from collections.abc import Sequence

from sqlalchemy import select

from slackapp.core.transaction import Tx
from slackapp.features.prompts.models import Prompt, PromptState


async def in_message(tx: Tx, message: str) -> Sequence[Prompt]:
    """The prompts that the message of this outbox key asks, in the order they stand there."""
    found = await tx.session.scalars(
        select(Prompt)
        .where(Prompt.workspace_id == tx.workspace_id, Prompt.message == message)
        .order_by(Prompt.due_at, Prompt.id),
    )
    return found.all()


async def lock_message(tx: Tx, message: str) -> None:
    """Let nobody else change what this message asks until the end of the transaction.

    Two answers to one message at once would otherwise each redraw it without the other.
    """
    await tx.session.execute(
        select(Prompt.id)
        .where(Prompt.workspace_id == tx.workspace_id, Prompt.message == message)
        .order_by(Prompt.id)
        .with_for_update(),
    )


async def open_for(tx: Tx, user_id: str) -> Sequence[Prompt]:
    """What this person has been asked and has not answered, the oldest first."""
    found = await tx.session.scalars(
        select(Prompt)
        .where(
            Prompt.workspace_id == tx.workspace_id,
            Prompt.user_id == user_id,
            Prompt.state == PromptState.ASKED,
        )
        .order_by(Prompt.due_at, Prompt.id),
    )
    return found.all()


async def asked_person(tx: Tx, kind: str, subject_id: int) -> str:
    """Whom this is asked of."""
    found = await tx.session.scalars(
        select(Prompt.user_id).where(
            Prompt.workspace_id == tx.workspace_id,
            Prompt.kind == kind,
            Prompt.subject_id == subject_id,
        ),
    )
    return found.one()


async def open_subjects(tx: Tx, kind: str) -> Sequence[int]:
    """The subjects of this kind that somebody has been asked about and nobody has answered."""
    found = await tx.session.scalars(
        select(Prompt.subject_id).where(
            Prompt.workspace_id == tx.workspace_id,
            Prompt.kind == kind,
            Prompt.state == PromptState.ASKED,
        ),
    )
    return found.all()
