"""Who reads, and where what they read stands."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from slackapp.playground.slack.blockkit import STATE_KEYS, Json
from slackapp.playground.slack.inputs import initial_state

_UNFIT_FOR_AN_ID = re.compile(r"[^A-Za-z0-9_-]")


class Finds(Protocol):
    """The part of the stand-in's `inputs.Directory` that menus of people and channels need."""

    def finds_person(self, user: str) -> bool: ...

    def finds_channel(self, channel: str, element: Json) -> bool: ...


@dataclass(frozen=True)
class Reader:
    user: str
    zone: ZoneInfo
    now: datetime
    #: id -> name
    people: Mapping[str, str] = field(default_factory=dict)
    #: id -> name without `#`, of the channels they may read
    channels: Mapping[str, str] = field(default_factory=dict)
    #: What they find in select menus; without it, everybody and every channel above.
    menus: Finds | None = None

    def address(self, channel: str) -> str:
        """Of the page that shows them this channel."""
        return f"/as/{self.user}/{channel}"

    def finds_person(self, user: str) -> bool:
        return self.menus is None or self.menus.finds_person(user)

    def finds_channel(self, channel: str, element: Json) -> bool:
        return self.menus is None or self.menus.finds_channel(channel, element)


@dataclass(frozen=True)
class Surface:
    """A message, modal or App Home."""

    #: Unique on the page: begins the HTML ids of everything on the surface.
    id: str
    #: What stands in the fields: block id -> action id -> state
    values: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    #: What the app found wrong: block id -> sentence
    errors: Mapping[str, str] = field(default_factory=dict)
    #: Somebody who may not press sees everything, disabled.
    active: bool = True
    #: How a form says that something was done on it; without it, its buttons need the page's script.
    sent: Mapping[str, str] | None = None
    #: The id of the form its buttons belong to; None: the form it stands in.
    form: str | None = None


@dataclass(frozen=True)
class Spot:
    """One block on a surface, for one reader."""

    reader: Reader
    surface: Surface
    block: Json

    @property
    def block_id(self) -> str:
        return str(self.block.get("block_id", ""))

    @property
    def error(self) -> str | None:
        return self.surface.errors.get(self.block_id) if self.block.get("type") == "input" else None

    def id(self, *parts: str) -> str:
        return html_id(self.surface.id, self.block_id, *parts)

    def value(self, element: Json) -> object:
        """What stands in this field, as payloads carry it; its initial value where nobody has touched it."""
        kind = element["type"]
        state = self.surface.values.get(self.block_id, {}).get(element.get("action_id", ""))
        if state is None or state.get("type", kind) != kind:
            state = initial_state(element, None)
        value: object = state.get(STATE_KEYS[kind])
        return value


def html_id(surface: str, block: str, *parts: str) -> str:
    """The same for the same place at every rendering; fields have it for a name, too."""
    return ":".join(_fit_for_an_id(part) for part in (surface, block, *parts))


def _fit_for_an_id(part: str) -> str:
    return _UNFIT_FOR_AN_ID.sub(lambda found: f".{ord(found.group()):x}.", part)
