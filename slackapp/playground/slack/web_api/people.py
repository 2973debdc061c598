"""users.*, bots.info and team.info: who is who."""

from slackapp.playground.slack.backend import Slack
from slackapp.playground.slack.errors import RefusedError
from slackapp.playground.slack.records import Json
from slackapp.playground.slack.shapes import bot_json, team_json, user_json
from slackapp.playground.slack.web_api.arguments import Arguments, Method, takes
from slackapp.playground.slack.web_api.conversations import paged


def user_info(slack: Slack, given: Arguments) -> Json:
    account = slack.workspace.accounts.get(given["user"])
    if account is None:
        raise RefusedError("user_not_found")
    return {"user": _user(slack, account.id, given)}


def user_list(slack: Slack, given: Arguments) -> Json:
    page, cursor = paged(list(slack.workspace.accounts), given, 1000)
    return {
        "members": [_user(slack, user, given) for user in page],
        "cache_ts": int(slack.workspace.clock()),
        "response_metadata": {"next_cursor": cursor},
    }


def bot_info(slack: Slack, given: Arguments) -> Json:
    if given.get("bot", slack.workspace.bot_id) != slack.workspace.bot_id:
        raise RefusedError("bot_not_found")
    return {"bot": bot_json(slack.workspace) | {"user_id": slack.workspace.bot_user_id}}


def team_info(slack: Slack, given: Arguments) -> Json:
    if given.get("team", slack.workspace.team_id) != slack.workspace.team_id:
        raise RefusedError("team_not_found")
    return {"team": team_json(slack.workspace)}


def _user(slack: Slack, user: str, given: Arguments) -> Json:
    shape = user_json(slack.workspace, slack.workspace.accounts[user])
    return shape | {"locale": "en-US"} if given.get("include_locale") else shape


METHODS = {
    "users.info": Method(user_info, takes("user!", "include_locale:flag"), scope="users:read", tier=4),
    "users.list": Method(
        user_list,
        takes("cursor", "limit:number", "include_locale:flag"),
        scope="users:read",
        tier=2,
    ),
    "bots.info": Method(bot_info, takes("bot"), scope="users:read"),
    "team.info": Method(
        team_info, takes("team", "domain", "include_slackbot_availability:flag"), scope="team:read"
    ),
}
