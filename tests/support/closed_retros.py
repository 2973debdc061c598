"""Retros at their close, and closed ones, for tests of services."""

from slackapp.core.transaction import Tx
from slackapp.features.retros.models import (
    Retro,
    RetroLaunch,
)
from slackapp.features.retros.rules import Phase
from slackapp.features.retros.service import closing, stepping
from tests.support.recorded import recorded
from tests.support.retros import collecting


async def at_close(tx: Tx, *, is_anonymous: bool = True, launches: int = 1, channel: str = "C1") -> Retro:
    retro = await collecting(tx, is_anonymous=is_anonymous, channel=channel)
    for number in range(launches):
        launch = await recorded(tx, title=f"Launch {number + 1}", channel=channel)
        tx.session.add(RetroLaunch(workspace_id=tx.workspace_id, retro_id=retro.id, launch_id=launch.id))
    await stepping.step_to(tx, retro, Phase.CLOSE, by="U1")
    return retro


async def closed(tx: Tx, *, is_anonymous: bool = True) -> Retro:
    retro = await at_close(tx, is_anonymous=is_anonymous)
    await closing.close(tx, retro, by="U1", impact="They stay longer", skip=False)
    return retro
