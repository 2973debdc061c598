"""The app's manifest as Slack reads it: what the app may do, and what of it people can reach."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from slackapp.playground.slack.errors import ManifestError

#: The scope Slack demands before it sends an event; of several, any one will do.
EVENT_SCOPES: Mapping[str, tuple[str, ...]] = {
    "app_home_opened": (),
    "app_mention": ("app_mentions:read",),
    "app_uninstalled": (),
    "channel_archive": ("channels:read",),
    "channel_left": ("channels:read",),
    "channel_rename": ("channels:read",),
    "channel_unarchive": ("channels:read",),
    "group_archive": ("groups:read",),
    "group_left": ("groups:read",),
    "group_rename": ("groups:read",),
    "group_unarchive": ("groups:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "reaction_added": ("reactions:read",),
    "team_join": ("users:read",),
    "tokens_revoked": (),
    "user_change": ("users:read",),
}


@dataclass(frozen=True)
class Command:
    """A slash command as the composer offers it."""

    name: str
    description: str
    hint: str = ""


@dataclass(frozen=True)
class Shortcut:
    #: `message` or `global`.
    type: str
    name: str
    description: str


@dataclass(frozen=True)
class Manifest:
    """What the stand-in asks of a manifest: commands by name, shortcuts by callback id."""

    app_name: str
    bot_name: str
    scopes: frozenset[str]
    commands: Mapping[str, Command]
    shortcuts: Mapping[str, Shortcut]
    events: frozenset[str]
    interactivity: bool
    home_tab: bool
    messages_tab: bool
    messages_read_only: bool

    def grants(self, *scopes: str) -> bool:
        return all(scope in self.scopes for scope in scopes)


class _Part(BaseModel):
    model_config = ConfigDict(extra="allow")


class _Home(_Part):
    home_tab_enabled: bool = False
    messages_tab_enabled: bool = False
    messages_tab_read_only_enabled: bool = False


class _Bot(_Part):
    display_name: str = Field(min_length=1, max_length=80)
    always_online: bool = False


class _Command(_Part):
    command: str = Field(pattern=r"^/[^\s/A-Z]{1,31}$")
    description: str = Field(min_length=1, max_length=2000)
    usage_hint: str = Field("", max_length=1000)


class _Shortcut(_Part):
    name: str = Field(min_length=1, max_length=24)
    type: str = Field(pattern="^(message|global)$")
    callback_id: str = Field(min_length=1, max_length=255)
    description: str = Field(min_length=1, max_length=150)


class _Features(_Part):
    app_home: _Home = _Home()
    bot_user: _Bot
    slash_commands: list[_Command] = Field(default=[], max_length=50)
    shortcuts: list[_Shortcut] = Field(default=[], max_length=10)


class _Information(_Part):
    name: str = Field(min_length=1, max_length=35)


class _Scopes(_Part):
    bot: list[str] = Field(default=[], max_length=255)


class _OAuth(_Part):
    scopes: _Scopes = _Scopes()


class _Subscriptions(_Part):
    bot_events: list[str] = Field(default=[], max_length=100)


class _Interactivity(_Part):
    is_enabled: bool = False


class _Settings(_Part):
    event_subscriptions: _Subscriptions = _Subscriptions()
    interactivity: _Interactivity = _Interactivity()


class _Document(_Part):
    display_information: _Information
    features: _Features
    oauth_config: _OAuth = _OAuth()
    settings: _Settings = _Settings()


def read_manifest(source: Path | str | Mapping[str, Any]) -> Manifest:
    """Read a manifest from a YAML file or from its parsed form. ManifestError where Slack would refuse it."""
    raw = source if isinstance(source, Mapping) else _parsed(Path(source).read_text(encoding="utf-8"))
    try:
        document = _Document.model_validate(raw)
    except ValidationError as error:
        raise ManifestError(str(error)) from error
    manifest = Manifest(
        app_name=document.display_information.name,
        bot_name=document.features.bot_user.display_name,
        scopes=frozenset(document.oauth_config.scopes.bot),
        commands={
            command.command: Command(command.command, command.description, command.usage_hint)
            for command in document.features.slash_commands
        },
        shortcuts={
            shortcut.callback_id: Shortcut(shortcut.type, shortcut.name, shortcut.description)
            for shortcut in document.features.shortcuts
        },
        events=frozenset(document.settings.event_subscriptions.bot_events),
        interactivity=document.settings.interactivity.is_enabled,
        home_tab=document.features.app_home.home_tab_enabled,
        messages_tab=document.features.app_home.messages_tab_enabled,
        messages_read_only=document.features.app_home.messages_tab_read_only_enabled,
    )
    _check(manifest)
    return manifest


def _parsed(text: str) -> Any:  # noqa: ANN401 - whatever a YAML file holds
    # libyaml's loader, where PyYAML was built with it, is ten times as quick.
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe


def _check(manifest: Manifest) -> None:
    if (manifest.commands or manifest.shortcuts) and "commands" not in manifest.scopes:
        raise ManifestError("slash commands and shortcuts need the scope commands")
    if manifest.shortcuts and not manifest.interactivity:
        raise ManifestError("shortcuts need settings.interactivity.is_enabled")
    for event in sorted(manifest.events):
        if event not in EVENT_SCOPES:
            raise ManifestError(f"{event} is no event this stand-in knows")
        scopes = EVENT_SCOPES[event]
        if scopes and not manifest.scopes & set(scopes):
            raise ManifestError(f"the event {event} needs the scope {' or '.join(scopes)}")
