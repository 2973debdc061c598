"""Who may do what with a launch: one table, which `docs/permissions.md` shows."""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What a person is to a launch. Most are several of these at once."""

    OWNER = "owner"
    BACKUP = "backup"
    RECORDER = "recorder"
    #: Of the workspace; owners of the workspace are admins too.
    ADMIN = "admin"
    #: The person whom its question is asked of now, or who answered it.
    ASKED = "asked"
    #: A colleague who is in the launch's channel; of a public channel everybody in the workspace.
    MEMBER = "member"
    #: Somebody in the channel, once the channel was asked.
    CHANNEL = "channel"


class Action(StrEnum):
    SEE = "see"
    EDIT = "edit"
    CANCEL = "cancel"
    #: Say whether it is out or dropped, and move its day.
    RELEASE = "release"
    #: Record an answer, take it back, and decide upon it.
    ANSWER = "answer"
    SNOOZE = "snooze"
    PASS_ON = "pass_on"  # noqa: S105 - an action, not a password
    OVERRIDE = "override"
    #: Say that one worked on it, or was in before the spec.
    TAKE_PART = "take_part"


_CHANGE = frozenset({Role.OWNER, Role.BACKUP, Role.RECORDER, Role.ADMIN})
_ASKED = frozenset({Role.OWNER, Role.BACKUP, Role.ASKED})

ALLOWED: Mapping[Action, frozenset[Role]] = {
    Action.SEE: frozenset({Role.MEMBER, Role.ASKED, Role.CHANNEL}),
    Action.EDIT: _CHANGE,
    Action.CANCEL: _CHANGE,
    Action.RELEASE: _CHANGE | {Role.ASKED},
    Action.ANSWER: _ASKED | {Role.CHANNEL},
    Action.SNOOZE: _ASKED,
    Action.PASS_ON: _ASKED,
    Action.OVERRIDE: frozenset({Role.OWNER}),
    Action.TAKE_PART: frozenset({Role.MEMBER}),
}


def may(action: Action, roles: frozenset[Role]) -> bool:
    """Whether somebody with these roles may do it.

    What is not asked of a person is for those who may see it: an owner who left a private channel, or an
    admin who was never in it, is no member there and can change nothing in it.
    """
    allowed = ALLOWED[action]
    if roles & {Role.ASKED, Role.CHANNEL} & allowed:
        return True
    return Role.MEMBER in roles and bool(roles & allowed)
