"""Who may do what with discovery, and that the page about it says the same."""

import re

from slackapp.features.discovery.rules import ALLOWED, Doing, Role, may
from tests.support.source import ROOT

PAGE = (ROOT / "docs" / "permissions.md").read_text(encoding="utf-8")

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


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]


def written() -> dict[Doing, frozenset[Role]]:
    """The page's table."""
    section = PAGE.partition("## Discovery\n")[2].partition("\n## ")[0]
    [head, _, *rows] = re.findall(r"^\|.*\|$", section, flags=re.MULTILINE)
    roles = [ROLES[name] for name in cells(head)[1:]]
    return {
        DOINGS[name]: frozenset(role for role, mark in zip(roles, marks, strict=True) if mark == "yes")
        for name, *marks in map(cells, rows)
    }


def test_the_page_says_what_the_code_does() -> None:
    assert written() == ALLOWED
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
