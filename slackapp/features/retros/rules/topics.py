"""Putting notes into topics: what a form asks for, and how long a topic's name may be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from slackapp.core.errors import FieldError
from slackapp.core.words import clip, number, plain

#: Characters of a topic's name.
LONGEST_NAME = 150

#: Fewer topics than that cannot be merged.
_LEAST = 2


class Into(StrEnum):
    """Where notes go that go into no topic there is."""

    NEW = "new"
    NONE = "none"


@dataclass(frozen=True)
class Placing:
    """Which notes, and the notes of which topics, go where. An empty name leaves a topic's as it is."""

    notes: Sequence[str] = ()
    topics: Sequence[int] = ()
    into: Into | int = Into.NEW
    name: str = ""


def read_placing(values: Mapping[str, object]) -> Placing:
    """What the form asks for. Raises `FieldError` where it asks for nothing, or with too long a name."""
    into = str(values.get("into") or Into.NEW)
    placing = Placing(
        notes=_chosen(values.get("notes")),
        topics=[number(each) for each in _chosen(values.get("topics"))],
        into=Into(into) if into in set(Into) else number(into),
        name=plain(str(values.get("name") or "")),
    )
    if len(placing.name) > LONGEST_NAME:
        raise FieldError({"name": f"Please keep the name to {LONGEST_NAME} characters."})
    if placing.into is Into.NONE and placing.name:
        raise FieldError({"name": "Notes in no topic have no name. Empty this, or choose a topic."})
    is_renaming = not isinstance(placing.into, Into) and placing.name
    if not placing.notes and not placing.topics and not is_renaming:
        raise FieldError({"notes": "Choose notes, or whole topics below."})
    if placing.into is Into.NEW and not placing.notes and len(placing.topics) == 1 and not placing.name:
        raise FieldError({"topics": "That would change nothing. Choose another one too, or write a name."})
    return placing


def read_merge(values: Mapping[str, object]) -> tuple[list[int], str]:
    """Which topics become one, and its name. Raises `FieldError` for fewer than two, or too long a name."""
    chosen = [number(each) for each in _chosen(values.get("topics"))]
    name = plain(str(values.get("name") or ""))
    mistakes = {}
    if len(chosen) < _LEAST:
        mistakes["topics"] = "Choose two topics, or more."
    if len(name) > LONGEST_NAME:
        mistakes["name"] = f"Please keep the name to {LONGEST_NAME} characters."
    if mistakes:
        raise FieldError(mistakes)
    return chosen, name


def name_alone(text: str) -> str:
    """What a topic is called that holds this note alone."""
    return clip(plain(text), LONGEST_NAME)


def _chosen(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []
