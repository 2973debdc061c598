"""Who may do what with discovery: one table, which `docs/permissions.md` shows."""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What a person is to an activity, or to what was said of a launch. Most are several of these at once."""

    #: Whoever logged it.
    LOGGER = "logger"
    #: Of the workspace.
    ADMIN = "admin"
    #: A colleague who is in the channel; of a public channel everybody in the workspace.
    MEMBER = "member"
    #: Named on the launch as its senior engineer.
    SENIOR = "senior"
    #: The launch's owner, and its backup.
    OWNER = "owner"
    #: Whoever is asked what came of it, or for the considerations, or answered that.
    ASKED = "asked"
    #: Whoever said the considerations.
    SAID = "said"


class Doing(StrEnum):
    LOG = "log"
    #: Change or remove an activity.
    EDIT = "edit"
    #: Say what a planned launch has to factor in.
    CONSIDER = "consider"
    #: Put that in other words, or take it back.
    RECONSIDER = "reconsider"


ALLOWED: Mapping[Doing, frozenset[Role]] = {
    Doing.LOG: frozenset({Role.MEMBER}),
    Doing.EDIT: frozenset({Role.LOGGER, Role.ADMIN, Role.ASKED}),
    Doing.CONSIDER: frozenset({Role.ASKED, Role.SENIOR, Role.OWNER}),
    Doing.RECONSIDER: frozenset({Role.SAID}),
}


def may(doing: Doing, roles: frozenset[Role]) -> bool:
    """Whether somebody with these roles may do it.

    Of all but whoever is asked only those in the channel: who left a private one changes nothing in it.
    """
    allowed = ALLOWED[doing]
    if Role.ASKED in roles and roles & {Role.ASKED, Role.SAID} & allowed:
        return True
    return Role.MEMBER in roles and bool(roles & allowed)
