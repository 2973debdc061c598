"""Who is told of missing scopes, and how often."""

from sqlalchemy import select

from slackapp.core.transaction import Tx
from slackapp.features.workspaces.service import introduce, tell_of_missing_scopes
from slackapp.outbox.models import OutboxMessage
from slackapp.slack.people import Profile


async def told(tx: Tx) -> list[str | None]:
    """Whom, message by message."""
    found = await tx.session.scalars(select(OutboxMessage.user_id).order_by(OutboxMessage.id))
    return list(found)


async def test_nobody_is_told_before_an_admin_is_known(tx: Tx) -> None:
    await introduce(tx, Profile(id="U1", name="mara"))
    assert await tell_of_missing_scopes(tx, ["channels:read"]) is None
    assert await told(tx) == []


async def test_an_admin_who_left_and_an_admin_who_is_a_bot_are_not_told(tx: Tx) -> None:
    await introduce(tx, Profile(id="U1", is_admin=True, deleted=True))
    await introduce(tx, Profile(id="U2", is_admin=True, is_bot=True))
    await introduce(tx, Profile(id="U3", is_admin=True))
    assert await tell_of_missing_scopes(tx, ["channels:read"]) == "U3"
    assert await told(tx) == ["U3"]


async def test_each_set_of_scopes_is_told_of_once(tx: Tx) -> None:
    await introduce(tx, Profile(id="U3", is_admin=True))
    for missing in (["a", "b"], ["b", "a"], ["a"], ["a", "b"]):
        await tell_of_missing_scopes(tx, missing)
    assert await told(tx) == ["U3", "U3"]


async def test_another_admin_met_later_is_not_told_again(tx: Tx) -> None:
    await introduce(tx, Profile(id="U3", is_admin=True))
    await tell_of_missing_scopes(tx, ["a"])
    await introduce(tx, Profile(id="U1", is_admin=True))
    await tell_of_missing_scopes(tx, ["a"])
    assert await told(tx) == ["U3"]
