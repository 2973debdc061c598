"""Starting a poll, and what becomes of a round that waits for whoever made it."""

from slackapp.core.errors import FieldError, UserError
from slackapp.core.recurrence import Recurrence
from slackapp.core.transaction import Tx
from slackapp.core.working_time import local_date
from slackapp.features.polls import queries
from slackapp.features.polls.models import Poll, PollPerson, Round
from slackapp.features.polls.queries.audience import meant_by, of_functions
from slackapp.features.polls.rules import Audience, PollDraft, Shows, Stage, Way
from slackapp.features.polls.rules.permissions import Doing
from slackapp.features.polls.rules.schedule import MOST_MEANT, check_length, second_round
from slackapp.features.polls.service import calling_off, rounds
from slackapp.features.polls.service.editing import add_version
from slackapp.features.polls.service.permitting import check
from slackapp.features.workspaces.queries import check_place, is_outside, person
from slackapp.features.workspaces.service import next_number

FOR_MEMBERS = "Polls are started by members of this workspace. Please ask one of them."

#: Of the people who cannot be asked, so many are named.
_NAMED = 3


async def start(tx: Tx, user_id: str, draft: PollDraft, *, channel_id: str, anyway: bool = False) -> Poll:
    """Begin the poll with its first round. `anyway`: also where what comes of it could never be shown.

    Raises `UserError` for who may not, and `FieldError` at `channel`, `people`, `functions`, `way` and
    `open_minutes` for what does not work.
    """
    if (await person(tx, user_id)).is_away:
        raise UserError(FOR_MEMBERS)
    await check_place(tx, user_id, channel_id)
    check_length(draft)
    await _check_audience(tx, draft, channel_id)
    poll = await _made(tx, user_id, draft, channel_id)
    tx.session.add(poll)
    await tx.session.flush()
    await add_version(tx, poll, draft.question)
    if poll.audience == Audience.PEOPLE:
        tx.session.add_all(
            PollPerson(workspace_id=tx.workspace_id, poll_id=poll.id, user_id=each)
            for each in sorted(set(draft.people))
        )
        await tx.session.flush()
    zone = (await person(tx, user_id)).zone
    first = await rounds.open_round(tx, poll, local_date(tx.now, zone), anyway=anyway)
    if draft.recurring is not None:
        how = Recurrence(draft.recurring.every, draft.recurring.weekday, draft.recurring.at)
        poll.next_on, poll.next_at = second_round(
            tx.now, first.closes_at, how, zone, in_own_zone=poll.in_own_zone
        )
        await tx.session.flush()
    return poll


async def release(tx: Tx, round_id: int, *, by: str, named: bool) -> Round:
    """Let a round go on that was held: with names from now on, or as it is.

    Raises `UserError` for who may not, and if it waits no more.
    """
    poll, round_ = await _held(tx, round_id, by)
    if round_.stage == Stage.READYING:
        raise UserError(f"{poll.label} still learns who is in its channel. It goes on by itself then.")
    if named:
        poll.is_anonymous, round_.answer_key = False, None
    await rounds.go_on(tx, poll, round_, meant=len(await queries.meant(tx, round_)), anyway=True)
    if round_.stage == Stage.OPEN:
        await calling_off.held_no_more(tx, poll, round_)
    return round_


async def call_off(tx: Tx, round_id: int, *, by: str) -> Round:
    """Ask nobody in this round. Raises `UserError` for who may not, and if people were asked already."""
    poll, round_ = await _held(tx, round_id, by)
    await calling_off.call_off(tx, poll, round_, by=by)
    return round_


async def _held(tx: Tx, round_id: int, by: str) -> tuple[Poll, Round]:
    poll, round_ = await queries.locked(tx, round_id)
    await check(tx, by, poll, Doing.MANAGE)
    if round_.stage == Stage.CALLED_OFF:
        raise UserError(f"This round of {poll.label} was called off. /discovery poll makes another.")
    if round_.stage not in {Stage.HELD, Stage.READYING}:
        raise UserError(f"{poll.label} was decided on already: people are asked.")
    return poll, round_


async def _made(tx: Tx, user_id: str, draft: PollDraft, channel_id: str) -> Poll:
    recurring = draft.recurring
    return Poll(
        workspace_id=tx.workspace_id,
        number=await next_number(tx, "poll"),
        channel_id=channel_id,
        created_by=user_id,
        created_at=tx.now,
        template=draft.template,
        thread=draft.thread,
        is_anonymous=draft.is_anonymous,
        way=draft.way,
        audience=draft.audience,
        functions=[str(each) for each in draft.functions] if draft.audience == Audience.FUNCTIONS else [],
        shows=Shows.AT_CLOSE if draft.is_anonymous else draft.shows,
        by_function=draft.by_function and not draft.is_anonymous,
        open_minutes=draft.open_minutes,
        reminds=draft.reminds,
        every=None if recurring is None else recurring.every,
        at=None if recurring is None else recurring.at,
        zone=(await person(tx, user_id)).zone.key,
        # The one message of a channel comes to everybody at once.
        in_own_zone=recurring is not None and recurring.in_own_zone and draft.way == Way.DIRECT,
    )


async def _check_audience(tx: Tx, draft: PollDraft, channel_id: str) -> None:
    if draft.audience == Audience.PEOPLE:
        await _check_people(tx, draft, channel_id)
    elif draft.audience == Audience.FUNCTIONS:
        await _check_functions(tx, draft)
    meant = await meant_by(tx, draft, channel_id)
    if meant == 0:
        field = "functions" if draft.audience == Audience.FUNCTIONS else "audience"
        raise FieldError({field: "Nobody would be asked. Choose others, or another channel."})
    if meant is not None and meant > MOST_MEANT and draft.way == Way.DIRECT:
        raise FieldError(
            {"way": f"This would be {meant:,} direct messages. Ask more than {MOST_MEANT:,} in the channel."}
        )


async def _check_people(tx: Tx, draft: PollDraft, channel_id: str) -> None:
    if not draft.people:
        raise FieldError({"people": "Choose whom to ask."})
    sentences = [await _why_not(tx, each, channel_id) for each in dict.fromkeys(draft.people)]
    if found := [sentence for sentence in sentences if sentence]:
        raise FieldError({"people": " ".join(found[:_NAMED])})


async def _why_not(tx: Tx, user_id: str, channel_id: str) -> str | None:
    """Why this person cannot be asked; None if they can."""
    them = await person(tx, user_id)
    if them.is_app:
        return f"{them.name} is an app, and apps have no answer."
    if them.deleted:
        return f"{them.name} has left the workspace."
    if them.is_guest:
        return f"{them.name} is a guest. Guests are asked with the whole channel, by its message."
    if await is_outside(tx, user_id, channel_id):
        return f"{them.name} is not in this private channel. Invite them there first, or leave them out."
    return None


async def _check_functions(tx: Tx, draft: PollDraft) -> None:
    if not draft.functions:
        raise FieldError({"functions": "Choose whom to ask."})
    if not await of_functions(tx, draft.functions):
        raise FieldError(
            {
                "functions": "Nobody has said that this is their function yet. /launch settings is where "
                "people say it."
            }
        )
