"""How long the messages of a killed worker take until the other one has delivered them."""

import asyncio
import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from time import perf_counter

from slackapp.features.workspaces.service import install
from slackapp.outbox.models import State
from slackapp.outbox.saying import Direct, say
from slackapp.slack.client import Slack
from tests.benchmarks.processes import relaying
from tests.benchmarks.protocol import Bench, Benchmark, Goal, Pair
from tests.support import outboxes
from tests.support.outboxes import LOOK
from tests.support.processes import ClockFile, posts, stand_in

#: Seconds; much shorter than the app's own, and in the same order.
LEASE, MARGIN, SETTLE = 6.0, 3.0, 1.0
#: Time for the relays' two looks, and for the last message's way.
BESIDES = 1.0
PEOPLE, MESSAGES = 40, 120
ROUNDS = 5


async def _rounds(bench: Bench) -> AsyncIterator[Pair]:
    for number in range(1 if bench.quick else ROUNDS):
        bench.progress(f"kill {number + 1} of {ROUNDS}")
        yield await _round(bench, number)


async def _round(bench: Bench, number: int) -> Pair:
    folder = bench.folder / str(number)
    folder.mkdir()
    async with (
        stand_in(folder, ClockFile(folder / "clock", datetime.now(UTC))) as slack,
        outboxes.opened(await bench.databases.postgresql(), workspaces=0) as outbox,
    ):
        people = [slack.add_person(f"Person {each}") for each in range(PEOPLE)]
        given = slack.environment()
        way = Slack(given["SLACK_API_URL"], 10.0)
        team = (await way.client(given["SLACK_BOT_TOKEN"]).auth_test())["team_id"]
        await way.close()
        async with outbox.transactions.install() as session:
            workspace = await install(session, team_id=team, name="Bench", now=datetime.now(UTC))
        chosen = {
            "lease": LEASE, "margin": MARGIN, "settle": SETTLE, "share": PEOPLE,
            "token": given["SLACK_BOT_TOKEN"],
        }  # fmt: skip
        api_url = given["SLACK_API_URL"]
        async with relaying(outbox.url, api_url, **chosen) as other:
            # It stands still until the first is killed: then the first holds what is held.
            other.send_signal(signal.SIGSTOP)
            await _say(outbox, workspace, [person.id for person in people])
            async with relaying(outbox.url, api_url, **chosen) as first:
                while not await outbox.announced():  # noqa: ASYNC110 - the database tells nobody
                    await asyncio.sleep(0.002)
                first.send_signal(signal.SIGKILL)
            killed = perf_counter()
            other.send_signal(signal.SIGCONT)
            held, announced = await outbox.held(), await outbox.announced()
            assert held
            while await outbox.count(State.WAITING):  # noqa: ASYNC110 - the database tells nobody
                await asyncio.sleep(0.02)
            seconds = perf_counter() - killed
        # Nothing was lost, and nothing doubled.
        assert set(posts(slack).values()) == {1}
        assert posts(slack).total() == MESSAGES
    return Pair(seconds, LEASE + SETTLE + BESIDES, {"held": held, "of unknown outcome": announced})


async def _say(outbox: outboxes.Outbox, workspace: int, people: list[str]) -> None:
    async with outbox.transactions.begin(workspace) as tx:
        for each in range(MESSAGES):
            await say(tx, f"bench:{each}", Direct(people[each % PEOPLE]), LOOK)


BENCHMARKS = (
    Benchmark(
        "recover.postgresql",
        "How long after one of two relays is killed in the middle of delivering is all of it delivered?",
        f"the lease ({LEASE:g} s), the time a send settles in ({SETTLE:g} s) and {BESIDES:g} s",
        "s",
        _rounds,
        Goal(at_most=1.0),
    ),
)
