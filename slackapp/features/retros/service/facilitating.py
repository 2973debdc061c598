"""What facilitators settle while a retro runs, and who facilitates it."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, select

from slackapp.core.errors import FieldError, UserError
from slackapp.core.transaction import Tx
from slackapp.features.retros import blocks, queries
from slackapp.features.retros.models import Retro, RetroPerson
from slackapp.features.retros.queries.beginnings import may_be_looked_back_on
from slackapp.features.retros.rules import Doing, Part
from slackapp.features.retros.rules.facilitating import Facilitated
from slackapp.features.retros.service import (
    anonymity,
    first_screen,
    inviting,
    listing,
    looking_back,
    offers,
    phases,
    votes,
)
from slackapp.features.retros.service.permitting import check
from slackapp.features.retros.service.status import redraw
from slackapp.features.retros.service.waiting import change_hands
from slackapp.features.workspaces.queries import may_be_asked, person
from slackapp.features.workspaces.rules import PersonLeft
from slackapp.outbox import service as outbox

#: What only the facilitator settles.
_RUN = frozenset({"helpers", "facilitator", "anonymous"})


async def settle(tx: Tx, user_id: str, retro_id: int, step: int, said: Facilitated) -> None:
    """Change what the form changed. `step`: the one at which it was opened.

    Raises `UserError` for whom it is not, `FieldError` for what cannot be.
    """
    about = await queries.retro(tx, retro_id, lock=True)
    await check(tx, user_id, about, Doing.RUN if said.touched & _RUN else Doing.FACILITATE)
    queries.must_be_open(about)
    if said.has_new_end:
        await _end(tx, user_id, about, step, said)
    if said.touched & {"votes_each", "votes_cap"}:
        await _votes(tx, about, said)
    if "invited" in said.touched:
        await inviting.invite(tx, about, said.invited)
    if "launches" in said.touched:
        await _add_launches(tx, user_id, about, said.launches)
    if "anonymous" in said.touched and said.anonymous:
        await anonymity.make_anonymous(tx, about)
        await listing.correct(tx, about)
    if "helpers" in said.touched:
        await _set_helpers(tx, about, said.helpers)
    if "facilitator" in said.touched and said.facilitator is not None:
        await _hand_over(tx, about, said.facilitator)
    await change_hands(tx, about)
    await redraw(tx, about)


async def _end(tx: Tx, user_id: str, about: Retro, step: int, said: Facilitated) -> None:
    if about.step != step:
        raise FieldError({"ends_in": f"{about.label} has moved on since. Close this form and open it again."})
    minutes = said.minutes(is_live=about.is_live)
    ends_at = None if minutes is None else tx.now + timedelta(minutes=minutes)
    await phases.extend(tx, about.id, by=user_id, step=step, ends_at=ends_at, field="ends_in")


async def _votes(tx: Tx, about: Retro, said: Facilitated) -> None:
    each = said.votes_each if "votes_each" in said.touched else about.votes_each
    cap = said.votes_cap if "votes_cap" in said.touched else about.votes_cap
    await votes.set_budget(tx, about, each, cap)


async def _add_launches(tx: Tx, user_id: str, about: Retro, launch_ids: Sequence[int]) -> None:
    if set(launch_ids) - await may_be_looked_back_on(tx, launch_ids, about.channel_id, user_id):
        raise FieldError({"launches": "One of these cannot be looked back on here any more. Choose anew."})
    await looking_back.link(tx, about, launch_ids)
    await first_screen.say(tx, about)
    await offers.taken_up(tx, about, launch_ids)


async def _set_helpers(tx: Tx, about: Retro, wanted: Sequence[str]) -> None:
    wrong = [each for each in wanted if not await may_be_asked(tx, each, about.channel_id)]
    if wrong:
        names = ", ".join([(await person(tx, each)).name for each in wrong])
        raise FieldError({"helpers": f"Choose colleagues who are in this channel; {names} cannot help here."})
    await tx.session.execute(
        delete(RetroPerson).where(
            RetroPerson.workspace_id == tx.workspace_id,
            RetroPerson.retro_id == about.id,
            RetroPerson.part == Part.CO_FACILITATOR,
        )
    )
    await inviting.add(
        tx, about, [each for each in wanted if each != about.facilitator_id], Part.CO_FACILITATOR
    )


async def _hand_over(tx: Tx, about: Retro, to: str) -> None:
    if not await may_be_asked(tx, to, about.channel_id):
        name = (await person(tx, to)).name
        raise FieldError(
            {"facilitator": f"Choose a colleague who is in this channel; {name} cannot facilitate."}
        )
    await _become(tx, about, to)


async def take_over(tx: Tx, user_id: str, retro_id: int, *, here: str | None = None) -> Retro:
    """Facilitate it from now on, in place of somebody who is gone. `here`: the channel they act in."""
    about = await queries.retro(tx, retro_id, lock=True)
    await check(tx, user_id, about, Doing.TAKE_OVER, here=here)
    queries.must_be_open(about)
    if await may_be_asked(tx, about.facilitator_id, about.channel_id):
        name = (await person(tx, about.facilitator_id)).name
        raise UserError(f"{name} facilitates {about.label}, and can hand it over under Facilitate.")
    await _become(tx, about, user_id)
    await change_hands(tx, about)
    await redraw(tx, about)
    return about


async def _become(tx: Tx, about: Retro, user_id: str) -> None:
    about.facilitator_id = user_id
    await tx.session.execute(
        delete(RetroPerson).where(
            RetroPerson.workspace_id == tx.workspace_id,
            RetroPerson.retro_id == about.id,
            RetroPerson.user_id == user_id,
            RetroPerson.part == Part.CO_FACILITATOR,
        )
    )
    await tx.session.flush()


async def person_left(tx: Tx, event: PersonLeft) -> None:
    """The first co-facilitator takes over; without one, whoever takes part may."""
    where = [Retro.workspace_id == tx.workspace_id, Retro.ended_at.is_(None)]
    where.append(Retro.facilitator_id == event.user_id)
    if event.channel_id is not None:
        where.append(Retro.channel_id == event.channel_id)
    found = await tx.session.scalars(select(Retro.id).where(*where).order_by(Retro.id))
    for retro_id in found.all():
        about = await queries.retro(tx, retro_id, lock=True)
        if about.facilitator_id == event.user_id and about.ended_at is None:
            await _replace(tx, about)


async def _replace(tx: Tx, about: Retro) -> None:
    before = (await person(tx, about.facilitator_id)).name
    for helper in await queries.people(tx, about.id, Part.CO_FACILITATOR):
        if await may_be_asked(tx, helper, about.channel_id):
            await _become(tx, about, helper)
            await change_hands(tx, about)
            key = f"retros:{about.id}:facilitator:{helper}"
            await outbox.say(tx, key, outbox.Direct(helper), blocks.taken_over(about, before))
            break
    await redraw(tx, about)
