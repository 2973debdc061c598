"""What Slack tells of people and channels is kept, once, in the transaction of what brought it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from slackapp.core.transaction import Tx
from slackapp.features.workspaces import queries
from slackapp.features.workspaces.models import Channel
from slackapp.features.workspaces.rules import PersonLeft
from slackapp.playground.slack import events
from slackapp.playground.slack.records import Channel as Place
from slackapp.slack import rooms
from slackapp.slack.mount import mount
from slackapp.slack.replies import Nothing, Reply
from slackapp.slack.rooms import FRESH
from slackapp.slack.routes import DirectMessage, Joined, OnChannelJoined, OnDirectMessage
from tests.support.world import World

Look = Callable[[Tx], Awaitable[Any]]


async def look(world: World, at: Look) -> Any:  # noqa: ANN401 - whatever it looks at
    async with world.app.transactions.read(world.app.installation.workspace_id) as tx:
        return await at(tx)


async def room(world: World, place: Place) -> Channel | None:
    found: Channel | None = await look(world, lambda tx: queries.channel(tx, place.id))
    return found


async def outside(world: World, user_id: str, place: Place) -> bool:
    found: bool = await look(world, lambda tx: queries.is_outside(tx, user_id, place.id))
    return found


def asked(world: World, method: str) -> int:
    return len([call for call in world.slack.calls if call.method == method])


def old(world: World) -> None:
    """Let what was learned of channels be old."""
    kept = world.app.frame.reporter.rooms._fresh._kept
    kept.update({key: at - FRESH for key, at in kept.items()})


@pytest.fixture
def left(world: World) -> list[PersonLeft]:
    """Who left, as other features hear of it."""
    heard: list[PersonLeft] = []

    async def hear(tx: Tx, event: PersonLeft) -> None:
        del tx
        heard.append(event)

    world.app.transactions._events = {PersonLeft: [hear]}
    return heard


@pytest.fixture
def again(world: World) -> Callable[[], Awaitable[None]]:
    """Delivers every event so far a second time, as Slack does when it is unsure."""
    delivery = world.slack._slack.delivery
    first, seen = delivery.event, []

    def note(what: str, payload: Any) -> None:  # noqa: ANN401 - JSON
        seen.append((what, payload))
        first(what, payload)

    delivery.event = note  # type: ignore[method-assign]

    async def repeat() -> None:
        for what, payload in seen:
            first(what, payload)
        await world.slack.quiet()

    return repeat


async def meet(world: World, place: Place) -> None:
    """Somebody says something to the app in the channel."""
    await world.mara.command("/launch", "help", place)
    await world.slack.quiet()


async def test_a_person_who_moves_is_known_to_without_being_asked_about(world: World) -> None:
    await meet(world, world.team)
    before = asked(world, "users.info")
    world.slack.set_zone(world.mara, "America/Los_Angeles")
    await world.slack.quiet()
    person = await look(world, lambda tx: queries.person(tx, world.mara.id))
    assert (person.tz, asked(world, "users.info")) == ("America/Los_Angeles", before)


async def test_who_leaves_the_workspace_has_left_once(
    world: World, left: list[PersonLeft], again: Callable[[], Awaitable[None]]
) -> None:
    await meet(world, world.team)
    world.slack.deactivate(world.mara)
    await world.slack.quiet()
    await again()
    assert left == [PersonLeft(world.mara.id)]
    person = await look(world, lambda tx: queries.person(tx, world.mara.id))
    assert person.deleted
    assert not await look(world, lambda tx: queries.may_be_asked(tx, world.mara.id))


async def test_who_becomes_a_guest_has_left_and_is_asked_nothing(
    world: World, left: list[PersonLeft]
) -> None:
    guest = world.slack.add_person("Gil Okoro", guest=True)
    place = world.slack.add_channel("open", [world.mara, guest])
    await guest.command("/launch", "help", place)
    await world.slack.quiet()
    assert left == [PersonLeft(guest.id)]
    assert not await look(world, lambda tx: queries.may_be_asked(tx, guest.id))


async def test_a_public_channel_is_learned_where_something_is_said_and_not_again_while_that_is_fresh(
    world: World,
) -> None:
    await meet(world, world.team)
    await meet(world, world.team)
    found = await room(world, world.team)
    assert found is not None
    assert (found.name, found.is_private, found.is_member, found.is_archived) == (
        "team-onboarding",
        False,
        True,
        False,
    )
    assert (asked(world, "conversations.info"), asked(world, "conversations.members")) == (1, 0)
    old(world)
    await meet(world, world.team)
    assert asked(world, "conversations.info") == 2


async def test_of_a_private_channel_the_members_are_learned_page_by_page(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("slackapp.slack.rooms._PAGE", 1)
    place = world.slack.add_channel("payroll", [world.mara, world.jonas], private=True)
    await meet(world, place)
    assert not await outside(world, world.jonas.id, place)
    assert await outside(world, world.ines.id, place)
    assert asked(world, "conversations.members") == 3


async def test_direct_messages_are_not_asked_about(world: World) -> None:
    await world.mara.command("/launch", "help", world.mara.dm)
    await world.reply(world.mara, "hello")
    assert asked(world, "conversations.info") == 0


async def test_who_leaves_a_private_channel_is_outside_from_then_on(
    world: World, left: list[PersonLeft], again: Callable[[], Awaitable[None]]
) -> None:
    place = world.slack.add_channel("payroll", [world.mara, world.jonas], private=True)
    await meet(world, place)
    world.slack.leave(place, world.jonas)
    await world.slack.quiet()
    await again()
    assert await outside(world, world.jonas.id, place)
    assert left == [PersonLeft(world.jonas.id, place.id)]
    world.slack.join(place, world.ines, by=world.mara)
    await world.slack.quiet()
    assert not await outside(world, world.ines.id, place)
    # All that was told: nobody had to be asked.
    assert (asked(world, "conversations.info"), asked(world, "users.info")) == (1, 1)


async def test_who_left_while_nothing_was_told_is_found_missing(world: World, left: list[PersonLeft]) -> None:
    place = world.slack.add_channel("payroll", [world.mara, world.jonas], private=True)
    await meet(world, place)
    slack = world.slack._slack
    slack.workspace.leave(slack.workspace.channels[place.id], world.jonas.id)
    old(world)
    await meet(world, place)
    assert left == [PersonLeft(world.jonas.id, place.id)]


async def test_who_leaves_a_public_channel_may_read_it_all_the_same(
    world: World, left: list[PersonLeft]
) -> None:
    await meet(world, world.team)
    world.slack.leave(world.team, world.jonas)
    await world.slack.quiet()
    assert left == []
    assert not await outside(world, world.jonas.id, world.team)


async def test_a_channel_that_is_renamed_or_archived_is_known_as_it_is_now(
    world: World, again: Callable[[], Awaitable[None]]
) -> None:
    await meet(world, world.team)
    world.slack.rename(world.team, "team-first-week")
    world.slack.archive(world.slack.channel(world.team.id))
    await world.slack.quiet()
    await again()
    found = await room(world, world.team)
    assert found is not None
    assert (found.name, found.is_archived) == ("team-first-week", True)
    world.slack.archive(world.slack.channel(world.team.id), archived=False)
    await world.slack.quiet()
    found = await room(world, world.team)
    assert found is not None
    assert not found.is_archived


async def test_a_channel_made_private_is_known_as_that_with_its_members(world: World) -> None:
    await meet(world, world.team)
    assert not await outside(world, world.ines.id, world.team)
    world.slack.make_private(world.team)
    old(world)
    await meet(world, world.team)
    assert await outside(world, world.ines.id, world.team)
    assert not await outside(world, world.jonas.id, world.team)


async def test_a_channel_slack_does_not_show_any_more_is_private_and_one_never_seen_is_unknown(
    world: World,
) -> None:
    world.expected_refusals = {"channel_not_found"}
    await meet(world, world.team)
    world.slack.make_private(world.team)
    world.slack.remove_bot(world.team)
    await world.slack.quiet()
    found = await room(world, world.team)
    assert found is not None
    assert (found.is_private, found.is_member) == (True, False)
    assert await outside(world, world.mara.id, world.team)
    unseen = world.slack.add_channel("payroll", [world.mara], private=True, with_bot=False)
    await meet(world, unseen)
    assert await room(world, unseen) is None


async def test_where_slack_does_not_name_the_members_a_private_channel_is_private_all_the_same(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await meet(world, world.team)
    world.slack.make_private(world.team)
    old(world)

    async def nobody(*_: object) -> None:
        return None

    with monkeypatch.context() as silent:
        silent.setattr(rooms, "_members", nobody)
        await meet(world, world.team)
    assert await outside(world, world.jonas.id, world.team)
    # She typed something there.
    assert not await outside(world, world.mara.id, world.team)
    await meet(world, world.team)  # asked again at once, since that was not the whole
    assert not await outside(world, world.jonas.id, world.team)


async def test_whoever_acts_in_a_private_channel_is_in_it_whatever_slack_leaves_unsaid(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = world.slack.add_channel("payroll", [world.mara], private=True)

    async def nobody(*_: object) -> None:
        return None

    monkeypatch.setattr(rooms, "_members", nobody)
    await world.mara.command("/launch", "Pay slips", place)
    await world.mara.modal()
    world.mara.fill("problem", "They are late")
    world.mara.fill("audience", "everybody")
    assert await world.mara.submit() == {}


async def test_the_app_invited_is_told_to_its_route_once(
    world: World, again: Callable[[], Awaitable[None]]
) -> None:
    called: list[Joined] = []

    async def welcome(tx: Tx, joined: Joined) -> Reply:
        there = await queries.channel(tx, joined.channel)
        assert there is not None
        assert there.is_member
        called.append(joined)
        return Nothing()

    world.app.bolt._async_listeners.clear()
    mount(world.app.bolt, [OnChannelJoined(welcome)], world.app.frame)
    place = world.slack.add_channel("new-team", [world.jonas], with_bot=False)
    world.slack.join(place, world.ines)
    world.slack.invite_bot(place, by=world.jonas)
    await world.slack.quiet()
    await again()
    assert called == [Joined(place.id, world.jonas.id)]
    person = await look(world, lambda tx: queries.person(tx, world.jonas.id))
    assert person.name == "Jonas Bell"


async def test_what_was_rolled_back_is_learned_again(world: World) -> None:
    async def fail(tx: Tx, joined: Joined) -> Reply:
        del tx, joined
        raise LookupError

    world.app.bolt._async_listeners.clear()
    mount(world.app.bolt, [OnChannelJoined(fail)], world.app.frame)
    place = world.slack.add_channel("new-team", [world.jonas], with_bot=False)
    world.slack.invite_bot(place)
    await world.slack.quiet()
    world.excuse("http_status_500")  # so that the event is brought again
    assert await room(world, place) is None
    world.slack.join(place, world.mara)
    await world.slack.quiet()
    assert await room(world, place) is not None


async def test_what_was_said_in_other_words_is_told_once_and_a_preview_is_not(
    world: World, again: Callable[[], Awaitable[None]]
) -> None:
    told: list[DirectMessage] = []

    async def hear(tx: Tx, message: DirectMessage) -> Reply:
        del tx
        told.append(message)
        return Nothing()

    world.app.bolt._async_listeners.clear()
    mount(world.app.bolt, [OnDirectMessage(hear)], world.app.frame)
    said = await world.mara.say(world.mara.dm, "44 %")
    await world.slack.quiet()
    edited = await world.mara.edit(said, "45 % & rising")
    slack = world.slack._slack
    preview = replace(edited, attachments=[{"title": "A preview"}])
    events.message_changed(slack, edited, preview)
    await world.slack.quiet()
    await again()
    here = (world.mara.id, world.mara.dm.id)
    assert told == [
        DirectMessage(*here, "44 %", said.ts),
        DirectMessage(*here, "45 % & rising", said.ts, is_edit=True),
    ]
