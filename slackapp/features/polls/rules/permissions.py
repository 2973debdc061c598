"""Who may do what with a poll: one table, which `docs/permissions.md` shows."""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What a person is to a poll. Most are several of these at once."""

    #: Whoever made it, and is a colleague who may read its channel.
    CREATOR = "creator"
    #: An admin of the workspace who may read its channel.
    ADMIN = "admin"
    #: A colleague who may read its channel.
    MEMBER = "member"
    #: A guest, or somebody of another organisation, who acts in its channel.
    GUEST = "guest"


class Doing(StrEnum):
    #: Read what a round came to, as far as everybody may see it now.
    READ = "read"
    #: Look it up by command, over its rounds.
    LOOK_UP = "look_up"
    #: Close a round now, change the wording, stop it, take its results away as a file.
    MANAGE = "manage"


ALLOWED: Mapping[Doing, frozenset[Role]] = {
    Doing.READ: frozenset({Role.MEMBER, Role.GUEST}),
    Doing.LOOK_UP: frozenset({Role.MEMBER}),
    Doing.MANAGE: frozenset({Role.CREATOR, Role.ADMIN}),
}


def may(doing: Doing, roles: frozenset[Role]) -> bool:
    return bool(roles & ALLOWED[doing])
