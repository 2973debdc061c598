"""What features and prompts say to each other."""

from dataclasses import dataclass

from slackapp.features.prompts.rules.ladders import Ladder


@dataclass(frozen=True)
class Question:
    """What is asked of whom, and whom else it concerns."""

    #: Which feature asks, and about which row of its own.
    kind: str
    subject_id: int
    user_id: str
    #: The team's channel it is about. If that is private, nobody outside is asked or reads of it.
    channel_id: str | None = None
    #: Whose matter it is: they too may put it off and pass it on, whoever is asked.
    owner_id: str | None = None
    #: Who is asked when this person does not answer.
    backup_id: str | None = None
    ladder: Ladder = Ladder.ONCE


@dataclass(frozen=True)
class ToChannel:
    """An event: the people asked did not answer, so the team's channel may know."""

    kind: str
    subject_id: int


@dataclass(frozen=True)
class Expired:
    """An event: nobody answered, and nobody is asked any more."""

    kind: str
    subject_id: int


@dataclass(frozen=True)
class Ask:
    """A surface: one prompt's place in its message.

    The feature that asks it adds a `Message`: open, answered, or no longer asked.
    """

    kind: str
    subject_id: int
    user_id: str


@dataclass(frozen=True)
class Asked:
    """An event: the prompt has just been put to the person."""

    kind: str
    subject_id: int


@dataclass(frozen=True)
class Replied:
    """An event: the person answered the one open prompt by writing in the direct message."""

    kind: str
    subject_id: int
    user_id: str
    text: str
    has_files: bool
    #: The outbox key under which the answer to the reply goes.
    answer_key: str


@dataclass(frozen=True)
class Echoes:
    """A surface: whose answer stands under this outbox key, as the echo of a reply.

    The feature that keeps an answer from that reply adds `(kind, subject_id)`.
    """

    answer_key: str


@dataclass(frozen=True)
class Edited:
    """An event: the person changed the words of a reply after it was taken as an answer."""

    kind: str
    subject_id: int
    user_id: str
    text: str
    has_files: bool
    #: The outbox key under which that answer was echoed.
    answer_key: str
