"""What a call to Slack came to. Only what Slack said for certain counts as certain."""

import math
import re
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from slackapp.slack.error_names import ERRORS, Means

log = structlog.get_logger()


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


class TooLateError(Exception):
    """No call was made, since it was no longer ours to make."""


class TooEarlyError(Exception):
    """No call was made, since Slack had said that it has to wait; `args[0]` is how many seconds are left."""


Outcome = Done | NotSent | Unknown | Refused | TokenTrouble

#: Seconds to wait where Slack limits the rate and does not say, in a number of seconds, for how long.
UNSAID = 30.0
#: The longest that is believed: after so many seconds it costs a single call to ask again.
LONGEST = 3600.0

_RATE = frozenset({"ratelimited", "rate_limited"})
#: What the name of an error looks like. Anything else was not said by Slack.
_NAME = re.compile(r"[a-z][a-z0-9_]{1,79}")


async def outcome_of(call: Awaitable[AsyncSlackResponse]) -> Outcome:
    """Make the call and say what came of it; raises nothing that the wire can cause."""
    try:
        response = await call
    except SlackApiError as error:
        return _refusal(error)
    except TooEarlyError as error:
        return NotSent("ratelimited", error.args[0])
    except TooLateError:
        return NotSent("too_late")
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
    if status == HTTPStatus.TOO_MANY_REQUESTS or reason in _RATE:
        return NotSent("ratelimited", seconds(headers.get("retry-after", "")), headers=headers)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or not _NAME.fullmatch(reason):
        return Unknown(f"http_{status}", headers=headers)
    return _meant(reason, headers)


def _meant(reason: str, headers: Mapping[str, str]) -> Outcome:
    match ERRORS.get(reason):
        case Means.NOT_SENT:
            return NotSent(reason, headers=headers)
        case Means.UNKNOWN:
            return Unknown(reason, headers=headers)
        case Means.TOKEN_TROUBLE:
            return TokenTrouble(reason, headers=headers)
        case Means.REFUSED:
            return Refused(reason, headers=headers)
        case None:
            # For whoever looks after the app: it belongs into the table.
            log.warning("slack.unlisted_error", reason=reason)
            return Refused(reason, headers=headers)


def _headers(response: object) -> dict[str, str]:
    if not isinstance(response, AsyncSlackResponse):
        return {}
    return {name.lower(): value for name, value in response.headers.items()}


def seconds(written: str) -> float:
    """What a Retry-After header says. A number that makes no sense does not count; an hour is the most."""
    try:
        said = float(written)
    except ValueError:
        return UNSAID
    return min(said, LONGEST) if math.isfinite(said) and said >= 0 else UNSAID
