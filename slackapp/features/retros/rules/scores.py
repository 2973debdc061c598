"""The form of the close: scores from 1 to 5, what happened to users, and what is to follow."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from slackapp.core.errors import FieldError
from slackapp.core.words import tidy

#: As the form offers them; the last says nothing, also where something was said before.
NO_ANSWER = "none"
SCORES = (
    ("1", "1: not at all"),
    ("2", "2"),
    ("3", "3: partly"),
    ("4", "4"),
    ("5", "5: entirely"),
    (NO_ANSWER, "No answer"),
)

LONGEST_IMPACT = 3000

#: What a facilitator may want once it is saved.
CLOSE_NOW = "close"
KEEP_OPEN = "keep"


@dataclass(frozen=True)
class Said:
    """What one person says of one launch, from 1 to 5; None: nothing."""

    works: int | None = None
    needed: int | None = None


@dataclass(frozen=True)
class ClosingDraft:
    """What a facilitator filled in. Without an impact it is closed only if `skip` says so."""

    impact: str
    keep_open: bool
    skip: bool

    @classmethod
    def read(cls, values: Mapping[str, object]) -> Self:
        """Raises `FieldError` at `impact` for a text that is too long."""
        impact = tidy(str(values.get("impact") or ""))
        if len(impact) > LONGEST_IMPACT:
            raise FieldError({"impact": f"Please keep this to {LONGEST_IMPACT} characters."})
        return cls(impact, values.get("then") == KEEP_OPEN, bool(values.get("skip")))


def read_scores(values: Mapping[str, object]) -> Mapping[int, Said]:
    """By launch. Raises `FieldError` for what is no score."""
    found: dict[int, dict[str, int | None]] = {}
    for name, value in values.items():
        question, _, launch_id = name.partition("_")
        if question in {"works", "needed"} and launch_id.isdecimal():
            found.setdefault(int(launch_id), {})[question] = _score(name, value)
    return {launch_id: Said(**said) for launch_id, said in found.items()}


def _score(name: str, value: object) -> int | None:
    if value in (None, "", NO_ANSWER):
        return None
    if not isinstance(value, str) or value not in dict(SCORES):
        raise FieldError({name: "Please choose one of what is offered here."})
    return int(value)
