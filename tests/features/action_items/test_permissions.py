"""Who may do what with an action item, and that the page about it says the same."""

import pytest

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.features.action_items import queries
from slackapp.features.action_items.rules import ALLOWED, Doing, Role, may
from slackapp.features.action_items.service import allowed
from slackapp.features.prompts import service as prompts
from slackapp.features.workspaces.service import introduce
from slackapp.slack.people import Profile
from tests.support.actions import added, numbered, private, public
from tests.support.permissions_page import table

#: The page's words for what is done and for who does it.
DOINGS = {
    "See it": Doing.SEE,
    "Edit it": Doing.EDIT,
    "Say that it is done or dropped, open it again, move its day": Doing.CLOSE,
    "Say whether it helped": Doing.SAY_HELPED,
}
ROLES = {
    "owner": Role.OWNER,
    "who added it": Role.CREATOR,
    "person asked": Role.ASKED,
    "in its channel": Role.MEMBER,
}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Who somebody is to an item does not depend on the database."""
    return sqlite_url


def test_the_page_says_what_the_code_does() -> None:
    assert table("Action items", DOINGS, ROLES) == ALLOWED


def test_everything_and_everybody_has_its_place() -> None:
    assert set(ALLOWED) == set(Doing)
    assert set(ROLES.values()) == set(Role)


@pytest.mark.parametrize("doing", Doing)
def test_nobody_is_nothing(doing: Doing) -> None:
    assert not may(doing, frozenset())


def test_the_person_asked_answers_and_rewrites_nothing() -> None:
    assert {doing for doing in Doing if may(doing, frozenset({Role.ASKED}))} == set(Doing) - {Doing.EDIT}


async def roles(tx: Tx, user: str, **known: str | None) -> set[Role]:
    """What this person is to A-1."""
    return set(await queries.roles(tx, user, await numbered(tx, 1), **known))


async def test_of_a_public_channel_everybody_in_the_workspace_is_a_member(tx: Tx) -> None:
    await public(tx)
    await added(tx)
    assert await roles(tx, "U1") == {Role.CREATOR, Role.MEMBER}
    assert await roles(tx, "U2") == {Role.OWNER, Role.MEMBER}
    assert await roles(tx, "U9") == {Role.MEMBER}


async def test_a_guest_is_only_what_they_are_asked(tx: Tx) -> None:
    await public(tx)
    await added(tx)
    await introduce(tx, Profile(id="U3", name="Gus", tz="UTC", is_restricted=True))
    assert await roles(tx, "U3", here="C1") == set()
    assert await roles(tx, "U3", here="C1", asked_id="U3") == {Role.ASKED}


async def test_whoever_is_outside_of_a_private_channel_is_nothing_to_its_items(tx: Tx) -> None:
    await private(tx, "U1", "U2")
    await added(tx)
    assert await roles(tx, "U9", here="C1", asked_id="U9") == set()
    await private(tx, "U1")
    assert await roles(tx, "U2") == set()


async def test_of_a_channel_nobody_told_of_they_are_members_who_act_there(tx: Tx) -> None:
    item = await added(tx)
    assert set(await queries.roles(tx, "U9", item)) == set()
    assert set(await queries.roles(tx, "U9", item, here="C1")) == {Role.MEMBER}
    assert set(await queries.roles(tx, "U2", item)) == {Role.OWNER}


async def test_who_may_not_reads_why(tx: Tx) -> None:
    item = await added(tx)
    with pytest.raises(UserError, match="for the members of its channel"):
        await allowed(tx, "U9", item.id, Doing.CLOSE)
    assert await allowed(tx, "U9", item.id, Doing.CLOSE, here="C1") is item


async def test_whom_it_was_passed_on_to_answers_it(tx: Tx) -> None:
    item = await added(tx)
    prompt = await prompts.open_prompt(tx, "U2", 1)
    await prompts.pass_on(tx, "U2", prompt.id, "U9")
    assert await allowed(tx, "U9", item.id, Doing.CLOSE) is item
    with pytest.raises(UserError):
        await allowed(tx, "U9", item.id, Doing.EDIT)
