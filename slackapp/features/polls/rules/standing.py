"""Whether a round can be answered now, and by this person."""

from dataclasses import dataclass

from slackapp.core.errors import UserError
from slackapp.features.polls.rules.kinds import Audience, Stage


@dataclass(frozen=True)
class Standing:
    """What somebody is to a round."""

    is_bot: bool
    has_left: bool
    #: A guest, or somebody of another organisation; and whether of the latter.
    is_guest: bool
    is_stranger: bool
    #: The channel is private, and they are not in it.
    is_outside: bool
    #: They are among those whom the round is known to mean.
    is_meant: bool
    #: They act in the poll's channel, and so are in it.
    is_here: bool


def check_stage(stage: str) -> None:
    """Raises `UserError` unless it can be answered now."""
    if stage != Stage.OPEN:
        raise UserError(_NOT_NOW[Stage(stage)])


def check_meant(audience: str, who: Standing) -> None:
    """Raises `UserError` for somebody whom the round does not ask."""
    if who.is_bot:
        raise UserError("Polls are for people: apps cannot answer.")
    if who.has_left:
        raise UserError("This poll is for the members of this workspace.")
    if who.is_outside:
        raise UserError("This poll is for the members of its channel, and you are not one of them now.")
    if who.is_meant:
        return
    if audience == Audience.PEOPLE:
        raise UserError("This poll asks certain people, and you are not one of them.")
    if audience == Audience.FUNCTIONS:
        raise UserError(
            "This poll asks people of certain functions, and you were not one of them when this round began. "
            "Your function is in /launch settings."
        )
    if who.is_stranger or (who.is_guest and not who.is_here):
        raise UserError("This poll was not put to you. Guests answer what they were asked.")


_NOT_NOW = {
    Stage.READYING: "This round has not begun yet. Everybody is asked when it does.",
    Stage.HELD: "This round has not begun yet: it waits for a word of whoever made it.",
    Stage.CLOSED: "This round is closed, so answers stay as they are.",
    Stage.CALLED_OFF: "This round was called off.",
}
