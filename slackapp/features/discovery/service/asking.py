"""Asking the senior engineer of a planned launch what to factor in, for as long as that matters.

Whoever makes any of these happen holds the launch's lock.
"""

from slackapp.core.transaction import Tx
from slackapp.features.discovery import queries
from slackapp.features.discovery.rules import CONSIDERATIONS_KIND
from slackapp.features.discovery.service.considerations import redraw_echo
from slackapp.features.launches import queries as launch_queries
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import (
    LaunchDropped,
    LaunchEdited,
    LaunchOut,
    LaunchPlanned,
    LaunchState,
)
from slackapp.features.prompts import service as prompts
from slackapp.features.prompts.models import PromptState
from slackapp.features.prompts.queries import find
from slackapp.features.prompts.rules import Ladder, Question


async def planned(tx: Tx, event: LaunchPlanned) -> None:
    """Ask the senior engineer named on it, on their next morning."""
    await _ask(tx, await launch_queries.launch(tx, event.launch_id))


async def edited(tx: Tx, event: LaunchEdited) -> None:
    """Another senior engineer is asked instead; with none named, nobody is. What was said stays."""
    launch = await launch_queries.launch(tx, event.launch_id)
    if launch.state != LaunchState.PLANNED:
        return
    prompt = await find(tx, CONSIDERATIONS_KIND, launch.id)
    if prompt is None:
        await _ask(tx, launch)
    elif launch.senior_id is None:
        await prompts.forget(tx, CONSIDERATIONS_KIND, launch.id)
    elif await queries.consideration(tx, launch.id) is not None:
        await prompts.redraw(tx, CONSIDERATIONS_KIND, launch.id)
    elif prompt.state == PromptState.DONE or _was_asked_in_vain(prompt.state, prompt.owner_id, launch):
        await _ask(tx, launch)
    else:
        await prompts.reassign(
            tx, CONSIDERATIONS_KIND, launch.id, owner_id=launch.senior_id, backup_id=_backup(launch)
        )
        await prompts.redraw(tx, CONSIDERATIONS_KIND, launch.id)


async def out(tx: Tx, event: LaunchOut) -> None:
    """It is too late to factor anything in."""
    await _withdraw(tx, event.launch_id)


async def dropped(tx: Tx, event: LaunchDropped) -> None:
    await _withdraw(tx, event.launch_id)


async def _withdraw(tx: Tx, launch_id: int) -> None:
    launch = await launch_queries.launch(tx, launch_id)
    # Nothing was asked of one that was never planned: while somebody waits, the database is not asked for it.
    if launch.first_day is not None and launch.senior_id is not None:
        await prompts.forget(tx, CONSIDERATIONS_KIND, launch.id)
        await redraw_echo(tx, launch, await queries.consideration(tx, launch.id))


async def _ask(tx: Tx, launch: Launch) -> None:
    if launch.senior_id is None:
        return
    question = Question(
        CONSIDERATIONS_KIND,
        launch.id,
        launch.senior_id,
        channel_id=launch.channel_id,
        owner_id=launch.senior_id,
        backup_id=_backup(launch),
        ladder=Ladder.AMONG_US,
    )
    await prompts.ask(tx, question, tx.now)


def _backup(launch: Launch) -> str | None:
    """Whoever owns it has to see to it where its senior engineer does not answer, or is gone."""
    others = (launch.owner_id, launch.backup_id)
    return next((other for other in others if other not in {None, launch.senior_id}), None)


def _was_asked_in_vain(state: str, senior_id: str | None, launch: Launch) -> bool:
    """Whether somebody else was asked to the end."""
    return state == PromptState.EXPIRED and senior_id != launch.senior_id
