"""What people settle, for themselves, for a channel and for everybody: what counts, and who may."""

from datetime import time
from typing import Any

import pytest

from slackapp.core.errors import FieldError, UserError
from slackapp.core.transaction import Tx
from slackapp.core.working_time import COUNTRIES
from slackapp.features.workspaces import queries, service
from slackapp.features.workspaces.rules import INHERITED, MORNINGS, Function, SettingsDraft
from slackapp.playground.slack import Person
from slackapp.slack.people import Profile
from slackapp.slack.rooms import Room
from tests.support.world import World


def draft(**values: object) -> SettingsDraft:
    return SettingsDraft.read(values)


async def settle(tx: Tx, user_id: str, channel_id: str | None = None, **values: object) -> None:
    await service.settle(tx, user_id, channel_id, draft(**values))


async def known(tx: Tx, user_id: str, **profile: Any) -> None:  # noqa: ANN401 - a profile's fields
    await service.introduce(tx, Profile(id=user_id, tz="Europe/Stockholm", **profile))


async def in_channel(tx: Tx, *members: str, private: bool = True) -> None:
    who = frozenset(members) if private else None
    await service.keep_room(tx, Room("C1", "team", private, False, True, who))  # noqa: FBT003 - its fields


async def holds(tx: Tx, user_id: str, channel_id: str | None = None) -> tuple[str | None, time]:
    calendar = await queries.calendar(tx, user_id, channel_id)
    return calendar.country, calendar.morning


async def test_a_persons_choice_wins_over_the_channels_and_that_over_everybodys(tx: Tx) -> None:
    await known(tx, "U1", is_admin=True)
    await in_channel(tx, "U1")
    assert await holds(tx, "U1", "C1") == (None, time(9, 30))
    await settle(tx, "U1", None, workspace_country="SE", workspace_morning="08:00")
    assert await holds(tx, "U1", "C1") == ("SE", time(8))
    await settle(tx, "U1", "C1", channel_country="AE")
    assert await holds(tx, "U1", "C1") == ("AE", time(8))
    assert await holds(tx, "U1") == ("SE", time(8))
    await settle(tx, "U1", "C1", country="JP", morning="10:30", function="design")
    assert await holds(tx, "U1", "C1") == ("JP", time(10, 30))
    assert (await queries.settled(tx, "U1", "C1")).function is Function.DESIGN
    await settle(tx, "U1", "C1", country=INHERITED, morning=INHERITED, function=INHERITED)
    assert await holds(tx, "U1", "C1") == ("AE", time(8))
    assert (await queries.settled(tx, "U1", "C1")).function is None


async def test_what_slack_says_later_leaves_what_was_settled(tx: Tx) -> None:
    await known(tx, "U1")
    await in_channel(tx, "U1")
    await settle(tx, "U1", "C1", country="JP", morning="10:30", channel_country="AE")
    await service.introduce(tx, Profile(id="U1", name="Mara", tz="Asia/Tokyo"))
    await service.keep_room(tx, Room("C1", "renamed", False, True, False))  # noqa: FBT003 - its fields
    settled = await queries.settled(tx, "U1", "C1")
    assert (settled.country, settled.morning, settled.channel_country) == ("JP", time(10, 30), "AE")
    assert settled.calendar.zone.key == "Asia/Tokyo"


async def test_somebody_slack_told_nothing_of_may_settle_all_the_same(tx: Tx) -> None:
    await settle(tx, "U404", None, morning="07:00")
    await tx.session.flush()
    assert await holds(tx, "U404") == (None, time(7))


async def test_what_is_everybodys_is_for_admins(tx: Tx) -> None:
    await known(tx, "U1")
    with pytest.raises(FieldError) as refused:
        await settle(tx, "U1", None, country="SE", workspace_country="SE")
    assert list(refused.value.fields) == ["workspace_country"]
    assert (await queries.settled(tx, "U1", None)).country is None


async def test_a_private_channels_is_for_those_in_it(tx: Tx) -> None:
    await known(tx, "U1")
    await in_channel(tx, "U2")
    with pytest.raises(FieldError) as refused:
        await settle(tx, "U1", "C1", channel_country="SE")
    assert list(refused.value.fields) == ["channel_country"]
    with pytest.raises(FieldError):
        await settle(tx, "U1", "C404", channel_country="SE")
    await in_channel(tx, private=False)
    await settle(tx, "U1", "C1", channel_country="SE")
    assert await holds(tx, "U1", "C1") == ("SE", time(9, 30))


@pytest.mark.parametrize("away", [{"is_restricted": True}, {"is_stranger": True}, {"is_bot": True}])
async def test_who_is_asked_nothing_settles_nothing(tx: Tx, away: dict[str, bool]) -> None:
    await known(tx, "U1", **away)
    with pytest.raises(UserError):
        await settle(tx, "U1", None, country="SE")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("country", "Sweden"),
        ("channel_country", "XX"),
        ("workspace_country", "se"),
        ("morning", "09:15"),
        ("workspace_morning", "12:00"),
        ("morning", "early"),
        ("function", "boss"),
    ],
)
def test_what_is_not_offered_is_named_at_its_field(field: str, value: str) -> None:
    with pytest.raises(FieldError) as refused:
        draft(**{field: value})
    assert list(refused.value.fields) == [field]


def test_every_country_and_every_half_hour_is_offered() -> None:
    assert [draft(country=code).country for code in COUNTRIES] == list(COUNTRIES)
    assert (MORNINGS[0], MORNINGS[-1], len(MORNINGS)) == (time(7), time(11), 9)
    assert draft(morning=INHERITED).model_fields_set == {"morning"}


async def opened(world: World, person: Person, *, direct: bool = False) -> str:
    place = world.slack.channel(world.team.id)
    if person.id not in place.members:
        world.slack.join(place, person)
    await person.command("/launch", "settings", person.dm if direct else place)
    await person.modal()
    assert person.top is not None
    return person.top.shown


async def test_settings_are_shown_with_what_they_inherit_and_saved(worlds: World) -> None:
    shown = await opened(worlds, worlds.ines)
    assert "As in this workspace: Monday to Friday" in shown
    assert "You are asked at 09:30 in America/New_York, from Monday to Friday." in shown
    worlds.ines.fill("workspace_country", "SE")
    worlds.ines.fill("workspace_morning", "08:30")
    worlds.ines.fill("channel_country", "AE")
    assert await worlds.ines.submit() == {}
    assert worlds.ines.top is not None
    saved = "Saved. You are asked at 08:30 in America/New_York, on working days in the United Arab Emirates."
    assert saved in worlds.ines.top.shown
    await worlds.ines.close_modal()

    shown = await opened(worlds, worlds.mara)
    assert "As in this channel: United Arab Emirates" in shown
    assert "As in this workspace: 08:30" in shown
    assert "Working days and holidays: Sweden. Morning: 08:30. An admin can change this." in shown
    worlds.mara.fill("country", "JP")
    worlds.mara.fill("function", "product")
    assert await worlds.mara.submit() == {}
    await worlds.mara.close_modal()
    shown = await opened(worlds, worlds.mara)
    assert "on working days in Japan." in shown


async def test_in_a_direct_message_there_is_no_channel_to_settle(world: World) -> None:
    shown = await opened(world, world.mara, direct=True)
    assert "This channel" not in shown
    assert "As in each channel, else Monday to Friday" in shown


async def test_in_a_channel_we_do_not_see_nothing_is_settled_for_it(world: World) -> None:
    world.expected_refusals = {"channel_not_found"}
    place = world.slack.add_channel("payroll", [world.mara], private=True, with_bot=False)
    await world.mara.command("/launch", "settings", place)
    await world.mara.modal()
    assert world.mara.top is not None
    assert "does not see this channel" in world.mara.top.shown
    world.mara.fill("morning", "07:30")
    assert await world.mara.submit() == {}


async def test_an_admin_who_is_none_any_more_is_told_at_the_field(world: World) -> None:
    await opened(world, world.ines)
    world.ines.fill("workspace_country", "SE")
    async with world.app.transactions.begin(world.app.installation.workspace_id) as tx:
        await service.introduce(tx, Profile(id=world.ines.id, name="Ines", tz="America/New_York"))
    errors = await world.ines.submit()
    assert "Only admins" in errors["workspace_country"]
    async with world.app.transactions.read(world.app.installation.workspace_id) as tx:
        assert (await queries.workspace(tx)).country is None
