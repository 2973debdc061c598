"""Asking the facilitator, on the next morning, to go on with a retro that goes on by nobody else."""

from datetime import timedelta

from slackapp.core.transaction import Tx
from slackapp.core.working_time import next_morning
from slackapp.features.prompts import service as prompts
from slackapp.features.prompts.rules import Ladder, Question, Replied
from slackapp.features.retros import blocks, queries
from slackapp.features.retros.models import Retro
from slackapp.features.retros.rules import WAITS_KIND, Part, Phase
from slackapp.features.workspaces.queries import calendar
from slackapp.outbox import service as outbox

#: To whom knows how it stands, this long nothing is said.
_AWHILE = timedelta(hours=12)


async def ask_to_go_on(tx: Tx, about: Retro, *, is_known: bool) -> None:
    """Ask it of a retro that rests in its phase; of one that moves by itself, or is over, no more.

    `is_known`: a facilitator brought it there, or was told at once; otherwise the first morning will do.
    """
    if not Phase(about.phase).is_open or about.phase_ends_at is not None:
        await prompts.forget(tx, WAITS_KIND, about.id)
        return
    helpers = await queries.people(tx, about.id, Part.CO_FACILITATOR)
    question = Question(
        WAITS_KIND,
        about.id,
        about.facilitator_id,
        channel_id=about.channel_id,
        owner_id=about.facilitator_id,
        backup_id=next(iter(helpers), None),
        ladder=Ladder.AMONG_US,
    )
    when = await calendar(tx, about.facilitator_id, about.channel_id)
    await prompts.ask(tx, question, next_morning(tx.now + _AWHILE if is_known else tx.now, when))


async def change_hands(tx: Tx, about: Retro) -> None:
    """It is somebody else's to go on, or somebody else helps."""
    helpers = await queries.people(tx, about.id, Part.CO_FACILITATOR)
    await prompts.reassign(
        tx, WAITS_KIND, about.id, owner_id=about.facilitator_id, backup_id=next(iter(helpers), None)
    )


async def take_reply(tx: Tx, reply: Replied) -> None:
    """It is gone on with by a button alone; a reply in words is told so."""
    if reply.kind == WAITS_KIND:
        about = await queries.retro(tx, reply.subject_id)
        await outbox.say(tx, reply.answer_key, outbox.Direct(reply.user_id), blocks.only_by_button(about))
