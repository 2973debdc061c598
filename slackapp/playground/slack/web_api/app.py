"""api.test, auth.test, apps.connections.open, blocks.validate: the app about itself."""

from slackapp.playground.slack.backend import Slack
from slackapp.playground.slack.checks import check_message, check_view
from slackapp.playground.slack.errors import RefusedError
from slackapp.playground.slack.records import Json
from slackapp.playground.slack.web_api.arguments import Arguments, Method, takes


def api_test(_slack: Slack, given: Arguments) -> Json:
    if "error" in given:
        raise RefusedError(given["error"])
    return {"args": dict(given)}


def auth_test(slack: Slack, _given: Arguments) -> Json:
    workspace = slack.workspace
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.team_name,
        "user": workspace.accounts[workspace.bot_user_id].username,
        "team_id": workspace.team_id,
        "user_id": workspace.bot_user_id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
    }


def connections_open(slack: Slack, _given: Arguments) -> Json:
    host = slack.url.removeprefix("http://")
    return {"url": f"ws://{host}/link/?ticket={slack.sockets.ticket()}&app_id={slack.workspace.app_id}"}


def validate(_slack: Slack, given: Arguments) -> Json:
    if sum(name in given for name in ("blocks", "message", "view")) != 1:
        raise RefusedError(
            "invalid_arguments", ["[ERROR] exactly one of blocks, message, view [json-pointer:]"]
        )
    if "view" in given:
        problems = check_view(given["view"])
    else:
        problems = check_message(given["message"] if "message" in given else {"blocks": given["blocks"]})
    errors = [
        {"pointer": problem.pointer, "code": problem.error, "message": problem.message}
        for problem in problems
    ]
    return {"valid": not errors, "errors": errors}


METHODS = {
    "api.test": Method(api_test, takes("error", "foo"), tier=4, token="none"),  # noqa: S106 - a kind of token
    "auth.test": Method(auth_test, tier=4, token="any"),  # noqa: S106 - a kind of token
    "apps.connections.open": Method(connections_open, tier=1, token="app"),  # noqa: S106 - a kind of token
    "blocks.validate": Method(validate, takes("blocks:json", "message:json", "view:json"), tier=4),
}
