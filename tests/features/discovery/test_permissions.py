"""Who may do what with discovery, and that the page about it says the same."""

from slackapp.features.discovery.rules import ALLOWED, Doing, Role, may
from tests.support.permissions_page import table

#: The page's words for what is done and for who does it.
DOINGS = {
    "Log an activity": Doing.LOG,
    "Change or remove one": Doing.EDIT,
    "Say what a planned launch has to factor in": Doing.CONSIDER,
    "Put that in other words, take it back": Doing.RECONSIDER,
}
ROLES = {
    "who logged it": Role.LOGGER,
    "workspace admin": Role.ADMIN,
    "person asked": Role.ASKED,
    "senior engineer": Role.SENIOR,
    "owner or backup": Role.OWNER,
    "who said it": Role.SAID,
    "in its channel": Role.MEMBER,
}


def test_the_page_says_what_the_code_does() -> None:
    assert table("Discovery", DOINGS, ROLES) == ALLOWED
    assert set(ALLOWED) == set(Doing)
    assert set(ROLES.values()) == set(Role)


def test_whoever_left_the_channel_does_nothing_and_whoever_is_asked_what_is_asked() -> None:
    others = frozenset(Role) - {Role.MEMBER, Role.ASKED}
    for doing in Doing:
        assert not may(doing, others)
        assert may(doing, others | {Role.MEMBER})
    assert may(Doing.CONSIDER, frozenset({Role.ASKED}))
    assert may(Doing.EDIT, frozenset({Role.ASKED}))
    assert may(Doing.RECONSIDER, frozenset({Role.ASKED, Role.SAID}))
    assert not may(Doing.RECONSIDER, frozenset({Role.ASKED}))
    assert not may(Doing.LOG, frozenset({Role.ASKED}))
