"""What a person's client does for them: it fills select menus, and makes blocks of what they type."""

import mimetypes
from collections.abc import Sequence

from slackapp.playground.slack.backend import Slack
from slackapp.playground.slack.blockkit import Json, Placed
from slackapp.playground.slack.composing import Directory, composed
from slackapp.playground.slack.ids import new_id

_FILTER_NAMES = {"channels": "public", "groups": "private", "im": "im"}


class Menus:
    """What one person finds in select menus (an `inputs.Directory`)."""

    def __init__(self, slack: Slack, user: str) -> None:
        self._slack = slack
        self._user = user

    def finds_person(self, user: str) -> bool:
        account = self._slack.workspace.accounts.get(user)
        return account is not None and not account.deleted

    def finds_channel(self, channel: str, element: Json) -> bool:
        found = self._slack.workspace.channels.get(channel)
        if found is None or found.archived:
            return False
        if found.kind != "channels" and (self._user not in found.members or "channels" in element["type"]):
            return False
        wanted = element.get("filter", {})
        if found.is_im and wanted.get("exclude_bot_users"):
            return False
        return _FILTER_NAMES[found.kind] in wanted.get("include", _FILTER_NAMES.values())

    def offered(self, placed: Placed) -> Sequence[Json]:
        searched = self._slack.screens.of(self._user).offered.get((placed.block_id, placed.action_id), {})
        initial = placed.element.get("initial_options", [placed.element.get("initial_option")])
        return [*searched.values(), *(option for option in initial if option is not None)]

    def file(self, name: str) -> Json:
        return picked_file(self._user, name)


def written(slack: Slack, user: str, typed: str) -> tuple[str, list[Json]]:
    """What somebody typed, as their client sends it: the message's text and its blocks."""
    workspace = slack.workspace
    done = composed(
        typed,
        Directory(
            {account.name: account.id for account in workspace.accounts.values()},
            {
                channel.name: channel.id
                for channel in workspace.channels.values()
                if not channel.is_im and (not channel.private or user in channel.members)
            },
        ),
    )
    if not typed:
        return "", []
    section = {"type": "rich_text_section", "elements": done.elements}
    return done.text, [{"type": "rich_text", "block_id": new_id("b"), "elements": [section]}]


def picked_file(user: str, name: str = "screenshot.png") -> Json:
    """A file somebody drags into a message or a modal: there is nothing in it."""
    return {
        "id": new_id("F"),
        "name": name,
        "title": name,
        "mimetype": mimetypes.guess_type(name)[0] or "application/octet-stream",
        "filetype": name.rpartition(".")[2],
        "user": user,
        "size": 1024,
        "mode": "hosted",
    }
