"""Where people are who are to be asked, and who is in the channels it is about, before they are."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import ceil

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from slackapp.core.clock import monotonic
from slackapp.core.jobs import Roll
from slackapp.core.transaction import Transactions, Tx
from slackapp.slack.news import News, Reporter
from slackapp.slack.rooms import everybody_in

log = structlog.get_logger()

#: Seconds of wire time that one channel may take: here nobody waits for an acknowledgement.
PATIENCE = 10.0
#: Seconds after which no further channel or person is begun: what is due waits for this.
LONGEST = 30.0
#: People who are asked about at once.
ABREAST = 10
#: In a workspace so many people are asked about at once, and one every so many seconds after them: Slack
#: allows a hundred a minute, and whoever presses a button has to be asked about, too.
BURST, INTERVAL = 50, 0.8

#: Keeps who is in a channel, in the transaction it is handed.
KeepRoll = Callable[[Tx, Roll], Awaitable[None]]


@dataclass(frozen=True)
class Census:
    transactions: Transactions
    reporter: Reporter
    client_for: Callable[[int], AsyncWebClient | None]
    #: By workspace, the moment of wire time from which on people may be asked about one after the other.
    paces: dict[int, float] = field(default_factory=dict)

    async def take(self, rooms: Sequence[tuple[int, str]]) -> None:
        """Ask of each (workspace, channel) that was not asked of lately, one after the other.

        Ends at the first that Slack does not tell of: the others would fare no better.
        """
        begun = monotonic()
        for workspace_id, channel_id in rooms:
            if monotonic() - begun > LONGEST:
                log.warning("census.cut_short", channels=len(rooms))
                return
            client = self.client_for(workspace_id)
            if client is None or not self.reporter.rooms.is_stale(workspace_id, channel_id):
                continue
            if not await self._ask(client, workspace_id, channel_id):
                return

    async def meet(self, people: Sequence[tuple[int, str]]) -> None:
        """Ask where each (workspace, person) is now who was not asked about lately.

        In a workspace it ends where Slack tells of none of some: the others would fare no better.
        """
        begun = monotonic()
        for workspace_id in dict.fromkeys(workspace_id for workspace_id, _ in people):
            client = self.client_for(workspace_id)
            if client is None:
                continue
            theirs = (user_id for its_id, user_id in people if its_id == workspace_id)
            stale = self.reporter.directory.stale(workspace_id, theirs)
            stale = stale[: self._take(workspace_id, len(stale))]
            for first in range(0, len(stale), ABREAST):
                if monotonic() - begun > LONGEST:
                    log.warning("census.cut_short", people=len(stale) - first)
                    return
                some = stale[first : first + ABREAST]
                news = News(await self.reporter.directory.news(client, workspace_id, some))
                if not news.profiles:
                    break
                await self._keep(workspace_id, news)

    async def call_roll(self, rooms: Sequence[tuple[int, str]], keep: KeepRoll) -> None:
        """Ask of each (workspace, channel) who is in it, and have that kept.

        Ends at the first that Slack does not tell of: the others would fare no better.
        """
        begun = monotonic()
        for workspace_id, channel_id in rooms:
            client = self.client_for(workspace_id)
            if client is None:
                continue
            if monotonic() - begun > LONGEST:
                log.warning("census.cut_short", channels=len(rooms))
                return
            members = await everybody_in(client, channel_id, PATIENCE)
            if members is None:
                log.warning("census.no_roll", channel=channel_id)
                return
            roll = Roll(channel_id, members)
            await self.transactions.run(workspace_id, partial(_kept, keep, roll))

    def _take(self, workspace_id: int, wanted: int) -> int:
        """How many people may be asked about now. The others are at a later look."""
        now = monotonic()
        at = max(self.paces.get(workspace_id, now), now)
        granted = min(wanted, BURST - ceil((at - now) / INTERVAL))
        self.paces[workspace_id] = at + granted * INTERVAL
        return granted

    async def _ask(self, client: AsyncWebClient, workspace_id: int, channel_id: str) -> bool:
        """Whether Slack told all of it. What it told is kept in any case."""
        news = News(rooms=await self.reporter.rooms.news(client, workspace_id, [channel_id], PATIENCE))
        if news.rooms:
            await self._keep(workspace_id, news)
        return any(room.is_whole for room in news.rooms)

    async def _keep(self, workspace_id: int, news: News) -> None:
        async def keep(tx: Tx) -> None:
            await self.reporter.keep(tx, news)

        await self.transactions.run(workspace_id, keep)
        self.reporter.kept(workspace_id, news)


async def _kept(keep: KeepRoll, roll: Roll, tx: Tx) -> None:
    await keep(tx, roll)
