"""Starting a retro: who and what belongs to it, and where it may be held."""

from collections.abc import Collection, Sequence

from slackapp.core.errors import FieldError, UserError
from slackapp.core.transaction import Tx
from slackapp.features.retros import queries
from slackapp.features.retros.models import Retro, RetroPerson, Series
from slackapp.features.retros.queries import beginnings
from slackapp.features.retros.rules import Part, Phase, RetroDraft, check_enough
from slackapp.features.retros.service import (
    first_screen,
    inviting,
    looking_back,
    notes,
    offers,
    phases,
    series,
)
from slackapp.features.workspaces.queries import (
    channel,
    check_place,
    may_be_asked,
    members,
    person,
)
from slackapp.features.workspaces.service import next_number

FOR_MEMBERS = "Retros are started by members of this workspace. Please ask one of them."


async def start(
    tx: Tx, user_id: str, draft: RetroDraft, *, channel_id: str, of: Series | None = None
) -> Retro:
    """Let a retro begin in the channel: its status and its first screen are said there. `of`: its series.

    Raises `FieldError` for people who could not take part, launches that cannot be looked back on, and a
    channel that could not be told; `UserError` if a retro is open there already.
    """
    await must_be_member(tx, user_id)
    await check_place(tx, user_id, channel_id)
    await must_be_free(tx, channel_id)
    facilitator = draft.facilitator or user_id
    await _check_people(tx, channel_id, facilitator, draft)
    launches = await _launches(tx, user_id, channel_id, draft)
    # Of two who start at once the second waits for its number, and then sees the first one's retro.
    number = await next_number(tx, "retro")
    await must_be_free(tx, channel_id)
    retro = Retro(
        workspace_id=tx.workspace_id,
        number=number,
        channel_id=channel_id,
        facilitator_id=facilitator,
        opened_by=user_id,
        opened_at=tx.now,
        template=draft.template,
        columns=list(draft.columns),
        is_anonymous=draft.is_anonymous,
        is_live=draft.is_live,
        whole_channel=draft.whole_channel,
        calls_roll_at=tx.now if draft.whole_channel else None,
        phase=Phase.COLLECT,
        step=0,
        phase_began_at=tx.now,
        collect_minutes=draft.minutes.collect,
        vote_minutes=draft.minutes.vote,
        topic_minutes=draft.minutes.topic,
        votes_each=draft.votes_each,
        votes_cap=draft.votes_cap,
        impact="",
    )
    tx.session.add(retro)
    await tx.session.flush()
    await _add_people(tx, retro, draft)
    await looking_back.link(tx, retro, launches)
    if of is not None:
        retro.series_id = of.id
    elif draft.recurrence is not None:
        retro.series_id = (await series.begin(tx, draft, facilitator, channel_id=channel_id)).id
    await notes.bring_along(tx, retro)
    await phases.begin(tx, retro)
    await first_screen.say(tx, retro)
    await offers.taken_up(tx, retro, launches)
    if retro.whole_channel:
        tx.hurry()
    return retro


async def check(tx: Tx, user_id: str, channel_id: str) -> None:
    """Raises `UserError` if this person cannot start a retro there now."""
    await must_be_member(tx, user_id)
    await check_place(tx, user_id, channel_id)
    if await channel(tx, channel_id) is None:
        raise FieldError(
            {
                "channel": "Slack does not show me this channel. Type /invite @Afterlaunch in it, and start "
                "the retro then."
            }
        )
    await must_be_free(tx, channel_id)


async def must_be_member(tx: Tx, user_id: str) -> None:
    if (await person(tx, user_id)).is_away:
        raise UserError(FOR_MEMBERS)


async def must_be_free(tx: Tx, channel_id: str) -> None:
    """Raises `UserError` if a retro is open in the channel; says which, and what to do."""
    there = await queries.open_in(tx, channel_id)
    if there is not None:
        facilitator = (await person(tx, there.facilitator_id)).name
        raise UserError(
            f"{there.label} is open in this channel, and one is held at a time. /retro status shows it; "
            f"its facilitator {facilitator} can close or cancel it."
        )


async def _check_people(tx: Tx, channel_id: str, facilitator: str, draft: RetroDraft) -> None:
    if not draft.whole_channel:
        meant = {facilitator, *draft.co_facilitators, *draft.people}
        check_enough(len(meant), is_anonymous=draft.is_anonymous)
    elif (known := await members(tx, channel_id)) is not None:
        check_enough(len(known), is_anonymous=draft.is_anonymous)
    wrong: dict[str, str] = {}
    if not await may_be_asked(tx, facilitator, channel_id):
        wrong["facilitator"] = "Choose a colleague who is in this channel."
    if helpers := [each for each in draft.co_facilitators if not await may_be_asked(tx, each, channel_id)]:
        wrong["co_facilitators"] = f"Choose colleagues who are in this channel; {await _names(tx, helpers)} "
        wrong["co_facilitators"] += "cannot help here."
    sentences = [await inviting.why_not(tx, each, channel_id) for each in draft.people]
    if found := [sentence for sentence in sentences if sentence]:
        wrong["people"] = " ".join(found[:3])
    if wrong:
        raise FieldError(wrong)


async def _names(tx: Tx, user_ids: Collection[str]) -> str:
    return ", ".join([(await person(tx, each)).name for each in user_ids])


async def _launches(tx: Tx, user_id: str, channel_id: str, draft: RetroDraft) -> Sequence[int]:
    if draft.launches is None:
        return await beginnings.chosen(tx, channel_id)
    there = await beginnings.may_be_looked_back_on(tx, draft.launches, channel_id, user_id)
    if set(draft.launches) - there:
        raise FieldError({"launches": "One of these cannot be looked back on here any more. Choose anew."})
    return draft.launches


async def _add_people(tx: Tx, retro: Retro, draft: RetroDraft) -> None:
    # Of a whole channel they follow when its roll was called.
    rows = [(user_id, Part.INVITED) for user_id in draft.people]
    rows += [(user_id, Part.CO_FACILITATOR) for user_id in draft.co_facilitators]
    tx.session.add_all(
        RetroPerson(workspace_id=tx.workspace_id, retro_id=retro.id, user_id=user_id, part=part)
        for user_id, part in rows
    )
    await tx.session.flush()
