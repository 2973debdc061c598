"""While Slack wants no calls of a method, none is made, whoever asks."""

import asyncio

from slackapp.core.shipped import shipped
from slackapp.playground.slack import Fault, StandIn
from slackapp.slack.client import Slack
from slackapp.slack.outcomes import Done, NotSent, outcome_of


async def test_a_method_that_slack_closed_is_left_alone_by_all_clients_of_the_token() -> None:
    async with StandIn.serve(shipped("manifest.yml")) as slack:
        mara = slack.add_person("Mara Lind")
        way = Slack(slack.api_url, 5.0)
        try:
            one, another = way.client(slack.bot_token), way.client(slack.bot_token)
            slack.faults.next("users.info", Fault.rate_limited(60))
            first = await outcome_of(one.users_info(user=mara.id))
            assert first == NotSent("ratelimited", 60.0)
            for client in (one, another):
                again = await outcome_of(client.users_info(user=mara.id))
                assert isinstance(again, NotSent)
                assert again.wait is not None
                assert 0 < again.wait <= 60.0
            assert [call.method for call in slack.calls] == ["users.info"]
            assert isinstance(await outcome_of(one.conversations_open(users=mara.id)), Done)
            assert (await outcome_of(way.client("xoxb-other").users_info(user=mara.id))).headers
        finally:
            await way.close()


async def test_when_the_wait_is_over_it_is_called_again() -> None:
    async with StandIn.serve(shipped("manifest.yml")) as slack:
        mara = slack.add_person("Mara Lind")
        way = Slack(slack.api_url, 5.0)
        try:
            client = way.client(slack.bot_token)
            slack.faults.next("users.info", Fault.rate_limited(0.2))
            assert isinstance(await outcome_of(client.users_info(user=mara.id)), NotSent)
            await asyncio.sleep(0.25)
            assert isinstance(await outcome_of(client.users_info(user=mara.id)), Done)
        finally:
            await way.close()
