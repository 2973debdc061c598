"""Who worked on a launch, and who was in before its spec, as they say themselves."""

from slackapp.core.database import insert
from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.features.launches import queries
from slackapp.features.launches.models import Launch, LaunchPerson
from slackapp.features.launches.rules import Action, LaunchState, LeftPart, Took, TookPart
from slackapp.features.launches.service.drawing import redraw
from slackapp.features.launches.service.permitting import check
from slackapp.features.workspaces.queries import wants_function
from slackapp.features.workspaces.service import asked_function


async def take_part(tx: Tx, user_id: str, launch_id: int, took: Took, *, here: str | None = None) -> Launch:
    """Note that they had this part; saying it twice changes nothing."""
    launch = await _locked(tx, user_id, launch_id, here)
    statement = (
        insert(LaunchPerson, tx.dialect)
        .values(workspace_id=tx.workspace_id, launch_id=launch.id, user_id=user_id, part=took, said_at=tx.now)
        .on_conflict_do_nothing()
        .returning(LaunchPerson.id)
    )
    row_id = (await tx.session.execute(statement)).scalar_one_or_none()
    if row_id is not None:
        await tx.emit(TookPart(launch.id, row_id))
        await redraw(tx, launch)
    return launch


async def asks_function(tx: Tx, user_id: str, took: Took) -> bool:
    """Whether to ask them for their function: it matters here. They are asked once."""
    if took is not Took.BEFORE_SPEC or not await wants_function(tx, user_id):
        return False
    await asked_function(tx, user_id)
    return True


async def leave_part(tx: Tx, user_id: str, launch_id: int, took: Took, *, here: str | None = None) -> Launch:
    """Take it back."""
    launch = await _locked(tx, user_id, launch_id, here)
    row = await queries.part_of(tx, launch.id, user_id, took)
    if row is not None:
        await tx.emit(LeftPart(launch.id, row.id))
        await tx.session.delete(row)
        await redraw(tx, launch)
    return launch


async def _locked(tx: Tx, user_id: str, launch_id: int, here: str | None) -> Launch:
    launch = await queries.launch(tx, launch_id, lock=True)
    await check(tx, user_id, launch, Action.TAKE_PART, here=here)
    if launch.state == LaunchState.DROPPED:
        raise UserError(f"{launch.label} is cancelled.")
    return launch
