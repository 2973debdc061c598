"""One story, told to a Slack in this process and to one in another; control API and command."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import yaml
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from typer.testing import CliRunner

from slackapp.playground.slack import Channel, Fault, ImpossibleError, Message, Someone, StandIn
from slackapp.playground.slack.cli import build, cli
from slackapp.playground.slack.people import AnySlack
from slackapp.playground.slack.remote import RemoteStandIn
from slackapp.slack.outcomes import Done, NotSent, Unknown, outcome_of


def text(content: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": content}


def lantern(client: AsyncWebClient) -> AsyncApp:
    """An app with a command, a modal, a button, and an answer to direct messages."""
    app = AsyncApp(client=client, process_before_response=True)
    select = {"type": "users_select", "action_id": "it"}
    button = {"type": "button", "action_id": "dim", "text": text("Dim")}
    home = {"type": "home", "blocks": [{"type": "actions", "elements": [button]}]}

    @app.command("/light")
    async def light(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:  # noqa: ANN401 - Bolt's own
        await ack()
        block = {"type": "input", "block_id": "who", "label": text("Who?"), "element": select}
        view = {
            "type": "modal",
            "callback_id": "form",
            "title": text("A lantern"),
            "submit": text("Light"),
            "private_metadata": body["channel_id"],
            "blocks": [block],
        }
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.view("form")
    async def form(ack: Any, view: dict[str, Any], client: AsyncWebClient) -> None:  # noqa: ANN401 - Bolt's own
        await ack()
        who = view["state"]["values"]["who"]["it"]["selected_user"]
        line = {
            "type": "section",
            "text": {"type": "mrkdwn", "text": f"Lit by <@{who}>"},
            "accessory": button,
        }
        await client.chat_postMessage(channel=view["private_metadata"], text="Lit", blocks=[line])

    @app.action("dim")
    async def dim(ack: Any, body: dict[str, Any], respond: Any) -> None:  # noqa: ANN401 - Bolt's own
        await ack()
        if "response_url" in body:
            await respond("dimmed")

    @app.event("message")
    async def message(event: dict[str, Any], client: AsyncWebClient) -> None:
        if event["channel_type"] == "im" and "subtype" not in event:
            await client.chat_postMessage(channel=event["channel"], text=event["text"].upper())

    @app.event("app_home_opened")
    async def home_opened(event: dict[str, Any], client: AsyncWebClient) -> None:
        await client.views_publish(user_id=event["user"], view=home)

    async def ignored() -> None:
        """Taken note of: an event without a listener is not acknowledged."""

    for name in ("member_joined_channel", "user_change", "reaction_added", "channel_archive"):
        app.event(name)(ignored)
    return app


async def story(slack: AnySlack) -> None:
    """Everything people and admins do, in the words both kinds of Slack understand."""
    vera = slack.add_person("Vera Holm", tz="Europe/Stockholm", admin=True)
    jun = slack.add_person("Jun Sato", tz="Asia/Tokyo")
    room = slack.add_channel("room", [vera, jun])
    assert await vera.command("/light", "now", room) is None
    view = await vera.modal()
    assert view.shown == "A lantern\nWho?: [Select ▾]\n[Cancel] [Light]"
    with pytest.raises(ImpossibleError, match="Who"):
        await vera.submit()
    vera.fill("who", jun)
    assert await vera.submit() == {}
    await slack.until(lambda: slack.messages(room))
    (card,) = slack.messages(room)
    assert card.shown == "Lit by @Jun Sato [Dim]"
    assert await jun.press("Dim", card)
    await slack.until(lambda: len(jun.reads(room)) == 2)
    assert [message.shown for message in jun.reads(room)] == ["Lit by @Jun Sato [Dim]", "dimmed"]
    jun.reload()
    assert len(jun.reads(room)) == 1
    await talk(slack, vera, card)
    await administer(slack, room, vera, jun)
    await slack.quiet()
    assert [trouble.what for trouble in slack.troubles] == []
    assert "chat.postMessage" in [call.method for call in slack.calls]


async def talk(slack: AnySlack, vera: Someone, card: Message) -> None:
    said = await vera.say(vera.dm, "hello")
    await slack.until(lambda: len(vera.reads(vera.dm)) == 2)
    assert [message.shown for message in vera.reads(vera.dm)] == ["hello", "HELLO"]
    assert (await vera.edit(said, "hullo")).edited
    await vera.delete(said)
    await vera.react(card, "eyes")
    with pytest.raises(ImpossibleError, match="already_reacted"):
        await vera.react(card, "eyes")
    await vera.open_home()
    await slack.until(lambda: vera.home)
    assert vera.home
    await vera.press("Dim", vera.home)
    await vera.command("/light")
    await vera.modal()
    await vera.close_modal()
    assert not vera.has_modal
    with pytest.raises(TimeoutError):
        await vera.modal(wait=0.01)


async def administer(slack: AnySlack, room: Channel, vera: Someone, jun: Someone) -> None:
    slack.rename(room, "chamber")
    slack.remove_bot(room)
    slack.invite_bot(room, by=vera)
    slack.leave(room, jun)
    assert slack.archive(room).archived
    assert slack.make_private(room).private
    slack.set_zone(jun, "Europe/Lisbon")
    slack.deactivate(jun)
    with pytest.raises(ImpossibleError, match="deactivated"):
        await jun.command("/light")
    with pytest.raises(KeyError):
        slack.person("Nobody")
    with pytest.raises(TimeoutError, match="Last calls"):
        await slack.until(lambda: False, wait=0.01)
    assert slack.person("Vera Holm").id == vera.id
    assert slack.channel("chamber").id == room.id


@asynccontextmanager
async def running(environment: dict[str, str]) -> AsyncIterator[None]:
    client = AsyncWebClient(environment["SLACK_BOT_TOKEN"], base_url=environment["SLACK_API_URL"])
    handler = AsyncSocketModeHandler(lantern(client), environment["SLACK_APP_TOKEN"], web_client=client)
    await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt left it untyped
    try:
        yield
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]  # Bolt left it untyped


@asynccontextmanager
async def process(*arguments: str) -> AsyncIterator[dict[str, str]]:
    """The stand-in as a process of its own; gives what it prints. It has to end well when told to."""
    program = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-W", "error", "-m", "slackapp.playground.slack", *arguments),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert program.stdout
    environment: dict[str, str] = {}
    while len(environment) < 3:
        line = (await program.stdout.readline()).decode()
        if not line:
            break
        key, _, value = line.strip().partition("=")
        environment[key] = value
    try:
        yield environment
    finally:
        if program.returncode is None:
            program.send_signal(signal.SIGTERM)
        out, err = await program.communicate()
    assert (program.returncode, out, err) == (0, b"", b"")


@pytest.fixture
def written(manifest: dict[str, Any], tmp_path: Path) -> str:
    path = tmp_path / "manifest.yml"
    path.write_text(yaml.safe_dump(manifest), encoding="utf-8")
    return str(path)


async def test_the_story_in_this_process(slack: StandIn) -> None:
    async with running(slack.environment()):
        await slack.until(lambda: slack.connected)
        await story(slack)


async def test_the_story_in_another_process(written: str, tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    clock.write_text("2026-11-20T09:30:00+01:00", encoding="utf-8")
    record = tmp_path / "calls.jsonl"
    arguments = ["--manifest", written, "--clock-file", str(clock), "--record", str(record)]
    async with process(*arguments) as environment, running(environment):
        slack = RemoteStandIn(environment["SLACK_API_URL"])
        assert slack.environment() == environment
        assert len(slack.people()) >= 4
        assert [channel.name for channel in slack.channels()] == ["team-onboarding", "team-platform"]
        await slack.until(lambda: slack.connected == 1)
        await story(slack)
        assert {call.at for call in slack.calls} == {"2026-11-20T08:30:00.000000Z"}
        lines = record.read_text(encoding="utf-8").splitlines()
        assert len(lines) == len(slack.calls)
        assert environment["SLACK_BOT_TOKEN"] not in "".join(lines)


async def test_a_process_for_http_prints_the_signing_secret(written: str, tmp_path: Path) -> None:
    arguments = ["--manifest", written, "--state", str(tmp_path / "state")]
    url = "http://127.0.0.1:9/slack/events"
    async with process(*arguments, "--request-url", url, "--paced", "--history-lag", "1") as environment:
        assert set(environment) == {"SLACK_BOT_TOKEN", "SLACK_API_URL", "SLACK_SIGNING_SECRET"}
        answer = await RemoteStandIn(environment["SLACK_API_URL"]).person("Mara Lind").command("/light")
        assert answer
        assert "dispatch_failed" in answer.shown


async def test_faults_are_ordered_from_another_process(written: str, tmp_path: Path) -> None:
    script = tmp_path / "script.json"
    script.write_text('{"rules": [{"method": "auth.test", "faults": ["reset_after"]}]}', encoding="utf-8")
    arguments = ["--manifest", written, "--fault-script", str(script)]
    arguments += ["--faults", "garbage=1", "--fault-seed", "7"]
    async with process(*arguments) as environment:
        token, url = environment["SLACK_BOT_TOKEN"], environment["SLACK_API_URL"]
        slack, client = RemoteStandIn(url), AsyncWebClient(token, base_url=url, retry_handlers=[])
        assert [await outcome_of(client.auth_test()) for _ in range(2)] == [
            Unknown("ClientOSError"),
            Unknown("http_200"),
        ]
        slack.faults.clear()
        slack.faults.next("auth.test", Fault.HELD)
        calling = asyncio.create_task(outcome_of(client.auth_test()))
        await slack.until(lambda: slack.faults.held == ["auth.test"])
        slack.faults.release()
        assert isinstance(await calling, Done)
        slack.faults.outage(0.2, refused=True)
        with pytest.raises(ConnectionRefusedError):
            slack.people()
        assert await outcome_of(client.auth_test()) == NotSent("ClientConnectorError")
        await asyncio.sleep(0.5)
        slack.faults.outage(60)
        assert await outcome_of(client.auth_test()) == Unknown("ClientOSError")
        slack.faults.clear()
        assert slack.faults.befallen == {"reset_after": 1, "garbage": 1, "held": 1, "reset_before": 1}
        told = [(call.ok, call.fault) for call in slack.calls]
        assert told[:3] == [(True, "reset_after"), (True, "garbage"), (True, "held")]
        with pytest.raises(ValueError, match="no fault"):
            slack.faults.seeded(1, {"lost": 0.1})


def test_the_command_needs_a_manifest(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, [])
    assert result.exit_code == 2
    assert "--manifest" in result.output
    asked: list[Path] = []

    def default() -> Path:
        asked.append(tmp_path / "nowhere.yml")
        return asked[0]

    missing = CliRunner().invoke(build(default), [])
    assert missing.exit_code == 2
    assert "--manifest" in missing.output
    assert asked


@pytest.mark.parametrize(
    ("path", "request_kind", "status"),
    [
        ("/faults", {"json": {"rules": [{"faults": ["lost"]}]}}, 400),
        ("/faults", {"json": "calls.json"}, 400),
        ("/people", {"data": "name=Mara"}, 415),
        ("/people", {"json": {"name": "Mara", "colour": "red"}}, 400),
        ("/people/U0NOBODY/reload", {"json": {}}, 404),
        ("/people/MARA/sing", {"json": {}}, 404),
        ("/people/MARA/submit", {"json": {}}, 409),
        ("/people/MARA/press", {"json": {"name": "Go", "on": {"view": "V0NONE"}}}, 409),
        ("/people/MARA/modal", {"json": {"wait": 0.01}}, 504),
    ],
)
async def test_what_the_control_api_refuses(
    slack: StandIn, path: str, request_kind: dict[str, Any], status: int
) -> None:
    person = slack.add_person("Mara Lind")
    url = f"{slack.url}/control{path.replace('MARA', person.id)}"
    async with aiohttp.ClientSession() as session, session.post(url, **request_kind) as response:
        assert response.status == status
        assert (await response.json())["error"]
