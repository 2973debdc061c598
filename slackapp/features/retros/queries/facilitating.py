"""What the Facilitate form shows to one person."""

from collections.abc import Sequence
from dataclasses import dataclass

from slackapp.core.transaction import Tx
from slackapp.features.launches.models import Launch
from slackapp.features.retros.models import Retro
from slackapp.features.retros.queries.beginnings import offered
from slackapp.features.retros.queries.progress import Progress, progress
from slackapp.features.retros.queries.retros import people, role
from slackapp.features.retros.rules import Doing, Part, may


@dataclass(frozen=True)
class Facilitating:
    progress: Progress
    #: What this person may do.
    doings: frozenset[Doing]
    invited: Sequence[str]
    helpers: Sequence[str]
    #: Launches that can still be looked back on, too.
    launches: Sequence[Launch]


async def doings(tx: Tx, user_id: str, about: Retro, *, here: str | None = None) -> frozenset[Doing]:
    """All that this person may do in it. `here`: the channel they act in."""
    is_one = await role(tx, user_id, about, here=here)
    return frozenset(doing for doing in Doing if may(doing, is_one))


async def facilitating(tx: Tx, user_id: str, about: Retro) -> Facilitating:
    known = await progress(tx, about.id)
    there = {launch.id for launch in known.launches}
    return Facilitating(
        known,
        await doings(tx, user_id, about),
        invited=await people(tx, about.id, Part.INVITED),
        helpers=await people(tx, about.id, Part.CO_FACILITATOR),
        launches=[each.launch for each in await offered(tx, about.channel_id) if each.launch.id not in there],
    )
