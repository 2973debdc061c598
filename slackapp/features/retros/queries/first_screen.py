"""What a retro begins with, before anybody writes: actions, outcomes, questions, notes that waited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from slackapp.core.transaction import Tx
from slackapp.core.working_time import local_date
from slackapp.features.action_items import queries as actions
from slackapp.features.action_items.models import ActionItem
from slackapp.features.action_items.rules import ActionState
from slackapp.features.follow_ups.models import FollowUp
from slackapp.features.follow_ups.queries import Answer, answer_of, of_launch
from slackapp.features.follow_ups.rules import ANSWERS, KIND, FollowUpState
from slackapp.features.launches.models import Launch
from slackapp.features.prompts.queries import open_subjects
from slackapp.features.retros.models import Retro
from slackapp.features.retros.queries import beginnings
from slackapp.features.retros.queries.looked_back import scored_launches
from slackapp.features.retros.queries.notes import waited
from slackapp.features.workspaces.queries import person

#: A question is given up so many days after it was first asked, more or less: fourteen of them working days.
_GIVEN_UP_AFTER = timedelta(days=21)


@dataclass(frozen=True)
class Action:
    item: ActionItem
    owner: str


@dataclass(frozen=True)
class Told:
    """A launch whose outcome is known."""

    launch: Launch
    answer: Answer


@dataclass(frozen=True)
class Pending:
    """A launch whose outcome is still to come, and what was last read of it."""

    launch: Launch
    so_far: Answer | None


@dataclass(frozen=True)
class Asked:
    """A launch of which nobody has said yet what happened, or nobody could."""

    launch: Launch
    is_given_up: bool


@dataclass(frozen=True)
class FirstScreen:
    retro: Retro
    #: The last one here that was closed: what is older was told there.
    last: Retro | None
    today: date
    open_actions: Sequence[Action]
    #: Done since then.
    done_actions: Sequence[Action]
    told: Sequence[Told]
    asked: Sequence[Asked]
    #: Launches it looks back on beside these.
    launches: Sequence[Pending]
    #: Notes that waited for this retro.
    notes: Sequence[str]


async def first_screen(tx: Tx, about: Retro) -> FirstScreen:
    """As things stand. All of it is the channel's own, or may be read by everybody there."""
    last = await beginnings.last_closed(tx, about.channel_id, before=about.number)
    since = beginnings.since(tx, last)
    linked = {launch.id: launch for launch in await scored_launches(tx, about)}
    told = await _told(tx, about.channel_id, since, linked)
    known = {each.launch.id for each in told}
    asked = [each for each in await _asked(tx, about, since) if each.launch.id not in known]
    known |= {each.launch.id for each in asked}
    done = [
        item
        for item in await actions.closed_in(tx, about.channel_id, since)
        if item.state == ActionState.DONE and _was_before(about, item)
    ]
    still_open = [item for item in await actions.open_in(tx, about.channel_id) if _was_before(about, item)]
    return FirstScreen(
        about,
        last,
        local_date(tx.now, (await person(tx, about.facilitator_id)).zone),
        open_actions=await _owned(tx, still_open),
        done_actions=await _owned(tx, done),
        told=told,
        asked=asked,
        launches=[await _pending(tx, each) for each in linked.values() if each.id not in known],
        notes=[note.text for note in await waited(tx, about.id)],
    )


def _was_before(about: Retro, item: ActionItem) -> bool:
    """Whether the retro could begin with it: what comes of the retro itself is no beginning."""
    return item.created_at <= about.opened_at


async def _told(tx: Tx, channel_id: str, since: datetime, linked: dict[int, Launch]) -> list[Told]:
    """Those looked back on first, then the channel's others with an outcome since then; the newest first."""
    found = await tx.session.execute(
        select(Launch, FollowUp)
        .join(FollowUp, FollowUp.launch_id == Launch.id)
        .where(
            Launch.workspace_id == tx.workspace_id,
            FollowUp.workspace_id == tx.workspace_id,
            FollowUp.final,
            FollowUp.state.in_(ANSWERS),
            Launch.verdict.is_not(None),
            (Launch.id.in_(linked)) | ((Launch.channel_id == channel_id) & (FollowUp.answered_at >= since)),
        )
        .order_by(FollowUp.answered_at.desc(), Launch.id)
    )
    told = [Told(launch, await answer_of(tx, follow_up)) for launch, follow_up in found]
    return sorted(told, key=lambda each: each.launch.id not in linked)


async def _pending(tx: Tx, launch: Launch) -> Pending:
    read = [each for each in await of_launch(tx, launch.id) if each.reading_id is not None]
    return Pending(launch, await answer_of(tx, read[-1]) if read else None)


async def _asked(tx: Tx, about: Retro, since: datetime) -> list[Asked]:
    """Final questions that wait for an answer, and those given up since then."""
    is_waiting = FollowUp.id.in_(open_subjects(tx, KIND))
    was_given_up = (FollowUp.state == FollowUpState.EXPIRED) & (
        FollowUp.due_on >= since.date() - _GIVEN_UP_AFTER
    )
    found = await tx.session.execute(
        select(Launch, FollowUp.state)
        .join(FollowUp, FollowUp.launch_id == Launch.id)
        .where(
            Launch.workspace_id == tx.workspace_id,
            FollowUp.workspace_id == tx.workspace_id,
            Launch.channel_id == about.channel_id,
            FollowUp.final,
            ((FollowUp.state == FollowUpState.OPEN) & is_waiting) | was_given_up,
        )
        .order_by(FollowUp.due_on, Launch.id)
    )
    return [Asked(launch, state == FollowUpState.EXPIRED) for launch, state in found]


async def _owned(tx: Tx, items: Sequence[ActionItem]) -> list[Action]:
    return [Action(item, (await person(tx, item.owner_id)).name) for item in items]
