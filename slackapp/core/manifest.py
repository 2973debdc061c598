"""The app's manifest, as Slack wants it for Socket Mode or for HTTP."""

from typing import Any

import yaml

from slackapp.core.shipped import shipped

EVENTS_PATH = "/slack/events"


def manifest(url: str | None = None) -> dict[str, Any]:
    """For Socket Mode, or with `url` (where the app is reached from outside) for HTTP."""
    content: dict[str, Any] = yaml.safe_load(shipped("manifest.yml").read_text(encoding="utf-8"))
    if url is None:
        return content
    address = url.rstrip("/").removesuffix(EVENTS_PATH) + EVENTS_PATH
    settings = content["settings"]
    settings["socket_mode_enabled"] = False
    settings["interactivity"]["request_url"] = address
    settings["event_subscriptions"]["request_url"] = address
    for command in content["features"]["slash_commands"]:
        command["url"] = address
    return content


def as_yaml(content: dict[str, Any]) -> str:
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
