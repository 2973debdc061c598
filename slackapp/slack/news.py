"""What a payload tells of people and channels, and what Slack is asked of them before the use case runs."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from slackapp.core.transaction import Tx
from slackapp.slack import reading
from slackapp.slack.people import PATIENCE, Directory, Profile
from slackapp.slack.rooms import Hidden, Move, Room, Rooms


@dataclass(frozen=True)
class Keepers:
    """Who keeps what Slack tells, each in the transaction it is handed."""

    introduce: Callable[[Tx, Profile], Awaitable[None]]
    keep_room: Callable[[Tx, Room | Hidden], Awaitable[None]]
    keep_move: Callable[[Tx, Move], Awaitable[None]]


@dataclass(frozen=True)
class News:
    profiles: Sequence[Profile] = ()
    rooms: Sequence[Room | Hidden] = ()
    #: Told by an event or an act, where Slack was not asked, or did not say, who is in the channel now.
    moves: Sequence[Move] = ()


@dataclass
class Reporter:
    """Learns the news, has it kept, and remembers what was."""

    keepers: Keepers
    directory: Directory = field(default_factory=Directory)
    rooms: Rooms = field(default_factory=Rooms)
    #: Seconds that Slack has to answer in while somebody waits for us.
    patience: float = PATIENCE

    async def learn(self, args: AsyncArgs, workspace_id: int) -> News:
        """Ask Slack of the people and channels in the payload, as far as that is not known lately."""
        body, context = args.body, args.context
        profile = reading.changed_profile(body)
        if profile is not None:
            return News([profile])
        if reading.is_channel_changed(body, context):
            self.rooms.forget(workspace_id, context.channel_id or "")
        profiles, rooms = await asyncio.gather(
            self.directory.news(args.client, workspace_id, reading.people(body, context), self.patience),
            self.rooms.news(args.client, workspace_id, reading.channels(body, context), self.patience),
        )
        asked = {room.channel_id: room.is_whole for room in rooms}
        moves = []
        if (move := reading.move(body, context)) and not asked.get(move.channel_id):
            moves.append(move)
        if (here := reading.presence(body, context)) and asked.get(here.channel_id) is False:
            moves.append(here)
        return News(profiles, rooms, moves)

    async def keep(self, tx: Tx, news: News) -> None:
        for profile in news.profiles:
            await self.keepers.introduce(tx, profile)
        for room in news.rooms:
            await self.keepers.keep_room(tx, room)
        for move in news.moves:
            await self.keepers.keep_move(tx, move)

    def kept(self, workspace_id: int, news: News) -> None:
        """Not to be called before the commit: what was rolled back has to be learned again."""
        self.directory.kept(workspace_id, news.profiles)
        self.rooms.kept(workspace_id, news.rooms)
