"""The ways to say no: as Slack answers an app, as a screen stops a person, and before there is a Slack."""

from collections.abc import Sequence


class RefusedError(Exception):
    """An answer with `ok: false`: Slack's error name, and the sentences of `response_metadata.messages`."""

    def __init__(self, error: str, messages: Sequence[str] = (), **extra: str) -> None:
        super().__init__(error)
        self.error = error
        self.messages = list(messages)
        self.extra = extra


class ImpossibleError(Exception):
    """A person could not do that: nothing on their screen lets them. The message says why."""


class ManifestError(Exception):
    """Slack would not accept this manifest."""


class StateError(Exception):
    """The file a workspace was to be kept in holds something else. The message says where."""
