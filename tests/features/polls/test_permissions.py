"""Who may do what with a poll, and that the page about it says the same."""

import pytest

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.features.polls.rules.permissions import ALLOWED, Doing, Role
from slackapp.features.polls.service.permitting import check, is_allowed
from tests.support.permissions_page import table
from tests.support.polls import begun, drafted, knows_all, private_room

DOINGS = {
    "Read what a round came to": Doing.READ,
    "Look it up over its rounds, take it away as a file": Doing.LOOK_UP,
    "Close a round now, reword it, stop it": Doing.MANAGE,
}
ROLES = {
    "creator": Role.CREATOR,
    "workspace admin": Role.ADMIN,
    "in its channel": Role.MEMBER,
    "guest in its channel": Role.GUEST,
}


def test_the_page_says_what_the_code_does() -> None:
    assert table("Polls", DOINGS, ROLES) == ALLOWED
    assert (set(ALLOWED), set(ROLES.values())) == (set(Doing), set(Role))


async def test_of_a_private_channels_poll_nobody_outside_reads_or_manages_anything(tx: Tx) -> None:
    await knows_all(tx, ["U1", "U2"])
    await knows_all(tx, ["U8"], is_admin=True)
    await knows_all(tx, ["U9"], is_restricted=True)
    await private_room(tx, ["U1", "U2", "U9"])
    poll, _ = await begun(tx, drafted(people=["U2"]))
    may = {
        user_id: {doing for doing in Doing if await is_allowed(tx, user_id, poll, doing, here="C1")}
        for user_id in ("U1", "U2", "U8", "U9")
    }
    assert may == {
        "U1": set(Doing),
        "U2": {Doing.READ, Doing.LOOK_UP},
        "U8": set(),
        "U9": {Doing.READ},
    }
    with pytest.raises(UserError, match="members of its channel"):
        await check(tx, "U8", poll, Doing.MANAGE)
    with pytest.raises(UserError, match="who made P-1, and for admins"):
        await check(tx, "U2", poll, Doing.MANAGE)
