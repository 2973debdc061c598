"""A replica that takes answers: `python -m tests.benchmarks.voting HOW DATABASE_URL API_URL TOKEN JSON`.

HOW is `ours`, or `document` for the peer. The JSON holds `workspace`, `round`, and the `clicks` that come to
this replica: user and option. It says `ready`, waits for a line, takes the clicks, prints one JSON object
with the `seconds` that took and of `cpu`, and goes on showing how the round stands until it is told the next
line.
"""

import asyncio
import json
import sys
from collections import Counter
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
from slackapp.features.polls.rules import Answer
from slackapp.features.polls.rules.keys import round_key
from slackapp.features.polls.service.answering import answer
from slackapp.heartbeat import Heartbeat
from slackapp.outbox import service as outbox
from slackapp.outbox import stale
from slackapp.outbox.relay import Relay
from slackapp.outbox.rules import Pacing, RelaySettings
from slackapp.slack.blocks import Message, markdown
from slackapp.slack.client import Slack

#: Clicks that one replica sees to at once. Of its pool's twenty connections some are for the rest.
AT_ONCE = 15

POLLS = Table("documents", MetaData(), Column("id", Integer, primary_key=True), Column("document", Document))


async def ours(tx: Tx, round_id: int, user_id: str, option: int) -> None:
    await answer(tx, user_id, round_id, Answer(option=option))


async def document(tx: Tx, round_id: int, user_id: str, option: int) -> None:
    """What a bot does that keeps a poll in one document: lock, read, change, write, draw the message."""
    poll: dict[str, Any] = (
        await tx.session.execute(select(POLLS.c.document).where(POLLS.c.id == round_id).with_for_update())
    ).scalar_one()
    if poll["closed"] or option not in range(len(poll["options"])):
        raise UserError("This round is closed.")
    poll["votes"][user_id] = option
    await tx.session.execute(update(POLLS).where(POLLS.c.id == round_id).values(document=poll))
    await outbox.say(tx, round_key(round_id), outbox.Channel(poll["channel"]), _drawn(poll))


def _drawn(poll: dict[str, Any]) -> Message:
    found = Counter(poll["votes"].values())
    lines = [f"{option}: {found[place]}" for place, option in enumerate(poll["options"])]
    text = f"{poll['question']} {len(poll['votes'])} have answered"
    return Message(text, [markdown(f"*{poll['question']}*"), markdown(text), *map(markdown, lines)])


HOW = {"ours": ours, "document": document}


async def main(how: str, url: str, api_url: str, token: str, said: str) -> None:
    given = json.loads(said)
    slack = Slack(api_url, 10.0)
    # Who waits in a queue of a thousand on a busy machine waits, on either side.
    engine = create_engine(url, statement_timeout=None)
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
    """Every connection there is was used for such an answer, of which nothing is left."""

    async def take(click: Sequence[Any]) -> None:
        user_id, option = click
        with suppress(ZeroDivisionError):
            async with transactions.begin(given["workspace"], wakes=False) as tx:
                await cast(tx, round_id=given["round"], user_id=user_id, option=option)
                raise ZeroDivisionError

    for _ in range(3):
        await asyncio.gather(*map(take, given["clicks"][:AT_ONCE]))


async def _take(
    transactions: Transactions, cast: Callable[..., Awaitable[None]], given: dict[str, Any]
) -> None:
    clicks = iter(given["clicks"])

    async def person() -> None:
        for user_id, option in clicks:
            use = partial(cast, round_id=given["round"], user_id=user_id, option=option)
            await transactions.run(given["workspace"], use)

    await asyncio.gather(*(person() for _ in range(AT_ONCE)))


if __name__ == "__main__":
    logging.configure(level="error")
    asyncio.run(main(*sys.argv[1:]))
