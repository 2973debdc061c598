"""Two processes on one PostgreSQL, with one clock turned by hand: every question is asked once."""

import asyncio
import json
import signal
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from slackapp.playground.slack.remote import RemoteStandIn
from tests.gate.signing import Target, answer, submit
from tests.support.processes import ClockFile, free_port, posts, record_launch, replica, stand_in

START = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
TITLES = [f"Release {number:02}" for number in range(20)]


def asked(slack: RemoteStandIn) -> Counter[str]:
    """How often each launch was asked about in a message Slack accepted."""
    return Counter(
        title
        for call in slack.calls
        if call.ok and call.method == "chat.postMessage" and "What happened to" in str(call.args["blocks"])
        for title in TITLES
        if title in str(call.args["blocks"])
    )


async def test_two_replicas_ask_each_question_once(tmp_path: Path, postgres_url: str) -> None:
    clock = ClockFile(tmp_path / "clock", START)
    async with stand_in(tmp_path, clock) as slack:
        people = [slack.add_person(f"Person {number}", tz="Europe/Stockholm") for number in range(7)]
        team = slack.add_channel("team-busy", people)
        settings = {
            **slack.environment(),
            "AFTERLAUNCH_DATABASE_URL": postgres_url,
            "AFTERLAUNCH_CLOCK_FILE": str(clock.path),
        }
        async with (
            replica(settings, tmp_path, name="one") as one,
            replica(settings, tmp_path, name="two") as two,
        ):
            await one.started()
            await two.started()
            assert slack.connected == 2
            for number, title in enumerate(TITLES):
                await record_launch(people[number % 7], title, team)
            clock.turn(START + timedelta(days=7, hours=1))
            await slack.until(lambda: asked(slack).total() >= 20)
            clock.turn(START + timedelta(days=7, hours=3))
            assert await one.end(signal.SIGTERM) == 0
            assert await two.end(signal.SIGTERM) == 0
        assert asked(slack) == Counter(TITLES)
        assert set(posts(slack).values()) == {1}
        assert posts(slack).total() == 20 + 7
        assert slack.troubles == []


async def test_a_form_that_comes_four_times_to_two_processes_is_taken_once(
    tmp_path: Path, postgres_url: str
) -> None:
    clock, ports = ClockFile(tmp_path / "clock", START), (free_port(), free_port())
    url = f"http://127.0.0.1:{ports[0]}/slack/events"
    async with stand_in(tmp_path, clock, request_url=url) as slack:
        mara, team = slack.person("Mara Lind"), slack.channel("team-onboarding")
        environment = slack.environment()
        settings = {
            **environment,
            "AFTERLAUNCH_DATABASE_URL": postgres_url,
            "AFTERLAUNCH_CLOCK_FILE": str(clock.path),
        }
        async with (
            replica(settings, tmp_path, name="one", port=ports[0]) as one,
            replica(settings, tmp_path, name="two", port=ports[1]) as two,
        ):
            await asyncio.gather(one.started(), two.started())
            [*_, introduced] = [call for call in slack.calls if call.method == "auth.test"]
            team_id = str(introduced.response["team_id"])
            target = Target(environment["SLACK_SIGNING_SECRET"], team_id, mara.id, team.id)
            inputs = {"title": "A form", "problem": "Many clicks", "audience": "whoever is in a hurry"}
            form = submit({
                "id": "V1", "type": "modal", "hash": "1.a", "callback_id": "launches.record", "blocks": [],
                "private_metadata": json.dumps({"channel": team.id}),
                "state": {"values": {name: {"value": {"value": value}} for name, value in inputs.items()}},
            })  # fmt: skip
            sent = form(target), form(replace(target, mark="another"))
            answers = await asyncio.gather(*(answer(port, each) for port in ports for each in sent))
            assert [status for status, _ in answers] == [200] * 4
            await slack.until(lambda: posts(slack).total() == 1)
            assert [await each.end(signal.SIGTERM) for each in (one, two)] == [0, 0]
        assert posts(slack).total() == 1
