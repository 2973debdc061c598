"""All that Slack showed, to whom, and who was in which channel at that moment."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slackapp.playground.slack import Channel, Message, StandIn, View
from slackapp.playground.slack.delivery import Ack, Kind

#: The calls that carry words to people; no other may.
_SHOWING = {
    "chat.postMessage",
    "chat.update",
    "chat.postEphemeral",
    "views.open",
    "views.push",
    "views.update",
    "views.publish",
    "response_url",
}


@dataclass(frozen=True)
class Shown:
    """Something the app showed: a message, a modal, the answer to a submit."""

    words: str
    readers: frozenset[str]
    #: Members of each channel then.
    members: Mapping[str, frozenset[str]]


class Traffic:
    """Notes it as it happens, since who may read a channel changes."""

    def __init__(self, slack: StandIn) -> None:
        self._stand_in, self._slack = slack, slack._slack
        self.shown: list[Shown] = []
        whisper, save = self._slack.whisper, self._slack.workspace.save_message
        drawn, ask = self._slack.screens._drawn, self._slack.delivery.ask

        def whispered(message: Message, reader: str) -> None:
            self._note([message.text, message.blocks], {reader})
            whisper(message, reader)

        def said(message: Message) -> Message:
            if message.by_app:
                self._note([message.text, message.blocks, message.metadata], self._readers(message.channel))
            return save(message)

        def viewed(view: View, content: Mapping[str, Any]) -> View:
            self._note(content, {view.user})
            return drawn(view, content)

        async def answered(kind: Kind, what: str, payload: dict[str, Any]) -> Ack:
            ack = await ask(kind, what, payload)
            who = payload.get("user_id") or payload["user"]["id"]
            self._note(ack.body, {who})
            return ack

        self._slack.whisper = whispered  # type: ignore[method-assign]
        self._slack.workspace.save_message = said  # type: ignore[method-assign]
        self._slack.screens._drawn = viewed  # type: ignore[method-assign]
        self._slack.delivery.ask = answered  # type: ignore[method-assign]

    def leaks(self, marker: str, room: Channel) -> list[tuple[str, str]]:
        """Who was shown this marker outside of the channel, and where in what."""
        found = []
        for shown in self.shown:
            at = shown.words.casefold().find(marker)
            if at >= 0:
                outside = shown.readers - shown.members[room.id]
                found += [(self._slack.workspace.names[who], _around(shown.words, at)) for who in outside]
        return found

    def strays(self, marker: str) -> list[str]:
        """Calls to Slack that carry the marker and are no words to anybody."""
        carrying = [call for call in self._stand_in.calls if marker in _flat(call.args).casefold()]
        return [call.method for call in carrying if call.method not in _SHOWING]

    def _note(self, words: object, readers: set[str]) -> None:
        channels = self._slack.workspace.channels.values()
        members = {each.id: frozenset(each.members) for each in channels}
        self.shown.append(Shown(_flat(words), frozenset(readers), members))

    def _readers(self, channel_id: str) -> set[str]:
        channel = self._slack.workspace.channels[channel_id]
        if channel.is_im:
            return {channel.person or ""}
        return set(channel.members if channel.private else self._slack.workspace.accounts)


def _flat(words: object) -> str:
    return json.dumps(words, ensure_ascii=False, default=str)


def _around(words: str, at: int) -> str:
    return words[max(0, at - 60) : at + 40]
