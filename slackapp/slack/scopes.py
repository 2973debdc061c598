"""The scopes a token was granted, against those the manifest asks for."""

import functools
from dataclasses import dataclass

from slackapp.core.manifest import manifest
from slackapp.slack.outcomes import Done


@dataclass(frozen=True)
class Scopes:
    #: Asked for and not granted: the app was installed from an older manifest.
    missing: tuple[str, ...]
    #: Granted and not asked for any more.
    superfluous: tuple[str, ...]


def compare(answer: Done) -> Scopes | None:
    """What an accepted call tells of them; None if Slack names no scopes in its answer."""
    named = answer.headers.get("x-oauth-scopes")
    if named is None:
        return None
    granted = {scope.strip() for scope in named.split(",")} - {""}
    return Scopes(tuple(sorted(_asked() - granted)), tuple(sorted(granted - _asked())))


@functools.cache
def _asked() -> frozenset[str]:
    return frozenset(manifest()["oauth_config"]["scopes"]["bot"])
