"""What a learning says of an earlier one, and by what it is found."""

from dataclasses import dataclass
from enum import StrEnum

from slackapp.core.errors import FieldError
from slackapp.core.words import plain

#: One sentence.
LONGEST = 300
_LONGEST_KEY = 600
LONGEST_WORD = 100

#: In the two selects of the form: no earlier one.
NEITHER = "neither"


class Stance(StrEnum):
    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"

    @property
    def label(self) -> str:
        return self.value.capitalize()


@dataclass(frozen=True)
class Link:
    """Which earlier learning this one is about, and what it says of it."""

    stance: Stance
    about_id: int


def read_link(text: str, stance: str, about: str) -> Link | None:
    """What the two selects say together; None if neither says anything.

    Raises `FieldError` at `learning`, `stance` or `about` where they do not fit.
    """
    says, about_one = stance in set(Stance), about.isdecimal()
    if not says and not about_one:
        return None
    if not text:
        raise FieldError({"learning": "Write what was learned, or choose no earlier one below."})
    if not says:
        raise FieldError({"stance": "Say whether it supports or contradicts the earlier one you chose."})
    if not about_one:
        raise FieldError({"about": "Choose the earlier one, or say above that it is about neither."})
    return Link(Stance(stance), int(about))


def searchable(*texts: str) -> str:
    """The texts as they are searched: in one line and without case, in any script."""
    return "\n".join(plain(text).casefold() for text in texts)[:_LONGEST_KEY]
