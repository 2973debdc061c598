"""/metrics: numbers that move as they should, on a real app, and that never fail."""

import re

import aiohttp
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text, update

from slackapp import exposition
from slackapp.core.telemetry import MOST_REASONS, Telemetry
from slackapp.core.transaction import Tx
from slackapp.features.prompts import queries as prompts
from slackapp.features.prompts.models import Prompt, PromptState
from slackapp.outbox import overview
from slackapp.outbox import service as outbox
from slackapp.outbox.pace import EVERYTHING, close
from slackapp.playground.slack import Fault
from slackapp.slack.blocks import Message
from tests.support.plans import plans
from tests.support.source import ROOT
from tests.support.world import World

Numbers = dict[str, float]

PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


async def scraped(world: World) -> Numbers:
    """Every sample by its name, with its labels as Prometheus writes them."""
    url = str(world.slack.request_url).replace("/slack/events", "/metrics")
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        assert response.status == 200
        assert response.headers["Content-Type"].startswith("text/plain; version=")
        families = list(text_string_to_metric_families(await response.text()))
    samples = [sample for family in families for sample in family.samples]
    return {sample.name + _labels(sample.labels): sample.value for sample in samples}


def _labels(labels: dict[str, str]) -> str:
    return (
        "{" + ",".join(f'{name}="{value}"' for name, value in sorted(labels.items())) + "}" if labels else ""
    )


def moved(before: Numbers, after: Numbers) -> Numbers:
    """What changed of what is counted."""
    return {
        name: value - before.get(name, 0.0)
        for name, value in after.items()
        if name.startswith("afterlaunch_") and not re.search("_seconds|_created", name)
        if value != before.get(name, 0.0)
    }


async def test_a_launch_moves_what_it_should(world: World) -> None:
    before = await scraped(world)
    await world.launch()
    after = await scraped(world)
    assert moved(before, after) == {
        'afterlaunch_inbound_total{kind="command"}': 1,
        'afterlaunch_inbound_total{kind="view_submission"}': 1,
        "afterlaunch_outbox_claimed_total": 1,
        'afterlaunch_outbox_outcomes_total{method="chat.postMessage",outcome="Done"}': 1,
    }
    lateness = "afterlaunch_outbox_lateness_seconds_count"
    assert after[lateness] - before[lateness] == 1
    assert after["afterlaunch_heartbeat_age_seconds"] >= 0
    assert after["process_resident_memory_bytes"] > 0


async def test_what_waits_and_what_is_dead_is_read_from_the_database(worlds: World) -> None:
    world, workspace_id = worlds, worlds.app.installation.workspace_id
    world.expected_refusals = {"is_archived", "ratelimited"}
    await world.launch()
    before = await scraped(world)
    assert [before[name] for name in exposition.GAUGES] == [0, 0, 0, 0, 0]
    world.slack.faults.next("chat.postMessage", Fault.says("is_archived"))
    async with world.app.transactions.begin(workspace_id) as tx:
        await outbox.say(tx, "x", outbox.Channel(world.team.id), Message("Refused"))
    await world.settle()
    world.slack.faults.next("chat.update", Fault.rate_limited(60))
    question = await world.mara.command("/launch", "cancel L-1", world.team)
    assert question is not None
    await world.press(world.mara, "Cancel this launch", question)
    async with world.app.transactions.begin(workspace_id) as tx:
        await close(tx.session, workspace_id, EVERYTHING, 60.0)
        await tx.session.execute(update(Prompt).values(failures=1, state=PromptState.WAITING))
    after = await scraped(world)
    assert after["afterlaunch_outbox_due"] == 1
    assert after["afterlaunch_outbox_dead_now"] == 1
    assert after["afterlaunch_outbox_paused_workspaces"] == 1
    assert after["afterlaunch_prompts_set_aside"] > 0
    assert moved(before, after)['afterlaunch_outbox_retries_total{reason="ratelimited"}'] == 1
    assert moved(before, after)['afterlaunch_outbox_dead_total{reason="is_archived"}'] == 1


async def test_without_the_database_it_says_so_and_what_was_counted(world: World) -> None:
    await world.launch()
    async with world.app.engine.begin() as connection:
        await connection.execute(text("ALTER TABLE outbox RENAME TO elsewhere"))
    said = await scraped(world)
    assert said["afterlaunch_database_up"] == 0
    assert not said.keys() & exposition.GAUGES.keys()
    assert said['afterlaunch_inbound_total{kind="command"}'] == 1


async def test_the_first_failure_is_an_increase(world: World) -> None:
    """Prometheus sees none where a series begins at 1."""
    begun = await scraped(world)
    await world.launch()
    kinds = {name for name in await scraped(world) if name.startswith("afterlaunch_inbound_total{")}
    failed = {name.replace("inbound_total", "inbound_failed_total") for name in kinds}
    assert failed
    assert {begun[name] for name in failed} == {0}


async def test_what_is_read_is_found_by_indexes(world: World) -> None:
    async def read(tx: Tx) -> None:
        await overview.counts(tx.session, tx.now)
        await prompts.count_set_aside(tx.session)

    async with world.app.transactions.read(world.app.installation.workspace_id) as tx:
        found = [re.search(r"INDEX (\w+)", plan) for plan in await plans(tx, read)]
    assert [plan and plan[1] for plan in found] == [
        "ix_outbox_waiting", "ix_outbox_dead", "ix_outbox_pace_paused", "ix_prompts_failures",
    ]  # fmt: skip


def test_reasons_are_few_whatever_slack_invents() -> None:
    telemetry = Telemetry()
    labels = {telemetry.reason(f"invented_{number}") for number in range(10 * MOST_REASONS)}
    assert len(labels) == MOST_REASONS + 1
    assert "other" in labels


def test_the_page_names_every_metric_and_no_other() -> None:
    ours = {f.name for f in Telemetry().registry.collect() if f.name.startswith("afterlaunch_")}
    counted = {f"{f.name}_total" for f in Telemetry().registry.collect() if f.type == "counter"}
    actual = {name for name in ours | counted if f"{name}_total" not in counted}
    actual = {name for name in actual if name.startswith("afterlaunch_")} | {
        exposition.UP,
        *exposition.GAUGES,
    }
    table = PAGE.partition("## Metrics")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `(afterlaunch_\w+)", table, re.MULTILINE)) == actual
    used = set(re.findall(r"afterlaunch_[a-z_]+", PAGE))
    assert {re.sub("_(bucket|count|sum)$", "", name) for name in used} == actual
