"""Polls as tests of services make them."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from slackapp.core.transaction import Tx
from slackapp.features.polls import queries
from slackapp.features.polls.models import Poll, Round
from slackapp.features.polls.rules import Audience, Kind, PollDraft, QuestionDraft, Shows, Way
from slackapp.features.polls.service.starting import start
from slackapp.features.workspaces.service import introduce, keep_room
from slackapp.slack.people import Profile
from slackapp.slack.rooms import Room

QUESTION = QuestionDraft(Kind.YES_NO, "Is there cake?")

_USUAL = PollDraft(
    QUESTION,
    is_anonymous=False,
    way=Way.DIRECT,
    audience=Audience.PEOPLE,
    shows=Shows.LIVE,
    open_minutes=24 * 60,
)


def drafted(**otherwise: Any) -> PollDraft:  # noqa: ANN401 - whatever the draft holds
    """A named poll of certain people by direct messages, open for a day."""
    return replace(_USUAL, **otherwise)


async def begun(tx: Tx, draft: PollDraft, *, by: str = "U1", channel: str = "C1") -> tuple[Poll, Round]:
    poll = await start(tx, by, draft, channel_id=channel)
    found = await queries.current(tx, poll.id) or await queries.last_round(tx, poll.id)
    assert found is not None
    return poll, found


async def knows_all(tx: Tx, user_ids: Iterable[str], **profile: Any) -> None:  # noqa: ANN401 - a profile's fields
    for each in user_ids:
        await introduce(tx, Profile(id=each, team_id="T1", **profile))


async def private_room(tx: Tx, members: Iterable[str], channel: str = "C1") -> None:
    there = Room(
        channel, "team", is_private=True, is_archived=False, is_member=True, members=frozenset(members)
    )
    await keep_room(tx, there)
