"""What Slack hands out for one use: trigger ids, and response URLs. Both age in wire time."""

import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass

from slackapp.playground.slack.errors import RefusedError
from slackapp.playground.slack.records import Message
from slackapp.playground.slack.timing import Timing

_REMEMBERED = 10_000


@dataclass
class Trigger:
    """Leave to open one view, given by one thing a person did."""

    user: str
    #: The conversation they did it in; None in a modal or on Home.
    conversation: str | None
    #: The view they did it in.
    view_id: str | None
    #: A submit: its modal is about to close, and desktop Slack drops what is opened over it.
    submission: bool
    minted: float
    exchanged: bool = False


class Triggers:
    """Trigger ids that can be exchanged once, within three seconds."""

    def __init__(self, timing: Timing) -> None:
        self._timing = timing
        self._triggers: OrderedDict[str, Trigger] = OrderedDict()

    def mint(
        self,
        user: str,
        conversation: str | None = None,
        view_id: str | None = None,
        *,
        submission: bool = False,
    ) -> str:
        trigger_id = (
            f"{secrets.randbelow(10**13):013d}.{secrets.randbelow(10**12):012d}.{secrets.token_hex(16)}"
        )
        self._triggers[trigger_id] = Trigger(user, conversation, view_id, submission, time.monotonic())
        if len(self._triggers) > _REMEMBERED:
            self._triggers.popitem(last=False)
        return trigger_id

    def peek(self, trigger_id: str) -> Trigger:
        """The trigger, still unspent. RefusedError as Slack names what is wrong with it."""
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise RefusedError("invalid_trigger_id")
        if trigger.exchanged:
            raise RefusedError("exchanged_trigger_id")
        if time.monotonic() - trigger.minted > self._timing.trigger:
            raise RefusedError("expired_trigger_id")
        return trigger


@dataclass
class ResponseUrl:
    """Leave to answer one interaction with messages: five of them, for half an hour."""

    user: str
    conversation: str
    #: The message that was clicked; None for a command.
    original: Message | None
    minted: float
    uses: int = 0


class ResponseUrls:
    """The response URLs given out so far, by the secret end of their path."""

    def __init__(self, timing: Timing) -> None:
        self._timing = timing
        self._urls: OrderedDict[str, ResponseUrl] = OrderedDict()

    def mint(self, user: str, conversation: str, original: Message | None) -> str:
        secret = secrets.token_urlsafe(18)
        self._urls[secret] = ResponseUrl(user, conversation, original, time.monotonic())
        if len(self._urls) > _REMEMBERED:
            self._urls.popitem(last=False)
        return secret

    def usable(self, secret: str) -> ResponseUrl:
        """The leave behind this URL. RefusedError `expired_url` or `used_url`."""
        url = self._urls.get(secret)
        if url is None or time.monotonic() - url.minted > self._timing.response_url:
            raise RefusedError("expired_url")
        if url.uses >= self._timing.response_uses:
            raise RefusedError("used_url")
        return url
