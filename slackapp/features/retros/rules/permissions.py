"""Who may do what in a retro: one table, which `docs/permissions.md` shows."""

from collections.abc import Mapping
from enum import StrEnum


class Part(StrEnum):
    """What a row of `retro_people` says."""

    INVITED = "invited"
    CO_FACILITATOR = "co_facilitator"


class Role(StrEnum):
    """What a person is to a retro: exactly one of these, the first that fits."""

    FACILITATOR = "facilitator"
    CO_FACILITATOR = "co_facilitator"
    #: Invited by name, or a colleague in the channel where the whole channel is.
    PARTICIPANT = "participant"
    #: A colleague who may read the channel, and is not invited.
    ONLOOKER = "onlooker"
    #: A guest who was invited, by name or with the whole channel they are in.
    GUEST = "guest"
    #: Somebody of another organisation who was invited by name.
    OUTSIDER = "outsider"
    #: Everybody else: outside of the private channel, away, or a guest whom nobody invited.
    NOBODY = "nobody"


class Doing(StrEnum):
    #: Read what is revealed: status, topics, summary.
    READ = "read"
    #: Look the retro up by command, read its history, and take it away as a file.
    LOOK_UP = "look_up"
    #: Hand in notes, edit and withdraw one's own.
    WRITE = "write"
    #: Tell the facilitator privately.
    CONFIDE = "confide"
    #: Put notes into topics.
    GROUP = "group"
    VOTE = "vote"
    #: Note actions and decisions.
    NOTE_DOWN = "note_down"
    #: Say how a launch works and whether users needed it.
    SCORE = "score"
    #: Begin the next phase or topic, go back, set a deadline, close.
    FACILITATE = "facilitate"
    #: Say what happened to users.
    SAY_IMPACT = "say_impact"
    #: Name or dismiss co-facilitators, hand the retro over, make it anonymous, cancel it.
    RUN = "run"
    #: Take over a retro whose facilitator is gone.
    TAKE_OVER = "take_over"


_FACILITATORS = frozenset({Role.FACILITATOR, Role.CO_FACILITATOR})
_COLLEAGUES = _FACILITATORS | {Role.PARTICIPANT}
_INVITED = _COLLEAGUES | {Role.GUEST, Role.OUTSIDER}

ALLOWED: Mapping[Doing, frozenset[Role]] = {
    Doing.READ: _INVITED | {Role.ONLOOKER},
    Doing.LOOK_UP: _COLLEAGUES | {Role.ONLOOKER},
    Doing.WRITE: _INVITED,
    Doing.CONFIDE: _INVITED,
    Doing.GROUP: _COLLEAGUES | {Role.GUEST},
    Doing.VOTE: _INVITED,
    Doing.NOTE_DOWN: _COLLEAGUES,
    Doing.SCORE: _INVITED,
    Doing.FACILITATE: _FACILITATORS,
    Doing.SAY_IMPACT: _COLLEAGUES,
    Doing.RUN: frozenset({Role.FACILITATOR}),
    Doing.TAKE_OVER: frozenset({Role.CO_FACILITATOR, Role.PARTICIPANT}),
}


def may(doing: Doing, role: Role) -> bool:
    return role in ALLOWED[doing]
