"""What the senior engineer of a planned launch says has to be factored in.

Whoever changes anything of it takes the launch's row first.
"""

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.core.words import written_day
from slackapp.features.discovery import queries
from slackapp.features.discovery.blocks import considerations as blocks
from slackapp.features.discovery.models import Consideration
from slackapp.features.discovery.rules import CONSIDERATIONS_KIND, Doing, Role, may, read_considerations
from slackapp.features.launches import queries as launch_queries
from slackapp.features.launches import service as launches
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import LaunchState
from slackapp.features.prompts import service as prompts
from slackapp.features.prompts.queries import asked_of
from slackapp.features.workspaces.queries import person
from slackapp.outbox import service as outbox


async def sayable(tx: Tx, user_id: str, launch_id: int, *, here: str | None = None) -> tuple[Launch, str]:
    """The launch, if this person may say what to factor in, or put what they said in other words; and that.

    Locked, so that of two who say something at once the second is told so. Raises `UserError` otherwise.
    """
    launch = await launch_queries.launch(tx, launch_id, lock=True)
    said = await queries.consideration(tx, launch.id)
    await _check(tx, user_id, launch, said, here=here)
    return launch, "" if said is None else said.text


async def _check(
    tx: Tx, user_id: str, launch: Launch, said: Consideration | None, *, here: str | None = None
) -> None:
    roles = await queries.roles_for(tx, user_id, launch, said, here=here)
    if not roles & {Role.MEMBER, Role.ASKED}:
        raise UserError(f"{launch.label} is for the members of its channel.")
    if said is not None and not may(Doing.RECONSIDER, roles):
        name = (await person(tx, said.said_by)).name
        raise UserError(f"{name} said it already, and can change it. The thread of {launch.label} is open.")
    if said is None and not may(Doing.CONSIDER, roles):
        raise UserError(
            f"This is for the senior engineer named on {launch.label}, for its owner, or for whoever they "
            "asked instead."
        )
    if launch.state == LaunchState.DROPPED:
        raise UserError(f"{launch.label} was cancelled, so there is nothing to factor in any more.")
    if launch.state != LaunchState.PLANNED:
        raise UserError(
            f"{launch.label} is out since {written_day(launch.day)}. What was said before that stands; "
            "its thread is open for more."
        )


async def consider(
    tx: Tx, user_id: str, launch_id: int, text: str, *, echo: str | None = None, here: str | None = None
) -> Launch:
    """Keep it, and show it on the card. `echo`: the outbox key that answers the reply it was said in.

    Raises as `sayable`, and `FieldError` at `text`.
    """
    launch, before = await sayable(tx, user_id, launch_id, here=here)
    text = read_considerations(text)
    said = await queries.consideration(tx, launch.id)
    if said is None:
        said = Consideration(workspace_id=tx.workspace_id, launch_id=launch.id, said_by=user_id, echo=echo)
        tx.session.add(said)
    if before != text:
        said.text, said.said_at = text, tx.now
    said.echo = echo or said.echo
    await tx.session.flush()
    await _said(tx, launch, said)
    return launch


async def take_back(tx: Tx, user_id: str, launch_id: int, *, here: str | None = None) -> Launch:
    """It is open again, and asked again. Nothing said is nothing taken back. Raises as `sayable`."""
    launch = await launch_queries.launch(tx, launch_id, lock=True)
    said = await queries.consideration(tx, launch.id)
    if said is None:
        return launch
    await _check(tx, user_id, launch, said, here=here)
    echo = said.echo
    await tx.session.delete(said)
    await tx.session.flush()
    if echo is not None:
        await outbox.withdraw(tx, echo, instead=blocks.taken_back(launch))
    if await asked_of(tx, CONSIDERATIONS_KIND, launch.id) is not None:
        await prompts.reopen(tx, CONSIDERATIONS_KIND, launch.id)
    await launches.redraw(tx, launch)
    return launch


async def _said(tx: Tx, launch: Launch, said: Consideration) -> None:
    if await asked_of(tx, CONSIDERATIONS_KIND, launch.id) is not None:
        await prompts.answered(tx, CONSIDERATIONS_KIND, launch.id, said.said_by)
    await redraw_echo(tx, launch, said)
    await launches.redraw(tx, launch)


async def redraw_echo(tx: Tx, launch: Launch, said: Consideration | None, *, notice: str = "") -> None:
    """The message below the reply that it was said in, if it was said in one."""
    if said is not None and said.echo is not None:
        to = outbox.Direct(said.said_by)
        await outbox.say(tx, said.echo, to, blocks.said_message(launch, said, notice=notice))


async def correct(tx: Tx, user_id: str, launch_id: int, text: str, echo: str) -> None:
    """The reply was put in other words. What cannot be taken leaves the first words, and its echo says so.

    Of whoever may not say it any more nothing is taken, and they are told nothing.
    """
    launch = await launch_queries.launch(tx, launch_id, lock=True)
    said = await queries.consideration(tx, launch.id)
    if said is None or said.echo != echo or said.said_by != user_id:
        return
    if not may(Doing.RECONSIDER, await queries.roles_for(tx, user_id, launch, said)):
        return
    try:
        await consider(tx, user_id, launch_id, text, echo=echo)
    except UserError as error:
        await redraw_echo(tx, launch, said, notice=f"{error.sentence} Your first words stand.")
