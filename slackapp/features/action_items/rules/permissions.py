"""Who may do what with an action item: one table, which `docs/permissions.md` shows."""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What a person is to an action item. Most are several of these at once."""

    OWNER = "owner"
    CREATOR = "creator"
    #: The person whom its question is asked of now, or who answered it.
    ASKED = "asked"
    #: A colleague who may read its channel; of a public channel everybody in the workspace.
    MEMBER = "member"


class Doing(StrEnum):
    SEE = "see"
    #: Change its words, its owner, its day.
    EDIT = "edit"
    #: Say that it is done or dropped, open it again, and give it another day.
    CLOSE = "close"
    #: Say whether it helped.
    SAY_HELPED = "say_helped"


_TEAM = frozenset({Role.OWNER, Role.CREATOR, Role.MEMBER})

ALLOWED: Mapping[Doing, frozenset[Role]] = {
    Doing.SEE: _TEAM | {Role.ASKED},
    Doing.EDIT: _TEAM,
    Doing.CLOSE: _TEAM | {Role.ASKED},
    Doing.SAY_HELPED: _TEAM | {Role.ASKED},
}


def may(doing: Doing, roles: frozenset[Role]) -> bool:
    """Whether somebody with these roles may do it. Who is outside of its private channel has none."""
    return bool(roles & ALLOWED[doing])
