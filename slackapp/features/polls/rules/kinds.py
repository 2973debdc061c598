"""What can be asked, of whom, in which way, and when results can be seen."""

from enum import StrEnum

#: Answers below which an anonymous round shows nothing.
FEWEST_SHOWN = 5

#: What fits one of Slack's menus.
MOST_OPTIONS = 100


class Kind(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"
    YES_NO = "yes_no"
    NUMBER = "number"
    TEXT = "text"

    @property
    def label(self) -> str:
        return _KINDS[self]


_KINDS = {
    Kind.SINGLE: "One choice",
    Kind.MULTIPLE: "Several choices",
    Kind.SCALE: "A scale from 1 to 5",
    Kind.YES_NO: "Yes or no",
    Kind.NUMBER: "A number",
    Kind.TEXT: "A short text",
}


class Way(StrEnum):
    """How people are asked."""

    #: By one message in the channel.
    CHANNEL = "channel"
    #: Each by a direct message.
    DIRECT = "direct"


class Audience(StrEnum):
    """Whom a poll asks: of each, those who are in its channel may read its results."""

    #: Everybody in the channel.
    CHANNEL = "channel"
    #: Certain people.
    PEOPLE = "people"
    #: Those in the channel who have certain functions.
    FUNCTIONS = "functions"


class Shows(StrEnum):
    """When results can be seen. Those of an anonymous round: once, when it is closed.

    Two reports of one that is still open would tell what whoever answered in between said.
    """

    LIVE = "live"
    AFTER_ANSWER = "after_answer"
    AT_CLOSE = "at_close"


class Stage(StrEnum):
    """How far a round has come."""

    #: Who is meant is being found out; nobody is asked yet.
    READYING = "readying"
    #: It waits for its creator: what they asked for could never be shown.
    HELD = "held"
    OPEN = "open"
    CLOSED = "closed"
    #: Called off before anybody was asked.
    CALLED_OFF = "called_off"
