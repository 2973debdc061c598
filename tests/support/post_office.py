"""The outbox alone: transactions that say things, relays, and the stand-in as the witness."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.models.blocks import Block
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from slackapp.core.clock import Clock
from slackapp.core.shipped import shipped
from slackapp.core.telemetry import Telemetry
from slackapp.core.transaction import Transactions
from slackapp.features.workspaces.service import install
from slackapp.outbox import service
from slackapp.outbox.models import OutboxMessage, OutboxPace
from slackapp.outbox.relay import Relay
from slackapp.outbox.rules import UNPACED, RelaySettings
from slackapp.playground.slack import Channel, Person, StandIn, Timing
from slackapp.slack.blocks import Message
from slackapp.slack.client import Slack

#: Longer than any lease, settle or back-off here.
LONG = 7200.0


@dataclass
class PostOffice:
    slack: StandIn
    transactions: Transactions
    workspace_id: int
    channel: Channel
    mara: Person
    #: Seconds before a call to Slack is given up.
    patience: float
    _clients: list[Slack] = field(default_factory=list)

    def relay(self, **settings: Any) -> Relay:  # noqa: ANN401 - the fields of RelaySettings
        """Another worker, as it would run in a process of its own."""
        way = Slack(self.slack.api_url, self.patience)
        self._clients.append(way)
        client = way.client(self.slack.bot_token)
        chosen = RelaySettings(**{"poll": 0.02, "pacing": UNPACED, **settings})
        # It has the token of one workspace.
        return Relay(
            self.transactions,
            lambda workspace_id: client if workspace_id == self.workspace_id else None,
            chosen,
            Telemetry(),
        )

    async def say(  # noqa: PLR0913 - the arguments of `service.say`
        self,
        key: str,
        text: str = "Hello",
        *,
        to: service.Channel | service.Direct | None = None,
        reply_to: str | None = None,
        broadcast: bool = False,
        blocks: list[Block] | None = None,
        fallback: list[Block] | None = None,
        responsible: str | None = None,
    ) -> None:
        async with self.transactions.begin(self.workspace_id) as tx:
            await service.say(
                tx,
                key,
                to or service.Channel(self.channel.id, reply_to=reply_to, broadcast=broadcast),
                Message(text, blocks or [], fallback),
                responsible=responsible,
            )

    async def share(
        self,
        key: str,
        content: str = "# Retro",
        *,
        to: service.Channel | service.Direct | None = None,
        text: str = "Hello",
        responsible: str | None = None,
    ) -> None:
        """A file that is called as its key is."""
        async with self.transactions.begin(self.workspace_id) as tx:
            await service.share(
                tx,
                key,
                to or service.Channel(self.channel.id),
                f"{key}.md",
                content,
                text=text,
                responsible=responsible,
            )

    async def withdraw(self, key: str, *, instead: Message | None = None) -> None:
        async with self.transactions.begin(self.workspace_id) as tx:
            await service.withdraw(tx, key, instead=instead)

    async def retry(self, key: str) -> bool:
        row = await self.row(key)
        async with self.transactions.begin(self.workspace_id) as tx:
            return await service.retry(tx, row.id) is not None

    async def row(self, key: str) -> OutboxMessage:
        async with self.transactions.read(self.workspace_id) as tx:
            found = await tx.session.scalars(select(OutboxMessage).where(OutboxMessage.key == key))
            return found.one()

    async def let_pass(self, seconds: float = LONG) -> None:
        """Wire time passes: everything the outbox counts in it lies that much further back."""
        row = OutboxMessage
        async with self.transactions.begin(self.workspace_id) as tx:
            await tx.session.execute(
                update(row).values(
                    retry_at=row.retry_at - seconds,
                    leased_until=row.leased_until - seconds,
                    last_send=row.last_send - seconds,
                    first_attempt=row.first_attempt - seconds,
                ),
            )
            pace = OutboxPace
            await tx.session.execute(
                update(pace).values(next_at=pace.next_at - seconds, closed_until=pace.closed_until - seconds),
            )

    async def hurry(self) -> None:
        """Wait for nothing but what has to settle."""
        async with self.transactions.begin(self.workspace_id) as tx:
            await tx.session.execute(
                update(OutboxMessage).values(retry_at=func.coalesce(OutboxMessage.last_send + 0.001, 0.0))
            )

    async def deliver(self, relay: Relay | None = None, *, turns: int = 3) -> None:
        """Deliver, and again after a long while, as often as a few troubles in a row may need."""
        relay = relay or self.relay()
        for _ in range(turns):
            await relay.drain()
            await self.let_pass()

    @property
    def shown(self) -> list[str]:
        """What the channel shows, oldest first."""
        return [message.text for message in self.slack.messages(self.channel)]

    def posted(self, text: str) -> int:
        """How often Slack accepted a post with this text."""
        return sum(
            call.ok and call.method == "chat.postMessage" and call.args["text"] == text
            for call in self.slack.calls
        )

    @property
    def contents(self) -> list[str]:
        """What is in the files that the channel shows, oldest first."""
        kept = self.slack._slack.workspace.files
        shown = (file for message in self.slack.messages(self.channel) for file in message.files)
        return [kept[file["id"]]["content"] for file in shown]

    def calls(self, method: str) -> int:
        return sum(call.method == method for call in self.slack.calls)

    async def close(self) -> None:
        await asyncio.gather(*(client.close() for client in self._clients))


@asynccontextmanager
async def opened(
    engine: AsyncEngine,
    clock: Clock,
    *,
    paced: bool = False,
    history_lag: float = 0.0,
    patience: float = 5.0,
) -> AsyncIterator[PostOffice]:
    async with StandIn.serve(
        shipped("manifest.yml"),
        clock=lambda: clock.now().timestamp(),
        paced=paced,
        history_lag=history_lag,
        timing=Timing(patience=60.0),
    ) as slack:
        mara = slack.add_person("Mara Lind")
        channel = slack.add_channel("team-onboarding", [mara])
        transactions = Transactions(engine, clock, {}, {})
        async with transactions.install() as session:
            workspace_id = await install(session, team_id=slack.team_id, name="Ferrybridge", now=clock.now())
        office = PostOffice(slack, transactions, workspace_id, channel, mara, patience)
        try:
            yield office
        finally:
            await office.close()
