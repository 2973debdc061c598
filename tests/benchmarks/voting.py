"""A replica that takes votes: `python -m tests.benchmarks.voting HOW DATABASE_URL API_URL TOKEN JSON`.

HOW is `ours`, or `document` for the peer. The JSON holds `workspace`, `retro`, and the `clicks` that come to
this replica: user, topic and votes wanted. It says `ready`, waits for a line, takes the clicks, prints one
JSON object with the `seconds` that took and of `cpu`, and goes on showing how the vote stands until it is
told the next line.
"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial
from time import perf_counter, process_time
from typing import Any

from sqlalchemy import Column, Integer, MetaData, Table, select, update

from slackapp import wiring
from slackapp.core import logging
from slackapp.core.clock import SystemClock
from slackapp.core.database import Document, create_engine
from slackapp.core.errors import UserError
from slackapp.core.telemetry import Telemetry
from slackapp.core.transaction import Transactions, Tx
from slackapp.features.retros.rules import status_key
from slackapp.features.retros.service import votes
from slackapp.heartbeat import Heartbeat
from slackapp.outbox import service as outbox
from slackapp.outbox import stale
from slackapp.outbox.relay import Relay
from slackapp.outbox.rules import Pacing, RelaySettings
from slackapp.slack.blocks import Message, markdown
from slackapp.slack.client import Slack

#: Clicks that one replica sees to at once. Of its pool's twenty connections some are for the rest.
AT_ONCE = 15
EACH, CAP = 5, 3

POLLS = Table("polls", MetaData(), Column("id", Integer, primary_key=True), Column("document", Document))


async def ours(tx: Tx, retro_id: int, user_id: str, topic_id: int, wanted: int) -> None:
    await votes.cast(tx, user_id, retro_id, topic_id, wanted)


async def document(tx: Tx, retro_id: int, user_id: str, topic_id: int, wanted: int) -> None:
    """What a bot does that keeps a poll in one document: lock, read, change, write, draw the message."""
    poll: dict[str, Any] = (
        await tx.session.execute(select(POLLS.c.document).where(POLLS.c.id == retro_id).with_for_update())
    ).scalar_one()
    if poll["closed"]:
        raise UserError("The vote is over.")
    mine = poll["votes"].setdefault(user_id, {})
    if wanted > CAP or sum(mine.values()) - mine.get(str(topic_id), 0) + wanted > EACH:
        raise UserError("You have no votes left for that. Take one back first.")
    mine[str(topic_id)] = wanted
    await tx.session.execute(update(POLLS).where(POLLS.c.id == retro_id).values(document=poll))
    await outbox.say(tx, status_key(retro_id), outbox.Channel(poll["channel"]), _drawn(poll))


def _drawn(poll: dict[str, Any]) -> Message:
    voters = sum(any(mine.values()) for mine in poll["votes"].values())
    text = f"{poll['name']}: {voters} have voted"
    return Message(text, [markdown(f"*{poll['name']}*"), markdown(text), *map(markdown, poll["topics"])])


HOW = {"ours": ours, "document": document}


async def main(how: str, url: str, api_url: str, token: str, said: str) -> None:
    given = json.loads(said)
    slack, engine = Slack(api_url, 10.0), create_engine(url)
    client = slack.client(token)
    transactions = Transactions(engine, SystemClock(), wiring.EVENTS, wiring.PARTS)
    relay = Relay(transactions, lambda _: client, RelaySettings(pacing=Pacing()), Telemetry())
    heartbeat = Heartbeat(transactions, stale.JOBS, 60.0, Telemetry())
    await _warm_up(transactions, HOW[how], given)
    relaying = asyncio.create_task(relay.run())
    heartbeat.start()
    print("ready", flush=True)  # noqa: T201 - whoever started it waits for it
    await asyncio.to_thread(sys.stdin.readline)
    cpu, began = process_time(), perf_counter()
    await _take(transactions, HOW[how], given)
    found = {"seconds": perf_counter() - began, "cpu": process_time() - cpu}
    print(json.dumps(found), flush=True)  # noqa: T201 - this is what it is run for
    await asyncio.to_thread(sys.stdin.readline)
    await heartbeat.stop()
    relay.stop()
    await relaying
    await slack.close()
    await engine.dispose()


async def _warm_up(
    transactions: Transactions, cast: Callable[..., Awaitable[None]], given: dict[str, Any]
) -> None:
    """Every connection there is was used for such a vote, of which nothing is left."""

    async def vote(click: Sequence[Any]) -> None:
        user_id, topic_id, _ = click
        with suppress(ZeroDivisionError):
            async with transactions.begin(given["workspace"], wakes=False) as tx:
                await cast(tx, retro_id=given["retro"], user_id=user_id, topic_id=topic_id, wanted=1)
                raise ZeroDivisionError

    for _ in range(3):
        await asyncio.gather(*map(vote, given["clicks"][:AT_ONCE]))


async def _take(
    transactions: Transactions, cast: Callable[..., Awaitable[None]], given: dict[str, Any]
) -> None:
    clicks = iter(given["clicks"])

    async def person() -> None:
        for user_id, topic_id, wanted in clicks:
            vote = partial(cast, retro_id=given["retro"], user_id=user_id, topic_id=topic_id, wanted=wanted)
            await transactions.run(given["workspace"], vote)

    await asyncio.gather(*(person() for _ in range(AT_ONCE)))


if __name__ == "__main__":
    logging.configure(level="error")
    asyncio.run(main(*sys.argv[1:]))
