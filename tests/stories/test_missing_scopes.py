"""A new version asks for scopes the installed app was never given: an admin hears of it, once."""

import asyncio

from slackapp.core.clock import TurnedClock
from slackapp.core.manifest import manifest
from slackapp.playground.slack import StandIn
from tests.support.world import started


async def test_an_admin_is_told_once_however_many_replicas_start(
    database_url: str, clock: TurnedClock
) -> None:
    older = manifest()
    older["oauth_config"]["scopes"]["bot"].remove("groups:read")
    events = older["settings"]["event_subscriptions"]
    events["bot_events"] = [event for event in events["bot_events"] if not event.startswith("group_")]
    async with StandIn.serve(
        older, clock=lambda: clock.now().timestamp(), request_url="http://127.0.0.1:1"
    ) as slack:
        ines = slack.add_person("Ines Okafor", admin=True)
        team = slack.add_channel("team-onboarding", [ines])
        async with started(slack, database_url, clock) as app:
            await app.catch_up()
            assert slack.messages(ines.dm) == []
            await ines.command("/launch", "help", team)
        for _ in range(2):
            async with started(slack, database_url, clock) as one, started(slack, database_url, clock) as two:
                await asyncio.gather(one.catch_up(), two.catch_up())
        [message] = slack.messages(ines.dm)
        assert "needs 1 permission it was not given" in message.shown
        assert "groups:read" in message.shown
        assert slack.troubles == []
        assert [call for call in slack.calls if not call.ok] == []


async def test_nobody_is_told_where_nothing_is_missing(sqlite_url: str, clock: TurnedClock) -> None:
    async with StandIn.serve(manifest(), request_url="http://127.0.0.1:1") as slack:
        ines = slack.add_person("Ines Okafor", admin=True)
        team = slack.add_channel("team-onboarding", [ines])
        for _ in range(2):
            async with started(slack, sqlite_url, clock) as app:
                await ines.command("/launch", "help", team)
                await app.catch_up()
        assert slack.messages(ines.dm) == []
