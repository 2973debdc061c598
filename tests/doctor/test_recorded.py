"""The channels that launches belong to, and the messages that Slack would not take."""

from sqlalchemy import update

from slackapp.doctor.database import Database
from slackapp.doctor.recorded import channels
from slackapp.features.prompts.models import Prompt
from slackapp.playground.slack import Person
from slackapp.slack.client import Slack
from slackapp.slack.outcomes import Done
from tests.support.answers import Answer, answering
from tests.support.examined import Examined, examined
from tests.support.world import World


async def look(world: World, url: str) -> Examined:
    return await examined(**world.slack.environment(), AFTERLAUNCH_DATABASE_URL=url)


async def test_nothing_is_wrong_where_everything_works(worlds: World, database_url: str) -> None:
    await worlds.launch()
    before = len(worlds.slack.messages(worlds.team))
    found = await look(worlds, database_url)
    assert found.wrong == []
    assert "In 1 channel" in found.said("channels")
    assert found.said("clock") == "Within 60 seconds of Slack's."
    databases = ["database", "schema", *(["database clock"] if "postgresql" in database_url else [])]
    first = ["settings", "bot token", "scopes", "clock", "transport", "port"]
    assert found.names == [*first, *databases, "channels", "messages", "questions"]
    assert len(worlds.slack.messages(worlds.team)) == before


async def test_an_archived_channel_is_wrong(world: World, sqlite_url: str) -> None:
    await world.launch()
    world.slack.archive(world.team)
    found = await look(world, sqlite_url)
    assert found.wrong == ["channels"]
    assert "#team-onboarding is archived. Unarchive it" in found.said("channels")


async def test_a_channel_the_app_was_removed_from_is_wrong(world: World, sqlite_url: str) -> None:
    await world.launch()
    world.slack.remove_bot(world.team)
    found = await look(world, sqlite_url)
    assert found.wrong == ["channels"]
    assert "not in #team-onboarding. Type `/invite @Afterlaunch`" in found.said("channels")


async def test_a_private_channel_the_app_was_removed_from_cannot_be_seen(
    world: World, sqlite_url: str
) -> None:
    world.team = world.slack.add_channel("quietly", [world.mara], private=True)
    await world.launch()
    world.slack.remove_bot(world.team)
    found = await look(world, sqlite_url)
    world.expected_refusals = {"channel_not_found"}
    assert found.wrong == ["channels"]
    assert f"The channel {world.team.id} cannot be looked at: channel_not_found." in found.said("channels")


async def test_a_channel_whose_launches_are_all_cancelled_is_not_looked_at(
    world: World, sqlite_url: str
) -> None:
    await world.launch()
    question = await world.mara.command("/launch", "cancel L-1", world.team)
    assert question is not None
    await world.press(world.mara, "Cancel this launch", question)
    world.slack.archive(world.team)
    assert "No launch is under way." in (await look(world, sqlite_url)).said("channels")


async def test_a_channel_whose_launches_are_over_is_not_looked_at(world: World, sqlite_url: str) -> None:
    await world.launch(day="2026-08-01")
    await world.reply(world.mara, "44 %")
    world.slack.archive(world.team)
    measured = await look(world, sqlite_url)
    assert measured.wrong == ["channels"]
    world.slack.archive(world.team, archived=False)
    await world.press(world.mara, "Iterate", world.shown(world.mara.dm, "What do you do about it?"))
    world.slack.archive(world.team)
    closed = await look(world, sqlite_url)
    assert closed.wrong == []
    assert "No launch is under way." in closed.said("channels")


async def test_each_channel_in_trouble_has_its_line(world: World, sqlite_url: str) -> None:
    for name in ("alpha", "beta", "gamma"):
        world.team = world.slack.add_channel(name, [world.mara])
        await world.launch()
        await world.launch("Another")
        if name != "beta":
            world.slack.archive(world.team)
    found = await look(world, sqlite_url)
    assert found.wrong == ["channels", "channels"]
    assert "beta" not in found.said("channels")


async def record_unseen(world: World, person: Person) -> None:
    """A launch whose card waits to be posted."""
    await person.command("/launch", "Unseen", world.team)
    await person.modal()
    person.fill("problem", "Nobody looks")
    person.fill("audience", "everybody")
    assert await person.submit() == {}


async def test_messages_slack_would_not_take_are_counted_with_the_commonest_reason(
    worlds: World, database_url: str
) -> None:
    worlds.expected_refusals = {"not_in_channel", "is_archived"}
    for person in (worlds.jonas, worlds.jonas, worlds.mara):
        await record_unseen(worlds, person)
    without_us = worlds.slack.remove_bot(worlds.team)
    await worlds.settle()
    worlds.slack.archive(without_us)
    await worlds.press(worlds.mara, "Try again", worlds.shown(worlds.mara.dm, "could not post"))
    found = await look(worlds, database_url)
    assert "messages" in found.wrong
    assert "3 messages could not be posted, most often for not_in_channel (2)." in found.said("messages")


async def test_a_question_that_fails_whenever_it_is_due_is_named(worlds: World, database_url: str) -> None:
    await worlds.launch()
    async with worlds.app.transactions.begin(worlds.app.installation.workspace_id) as tx:
        failing = (await tx.session.scalars(update(Prompt).values(failures=2).returning(Prompt.id))).all()
    found = await look(worlds, database_url)
    assert found.wrong == ["questions"]
    assert f"{failing[0]} (to {worlds.mara.id})" in found.said("questions")


async def test_a_slack_that_wants_us_to_wait_is_asked_again(world: World) -> None:
    await world.launch()
    wait: Answer = (429, {"Retry-After": "0"}, {"ok": False, "error": "ratelimited"})
    seen: Answer = (
        200,
        {},
        {"ok": True, "channel": {"id": world.team.id, "name": "team", "is_archived": True}},
    )
    async with answering(wait, seen) as url:
        slack = Slack(url, 5)
        who = Done(data={"team_id": world.slack.team_id})
        found = await channels(Database([], world.app.transactions), slack.client("xoxb-1"), who)
        await slack.close()
    assert [finding.words for finding in found] == ["#team is archived."]
