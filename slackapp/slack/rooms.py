"""What a channel is and who is in it, asked of Slack when first met and again when the answer is old."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import structlog
from pydantic import BaseModel, ConfigDict, ValidationError
from slack_sdk.web.async_client import AsyncWebClient

from slackapp.slack.freshness import Freshness
from slackapp.slack.outcomes import Done, Refused, outcome_of
from slackapp.slack.people import PATIENCE

log = structlog.get_logger()

#: Seconds of wire time after which a channel is asked about again.
FRESH = 300.0

_PAGE = 500


@dataclass(frozen=True)
class Room:
    """A channel as Slack tells of it."""

    channel_id: str
    name: str
    is_private: bool
    is_archived: bool
    #: Whether the app is in it.
    is_member: bool
    #: Everybody in a private channel; None of a public one, and while Slack does not say.
    members: frozenset[str] | None = None

    @property
    def is_whole(self) -> bool:
        return self.members is not None or not self.is_private


@dataclass(frozen=True)
class Hidden:
    """A channel Slack does not show us: a private one without the app in it, or one that was deleted."""

    channel_id: str
    is_whole = True


@dataclass(frozen=True)
class Move:
    """Somebody came into a channel, or left it."""

    channel_id: str
    user_id: str
    joined: bool


class _Info(BaseModel):
    """What `conversations.info` says, as far as we use it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    name: str
    is_private: bool
    is_archived: bool = False
    is_member: bool = False


class Rooms:
    """Remembers, in this process, of which channels lately what Slack says was stored."""

    def __init__(self) -> None:
        self._fresh = Freshness(FRESH)

    def is_stale(self, workspace_id: int, channel_id: str) -> bool:
        """Whether Slack would be asked. Direct messages are no rooms."""
        return not channel_id.startswith("D") and bool(self._fresh.stale(workspace_id, [channel_id]))

    async def news(
        self,
        client: AsyncWebClient,
        workspace_id: int,
        channel_ids: Iterable[str],
        patience: float = PATIENCE,
    ) -> list[Room | Hidden]:
        """Those not `kept` lately, each within so many seconds. What Slack cannot tell of now is left out."""
        stale = [each for each in dict.fromkeys(channel_ids) if self.is_stale(workspace_id, each)]
        answers = await asyncio.gather(*(_ask(client, channel_id, patience) for channel_id in stale))
        return [answer for answer in answers if answer is not None]

    def kept(self, workspace_id: int, rooms: Iterable[Room | Hidden]) -> None:
        """These are stored for good; where members are missing, Slack is asked again next time."""
        self._fresh.kept(workspace_id, (room.channel_id for room in rooms if room.is_whole))

    def forget(self, workspace_id: int, channel_id: str) -> None:
        self._fresh.forget(workspace_id, channel_id)


async def everybody_in(client: AsyncWebClient, channel_id: str, patience: float) -> frozenset[str] | None:
    """Everybody in the channel, public or private; None if Slack does not say all of it in so many seconds.

    It is the caller's to decide what of it is kept.
    """
    with suppress(TimeoutError):
        async with asyncio.timeout(patience):
            return await _members(client, channel_id)
    return None


async def _ask(client: AsyncWebClient, channel_id: str, patience: float) -> Room | Hidden | None:
    """A private room whose members Slack did not say in time is better known as private than not at all."""
    room: Room | Hidden | None = None
    with suppress(TimeoutError):
        async with asyncio.timeout(patience):
            room = await _look(client, channel_id)
            if isinstance(room, Room) and room.is_private:
                room = replace(room, members=await _members(client, channel_id))
    if room is None or not room.is_whole:
        log.warning("rooms.unknown", channel=channel_id)
    return room


async def _look(client: AsyncWebClient, channel_id: str) -> Room | Hidden | None:
    answer = await outcome_of(client.conversations_info(channel=channel_id))
    if answer == Refused("channel_not_found"):
        return Hidden(channel_id)
    if not isinstance(answer, Done):
        return None
    try:
        info = _Info.model_validate(answer.data.get("channel"))
    except ValidationError:
        return None
    return Room(channel_id, info.name, info.is_private, info.is_archived, info.is_member)


async def _members(client: AsyncWebClient, channel_id: str) -> frozenset[str] | None:
    """All of them, or None: a part of them would make strangers of the others."""
    found: set[str] = set()
    cursor: str | None = None
    while True:
        page: Any = await outcome_of(
            client.conversations_members(channel=channel_id, limit=_PAGE, cursor=cursor)
        )
        if not isinstance(page, Done) or not isinstance(page.data.get("members"), list):
            return None
        found.update(page.data["members"])
        cursor = (page.data.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return frozenset(found)
