"""A person's function: asked once, where it matters, kept as their setting, and nobody has to say it."""

import pytest

from slackapp.core.errors import FieldError
from slackapp.core.transaction import Tx
from slackapp.features.workspaces import queries, service
from slackapp.features.workspaces.rules import Function, SettingsDraft
from slackapp.slack.people import Profile
from tests.support.recorded import knows


async def test_it_is_wanted_until_it_was_asked_for_once(tx: Tx) -> None:
    await knows(tx, "U1")
    assert await queries.wants_function(tx, "U1")
    assert await service.take_function(tx, "U1", {"function": None}) is None
    assert not await queries.wants_function(tx, "U1")
    assert (await queries.settled(tx, "U1", None)).function is None


async def test_what_is_said_is_their_setting_and_can_be_changed_there(tx: Tx) -> None:
    await knows(tx, "U1")
    assert await service.take_function(tx, "U1", {"function": "design"}) is Function.DESIGN
    assert (await queries.settled(tx, "U1", None)).function is Function.DESIGN
    await service.settle(tx, "U1", None, SettingsDraft.read({"function": "inherited"}))
    assert (await queries.settled(tx, "U1", None)).function is None
    # Whoever takes it back is not asked for it again.
    assert not await queries.wants_function(tx, "U1")


async def test_whoever_settled_it_before_and_guests_are_never_asked(tx: Tx) -> None:
    await knows(tx, "U1")
    await service.settle(tx, "U1", None, SettingsDraft.read({"function": "data"}))
    assert not await queries.wants_function(tx, "U1")
    await service.introduce(tx, Profile(id="U2", is_restricted=True))
    assert not await queries.wants_function(tx, "U2")


async def test_what_is_not_offered_is_said_at_its_field(tx: Tx) -> None:
    await knows(tx, "U1")
    with pytest.raises(FieldError) as raised:
        await service.take_function(tx, "U1", {"function": "marketing"})
    assert set(raised.value.fields) == {"function"}
    assert await queries.wants_function(tx, "U1")
