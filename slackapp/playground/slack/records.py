"""What a workspace holds: accounts, channels and messages, as snapshots that never change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from slackapp.playground.slack.shown import message_text

Json: TypeAlias = dict[str, Any]
Kind = Literal["channels", "groups", "im"]


@dataclass(frozen=True)
class Account:
    """A member of the workspace, a bot, or somebody from another organisation met in a shared channel."""

    id: str
    team_id: str
    name: str
    username: str
    tz: str
    #: What they do, as their profile says.
    title: str = ""
    deleted: bool = False
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_bot: bool = False
    is_stranger: bool = False


@dataclass(frozen=True)
class Channel:
    """A public or private channel, or the direct messages between one person and the app."""

    id: str
    name: str
    created: int
    private: bool = False
    archived: bool = False
    #: Whose direct messages with the app these are; None for a channel.
    person: str | None = None
    members: tuple[str, ...] = ()

    @property
    def is_im(self) -> bool:
        return self.person is not None

    @property
    def kind(self) -> Kind:
        """The first half of the scopes that open it: `channels:history`, `groups:read`, `im:history`."""
        if self.is_im:
            return "im"
        return "groups" if self.private else "channels"


@dataclass(frozen=True)
class Message:
    """A message as it stands at one moment; an edit gives another snapshot of the same `channel` and `ts`."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str | None = None
    #: A reply that was also sent to the channel.
    broadcast: bool = False
    #: Only its reader sees it, and only until they reload.
    ephemeral: bool = False
    by_app: bool = False
    subtype: str | None = None
    edited: Json | None = None
    files: list[Json] = field(default_factory=list)
    reactions: list[Json] = field(default_factory=list)
    #: Wire time (monotonic seconds) from which history shows it.
    visible_from: float = field(default=0.0, compare=False, repr=False)
    #: Names behind the ids that texts mention.
    names: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def shown(self) -> str:
        """What a person reads, line by line; buttons as [Label], and every space a plain one."""
        text = message_text(self.text, self.blocks, self.attachments, self.files, self.names)
        return text.replace("\N{NO-BREAK SPACE}", " ")


def public_name(channel: Channel) -> str:
    """The name that payloads carry: Slack does not tell apps the names of private conversations."""
    if channel.is_im:
        return "directmessage"
    return "privategroup" if channel.private else channel.name
