"""Who is invited to a retro that runs: by a facilitator, or by being in its channel."""

from collections.abc import Iterable

from slackapp.core.database import insert
from slackapp.core.errors import FieldError
from slackapp.core.transaction import Tx
from slackapp.features.retros.models import Retro, RetroPerson
from slackapp.features.retros.rules import Part
from slackapp.features.workspaces.queries import is_outside, person


async def invite(tx: Tx, about: Retro, user_ids: Iterable[str]) -> None:
    """Let them take part, too. Raises `FieldError` at `invited` for whoever cannot."""
    wanted = list(user_ids)
    sentences = [await why_not(tx, user_id, about.channel_id) for user_id in wanted]
    if found := [sentence for sentence in sentences if sentence]:
        raise FieldError({"invited": " ".join(found[:3])})
    await add(tx, about, wanted, Part.INVITED)


async def welcome(tx: Tx, user_id: str, about: Retro, here: str | None) -> None:
    """A guest who acts in the channel that is invited as a whole was meant, too.

    Of a colleague it is known anyway; of a guest only there, and not any more in a form they open there.
    """
    them = await person(tx, user_id)
    is_meant = about.whole_channel and here == about.channel_id
    if is_meant and them.is_guest and not (them.is_stranger or them.is_bot or them.deleted):
        await add(tx, about, [user_id], Part.INVITED)


async def why_not(tx: Tx, user_id: str, channel_id: str) -> str | None:
    """Why this person cannot be invited there; None if they can. Guests can, by name."""
    them = await person(tx, user_id)
    if them.is_app:
        return f"{them.name} is an app, and apps have nothing to say here."
    if them.deleted:
        return f"{them.name} has left the workspace."
    if await is_outside(tx, user_id, channel_id):
        return f"{them.name} is not in this private channel. Invite them there first, or leave them out."
    return None


async def add(tx: Tx, about: Retro, user_ids: Iterable[str], part: Part) -> None:
    rows = [
        {"workspace_id": tx.workspace_id, "retro_id": about.id, "user_id": user_id, "part": part}
        for user_id in sorted(set(user_ids))
    ]
    if rows:
        await tx.session.execute(insert(RetroPerson.__table__, tx.dialect).on_conflict_do_nothing(), rows)
