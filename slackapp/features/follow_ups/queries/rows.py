"""Follow-ups of this workspace, and the prompts that ask them."""

from collections.abc import Sequence

from sqlalchemy import select

from slackapp.core.errors import NotFoundError
from slackapp.core.transaction import Tx
from slackapp.features.follow_ups.models import FollowUp
from slackapp.features.follow_ups.rules import KIND
from slackapp.features.launches.models import LaunchPerson
from slackapp.features.prompts.queries import Subjects, find, open_subjects


async def follow_up(tx: Tx, follow_up_id: int) -> FollowUp:
    found: FollowUp | None = await tx.session.scalar(
        select(FollowUp)
        .where(FollowUp.workspace_id == tx.workspace_id, FollowUp.id == follow_up_id)
        .execution_options(populate_existing=True),
    )
    if found is None:
        raise NotFoundError("This question is not here any more.")
    return found


async def of_launch(tx: Tx, launch_id: int) -> Sequence[FollowUp]:
    """In the order of their days."""
    found = await tx.session.scalars(
        select(FollowUp)
        .where(FollowUp.workspace_id == tx.workspace_id, FollowUp.launch_id == launch_id)
        .order_by(FollowUp.days),
    )
    return found.all()


def note_planned(tx: Tx, launch_id: int, follow_ups: Sequence[FollowUp]) -> None:
    """These were written just now, and are all that the launch has."""
    tx.session.info["follow_ups"] = launch_id, follow_ups


def planned_now(tx: Tx, launch_id: int) -> Sequence[FollowUp] | None:
    """What this transaction planned for the launch, in the order of days; None if it did not, or undid it."""
    planned_for, follow_ups = tx.session.info.get("follow_ups", (None, ()))
    is_so = planned_for == launch_id and all(follow_up in tx.session for follow_up in follow_ups)
    return follow_ups if is_so else None


async def final_of_launch(tx: Tx, launch_id: int) -> FollowUp | None:
    """The one that gives the verdict; None of a launch without a metric."""
    found: FollowUp | None = await tx.session.scalar(
        select(FollowUp).where(
            FollowUp.workspace_id == tx.workspace_id, FollowUp.launch_id == launch_id, FollowUp.final
        ),
    )
    return found


async def echoed(tx: Tx, message: str) -> FollowUp | None:
    """The follow-up whose answer the message of this outbox key shows to whoever gave it."""
    found: FollowUp | None = await tx.session.scalar(
        select(FollowUp).where(FollowUp.workspace_id == tx.workspace_id, FollowUp.echo == message),
    )
    return found


async def in_channel_message(tx: Tx, message: str) -> Sequence[FollowUp]:
    """What the message of this outbox key asks a channel, the oldest first."""
    found = await tx.session.scalars(
        select(FollowUp)
        .where(FollowUp.workspace_id == tx.workspace_id, FollowUp.channel_message == message)
        .order_by(FollowUp.due_on, FollowUp.id)
        .execution_options(populate_existing=True),
    )
    return found.all()


def launches_waiting(tx: Tx) -> Subjects:
    """The launches somebody was asked about, and nobody has answered."""
    return select(FollowUp.launch_id).where(
        FollowUp.workspace_id == tx.workspace_id, FollowUp.id.in_(open_subjects(tx, KIND))
    )


async def is_shown(tx: Tx, follow_up_id: int) -> bool:
    """Whether a message asks it: somebody has been asked, and not passed it on to who is asked next."""
    prompt = await find(tx, KIND, follow_up_id)
    return prompt is not None and prompt.message is not None


async def worker(tx: Tx, launch_person_id: int) -> LaunchPerson | None:
    """Who was told of the outcome; None once they took back that they had part in it."""
    found: LaunchPerson | None = await tx.session.scalar(
        select(LaunchPerson).where(
            LaunchPerson.workspace_id == tx.workspace_id, LaunchPerson.id == launch_person_id
        ),
    )
    return found
