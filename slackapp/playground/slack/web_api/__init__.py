"""The Web API: every method this Slack knows, and how one call is answered."""

from collections.abc import Mapping
from typing import Any

from slackapp.playground.slack.backend import Slack
from slackapp.playground.slack.errors import RefusedError
from slackapp.playground.slack.records import Json
from slackapp.playground.slack.web_api import app, chat, conversations, files, history, people, views
from slackapp.playground.slack.web_api.arguments import Method, check

METHODS: Mapping[str, Method] = {
    **app.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **history.METHODS,
    **people.METHODS,
    **views.METHODS,
}


def call(slack: Slack, name: str, token: str | None, given: Mapping[str, Any]) -> Json:
    """Run one method as the holder of `token`. The answer, accepted or refused, as Slack words it."""
    try:
        return {"ok": True, **_run(slack, name, token, given)}
    except RefusedError as refusal:
        return refused(refusal)


def refused(refusal: RefusedError) -> Json:
    answer: Json = {"ok": False, "error": refusal.error, **refusal.extra}
    if refusal.messages:
        answer["response_metadata"] = {"messages": refusal.messages}
    return answer


def _run(slack: Slack, name: str, token: str | None, given: Mapping[str, Any]) -> Json:
    method = METHODS.get(name)
    if method is None:
        raise RefusedError("unknown_method", req_method=name)
    _authenticate(slack, method, token)
    if method.tier and (wait := slack.pacing.method(name, method.tier)):
        raise RefusedError("ratelimited", retry_after=str(wait))
    if method.scope is not None:
        slack.need(method.scope)
    given = dict(given)
    # Bolt's client adds team_id to any call.
    if given.pop("team_id", slack.workspace.team_id) != slack.workspace.team_id:
        raise RefusedError("team_access_not_granted")
    return method.run(slack, check(method.arguments, given))


def _authenticate(slack: Slack, method: Method, token: str | None) -> None:
    if method.token == "none":  # noqa: S105 - a kind of token
        return
    if not token:
        raise RefusedError("not_authed")
    kinds = {slack.workspace.tokens.bot: "bot", slack.workspace.tokens.app: "app"}
    if token not in kinds:
        raise RefusedError("invalid_auth")
    if slack.revoked is not None:
        raise RefusedError(slack.revoked)
    if method.token not in ("any", kinds[token]):
        raise RefusedError("not_allowed_token_type")
