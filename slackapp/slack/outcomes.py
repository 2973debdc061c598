"""What a call to Slack came to. Only what Slack said for certain counts as certain."""

import math
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_slack_response import AsyncSlackResponse


@dataclass(frozen=True)
class _Outcome:
    #: Of Slack's HTTP answer, by their names in lower case; none if no answer came.
    headers: Mapping[str, str] = field(default_factory=dict, kw_only=True, compare=False, repr=False)


@dataclass(frozen=True)
class Done(_Outcome):
    """Slack accepted it, and said so."""

    data: Mapping[str, Any]


@dataclass(frozen=True)
class NotSent(_Outcome):
    """It surely did not happen; try again, after `wait` seconds if Slack named them."""

    reason: str
    wait: float | None = None


@dataclass(frozen=True)
class Unknown(_Outcome):
    """It may have happened: the answer was lost, or Slack does not know itself."""

    reason: str


@dataclass(frozen=True)
class Refused(_Outcome):
    """Slack will never accept this as it is."""

    reason: str


@dataclass(frozen=True)
class TokenTrouble(_Outcome):
    """The workspace has taken our token away: nothing works until it is installed again."""

    reason: str


class TooEarlyError(Exception):
    """No call was made, since Slack had said that it has to wait; `args[0]` is how many seconds are left."""


Outcome = Done | NotSent | Unknown | Refused | TokenTrouble

#: Errors after which Slack may or may not have done what was asked.
UNCERTAIN = frozenset({"fatal_error", "internal_error", "service_unavailable", "request_timeout"})
#: Errors that are about the token, not about the message.
TOKEN = frozenset({
    "account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked", "no_permission",
    "org_login_required", "ekm_access_denied", "missing_scope", "not_allowed_token_type",
})  # fmt: skip
#: Errors that pass by themselves, and in which nothing was done.
PASSING = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded", "team_added_to_org"})


async def outcome_of(call: Awaitable[AsyncSlackResponse]) -> Outcome:
    """Make the call and say what came of it; raises nothing that the wire can cause."""
    try:
        response = await call
    except SlackApiError as error:
        return _refusal(error)
    except TooEarlyError as error:
        return NotSent("ratelimited", error.args[0])
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
        return NotSent(type(error).__name__)  # no connection was made, so nothing was sent
    except (TimeoutError, aiohttp.ClientError, SlackClientError, ValueError, AttributeError) as error:
        # The last two are how the SDK stumbles over a body that is not Slack's, such as a proxy's page.
        return Unknown(type(error).__name__)
    data, headers = response.data, _headers(response)
    return Done(data, headers=headers) if isinstance(data, dict) else Unknown("unreadable_response")


def _refusal(error: SlackApiError) -> Outcome:
    response = error.response
    status = response.status_code if isinstance(response, AsyncSlackResponse) else 0
    data = response.data if isinstance(response, AsyncSlackResponse) else response
    reason = str(data.get("error", "")) if isinstance(data, dict) else ""
    headers = _headers(response)
    if status == 429 or reason in PASSING:  # noqa: PLR2004 - HTTP's own number
        return NotSent(reason or "ratelimited", seconds(headers.get("retry-after", "")), headers=headers)
    if status >= 500 or not reason or reason in UNCERTAIN:  # noqa: PLR2004 - HTTP's own number
        return Unknown(reason or f"http_{status}", headers=headers)
    if reason in TOKEN:
        return TokenTrouble(reason, headers=headers)
    return Refused(reason, headers=headers)


def _headers(response: object) -> dict[str, str]:
    if not isinstance(response, AsyncSlackResponse):
        return {}
    return {name.lower(): value for name, value in response.headers.items()}


def seconds(written: str) -> float | None:
    """What a Retry-After header says; None if that is no number of seconds."""
    try:
        seconds = float(written)
    except ValueError:
        return None
    return max(seconds, 0.0) if math.isfinite(seconds) else None
