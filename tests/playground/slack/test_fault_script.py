"""Which call a fault befalls: by rule, by chance that a seed repeats, and while Slack is gone."""

import asyncio
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from typer.testing import CliRunner

from slackapp.playground.slack import Channel, Fault, FaultScript, Person, StandIn
from slackapp.playground.slack.cli import cli
from slackapp.playground.slack.fault_script import read_rates, read_script
from slackapp.slack.outcomes import Done, NotSent, TokenTrouble, Unknown, outcome_of

FAULTS = st.one_of(
    st.sampled_from([Fault.ERROR_AFTER, Fault.GARBAGE, Fault.HELD, Fault.NO_TS, Fault.TRUNCATED]),
    st.floats(0, 100).map(Fault.slow) | st.floats(0, 100).map(Fault.late),
    st.none() | st.integers(0, 3600) | st.just("abc"),
).map(lambda it: it if isinstance(it, Fault) else Fault.rate_limited(it))


async def faults_met(client: AsyncWebClient, slack: StandIn, texts: Sequence[str]) -> list[str | None]:
    """Post these one after the other into the only channel; what befell each."""
    [channel] = slack.channels()
    before = len(slack.calls)
    for text in texts:
        await outcome_of(client.chat_postMessage(channel=channel.id, text=text))
    return [call.fault for call in slack.calls[before:]]


# Rules


async def test_rules_are_used_up_in_the_order_they_were_given(
    slack: StandIn, hasty: AsyncWebClient, team: Channel
) -> None:
    slack.faults.next("chat.postMessage", Fault.GARBAGE, None, Fault.says("fatal_error"))
    slack.faults.next("chat.*", Fault.NO_TS)
    assert await faults_met(hasty, slack, "abcde") == ["garbage", None, "says:fatal_error", "no_ts", None]
    assert {call.args["channel"] for call in slack.calls} == {team.id}


async def test_a_rule_may_be_about_one_channel_and_about_the_third_call(
    slack: StandIn, hasty: AsyncWebClient, team: Channel
) -> None:
    other = slack.add_channel("other")
    slack.faults.next("*", Fault.GARBAGE, channel=team, after=2)
    slack.faults.next("chat.postMessage", Fault.NO_TS, channel="other")
    for number in range(4):
        for channel in (team, other):
            await outcome_of(hasty.chat_postMessage(channel=channel.id, text=str(number)))
    met = [(call.args["channel"], call.args["text"], call.fault) for call in slack.calls if call.fault]
    assert met == [(other.id, "0", "no_ts"), (team.id, "2", "garbage")]


async def test_something_may_befall_every_call_for_a_while(slack: StandIn, hasty: AsyncWebClient) -> None:
    started = time.monotonic()
    slack.faults.always("*", Fault.says("token_revoked"), seconds=0.1)
    outcomes = [await outcome_of(hasty.auth_test())]
    while outcomes[-1] == TokenTrouble("token_revoked"):
        await asyncio.sleep(0.01)
        outcomes.append(await outcome_of(hasty.auth_test()))
    assert time.monotonic() - started >= 0.1
    assert isinstance(outcomes[-1], Done)
    slack.faults.always("auth.test", Fault.says("account_inactive"))
    assert [await outcome_of(hasty.auth_test()) for _ in range(3)] == [TokenTrouble("account_inactive")] * 3
    slack.faults.clear()
    assert isinstance(await outcome_of(hasty.auth_test()), Done)


# Chance


async def seeded_run(manifest: dict[str, Any], seed: int, *, at_once: bool) -> dict[str, list[str | None]]:
    """Sixty messages, each posted three times, in a workspace of its own; by text, what befell each try."""
    script = {"seeded": {"seed": seed, "rates": {"says_after:internal_error": 0.2, "500_before": 0.1}}}
    async with StandIn.serve(manifest, faults=script) as slack, aiohttp.ClientSession() as session:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, session=session, retry_handlers=[])
        dm = slack.add_person("Mara Lind").dm

        async def post(text: str) -> None:
            for _ in range(3):
                metadata = {"event_type": "m", "event_payload": {"id": str(time.monotonic_ns())}}
                await outcome_of(client.chat_postMessage(channel=dm.id, text=text, metadata=metadata))

        texts = [f"m{number}" for number in range(60)]
        if at_once:
            await asyncio.gather(*(post(text) for text in reversed(texts)))
        else:
            for text in texts:
                await post(text)
        return {text: [call.fault for call in slack.calls if call.args["text"] == text] for text in texts}


async def test_a_seed_repeats_what_befalls_each_message_in_whatever_order(manifest: dict[str, Any]) -> None:
    met = await seeded_run(manifest, 7, at_once=False)
    assert await seeded_run(manifest, 7, at_once=True) == met
    assert await seeded_run(manifest, 8, at_once=True) != met
    each = [fault for faults in met.values() for fault in faults]
    assert 15 <= each.count("says_after:internal_error") <= 60  # of 180, a fifth
    assert 5 <= each.count("500_before") <= 40  # a tenth
    assert len({tuple(faults) for faults in met.values()}) > 5  # each try has a chance of its own


async def test_chance_is_of_the_methods_it_is_for(slack: StandIn, hasty: AsyncWebClient) -> None:
    slack.faults.seeded(1, {Fault.GARBAGE: 1.0}, methods=["chat.*"])
    slack.add_channel("room")
    assert isinstance(await outcome_of(hasty.auth_test()), Done)
    assert await faults_met(hasty, slack, "ab") == ["garbage", "garbage"]
    slack.faults.next("*", None)
    assert await faults_met(hasty, slack, "ab") == [None, "garbage"]
    slack.faults.clear()
    assert await faults_met(hasty, slack, "ab") == [None, None]


# Slack is gone


async def test_while_slack_is_gone_every_connection_is_reset(
    slack: StandIn, hasty: AsyncWebClient, team: Channel, app: AsyncApp
) -> None:
    assert app.client.token == slack.bot_token
    assert slack.connected == 1
    slack.faults.next("chat.postMessage", Fault.HELD)
    cut = asyncio.create_task(outcome_of(hasty.chat_postMessage(channel=team.id, text="On its way")))
    await slack.until(lambda: slack.faults.held)
    slack.faults.outage(60)
    assert await cut == Unknown("ClientOSError")
    assert await faults_met(hasty, slack, "ab") == ["reset_before", "reset_before"]
    await slack.until(lambda: slack.connected == 0)
    slack.faults.clear()
    await slack.until(lambda: slack.messages(team))  # what had arrived is done in the end
    assert await faults_met(hasty, slack, "c") == [None]


async def test_while_slack_cannot_be_reached_nothing_gets_through(
    slack: StandIn, hasty: AsyncWebClient, team: Channel
) -> None:
    assert await faults_met(hasty, slack, "a") == [None]
    for _ in range(2):
        slack.faults.outage(60, refused=True)
        assert await faults_met(hasty, slack, "bc") == []
        outcome = await outcome_of(hasty.chat_postMessage(channel=team.id, text="d"))
        assert outcome == NotSent("ClientConnectorError")
    slack.faults.outage(0.05, refused=True)
    await asyncio.sleep(0.06)
    assert isinstance(await outcome_of(hasty.chat_postMessage(channel=team.id, text="e")), Done)
    assert [message.text for message in slack.messages(team)] == ["a", "e"]


async def test_a_server_may_stop_while_nobody_can_reach_it(manifest: dict[str, Any]) -> None:
    async with StandIn.serve(manifest) as slack:
        slack.faults.outage(60, refused=True)
        port = int(slack.url.rpartition(":")[2])
    async with StandIn.serve(manifest, port=port):
        pass


# History


async def test_history_and_threads_hide_a_reply_as_long_as_its_post_says(
    slack: StandIn, hasty: AsyncWebClient, team: Channel
) -> None:
    async def seen() -> tuple[list[str], list[str]]:
        thread = await hasty.conversations_replies(channel=team.id, ts=parent["ts"])
        history = await hasty.conversations_history(channel=team.id)
        return [m["text"] for m in thread["messages"]], [m["text"] for m in history["messages"]]

    parent = await hasty.chat_postMessage(channel=team.id, text="parent")
    slack.faults.next("chat.postMessage", Fault.RESET_AFTER, None, lag=0.2)
    started = time.monotonic()
    for broadcast in (False, True):
        await outcome_of(
            hasty.chat_postMessage(
                channel=team.id, text=f"{broadcast}", thread_ts=parent["ts"], reply_broadcast=broadcast
            )
        )
    posted = time.monotonic()
    await hasty.chat_postMessage(channel=team.id, text="at once", thread_ts=parent["ts"])
    thread, history = await seen()
    if time.monotonic() - started < 0.2:  # a machine that stood still shows nothing
        assert (thread, history) == (["parent", "at once"], ["parent"])
    await asyncio.sleep(posted + 0.2 - time.monotonic())
    assert await seen() == (["parent", "False", "True", "at once"], ["True", "parent"])


async def test_the_lag_of_history_can_be_changed(
    slack: StandIn, hasty: AsyncWebClient, team: Channel
) -> None:
    slack.faults.history_lag(60)
    await hasty.chat_postMessage(channel=team.id, text="hidden")
    slack.faults.history_lag(0)
    await hasty.chat_postMessage(channel=team.id, text="seen")
    history = await hasty.conversations_history(channel=team.id)
    assert [message["text"] for message in history["messages"]] == ["seen"]


# As text


@given(FAULTS)
def test_a_fault_is_read_as_it_is_written(fault: Fault) -> None:
    assert Fault.parse(str(fault)) == fault


@pytest.mark.parametrize(
    "text", ["", "reset", "slow", "slow:", "slow:soon", "slow:-1", "late:nan", "says", "truncated:3"]
)
def test_what_is_no_fault(text: str) -> None:
    with pytest.raises(ValueError, match=r"fault|value|seconds|convert"):
        Fault.parse(text)


def test_rates_are_read() -> None:
    assert read_rates("429:abc=0.03, reset_after=0.05,") == {"429:abc": 0.03, "reset_after": 0.05}
    for wrong in ("429", "reset=0.1", "429=often"):
        with pytest.raises(ValueError, match=r"no rate|no fault|convert"):
            read_rates(wrong)


@pytest.mark.parametrize(
    "script",
    [
        {"rules": [{"faults": []}]},
        {"rules": [{"faults": ["reset"]}]},
        {"rules": [{"faults": ["429"], "metod": "chat.update"}]},
        {"seeded": {"rates": {"429": 0.6, "truncated": 0.6}}},
        {"seeded": {"rates": {"429": -0.1}}},
        {"seeded": {"rates": {"lost": 0.1}}},
        {"outage": {"seconds": "inf"}},
    ],
)
def test_what_is_no_script(script: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        read_script(script)


def test_a_script_survives_the_wire(tmp_path: Path) -> None:
    script = read_script({
        "rules": [{"method": "chat.*", "faults": ["429:abc", None], "channel": "room", "after": 1, "lag": 2}],
        "seeded": {"seed": 7, "rates": {"truncated": 0.1}},
    })  # fmt: skip
    sent = json.dumps(script.model_dump(mode="json", exclude_defaults=True))
    assert FaultScript.model_validate_json(sent) == script
    file = tmp_path / "script.json"
    file.write_text(sent, encoding="utf-8")
    assert read_script(file) == script


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--faults", "reset=0.1"], "no fault"),
        (["--faults", "429=0.8,truncated=0.8"], "more than 1"),
        (["--fault-script", "nowhere.json"], "nowhere.json"),
    ],
)
def test_the_command_refuses_what_it_cannot_read(arguments: list[str], complaint: str) -> None:
    result = CliRunner().invoke(cli, ["--manifest", "manifest.yml", *arguments])
    assert result.exit_code == 2
    assert complaint in result.output


async def test_a_person_is_never_befallen(slack: StandIn, mara: Person, team: Channel) -> None:
    slack.faults.always("*", Fault.RESET_BEFORE)
    await mara.say(team, "Hello")
    assert [message.text for message in slack.messages(team)] == ["Hello"]
