"""views.*: opening, pushing and redrawing modals, publishing Home."""

from slackapp.playground.slack.backend import Slack
from slackapp.playground.slack.checks import check_view
from slackapp.playground.slack.errors import RefusedError
from slackapp.playground.slack.posting import refuse
from slackapp.playground.slack.records import Json
from slackapp.playground.slack.tickets import Trigger
from slackapp.playground.slack.views import View
from slackapp.playground.slack.web_api.arguments import Arguments, Method, takes


def checked_view(content: object, kind: str) -> Json:
    """A view of this kind that Slack would show. RefusedError `invalid_arguments` otherwise."""
    if not isinstance(content, dict):
        raise RefusedError("invalid_arguments", ["[ERROR] must provide an object [json-pointer:/view]"])
    refuse(check_view(content))
    if content["type"] != kind:
        raise RefusedError("invalid_arguments", [f"[ERROR] must be a {kind} view [json-pointer:/view/type]"])
    return content


def open_view(slack: Slack, given: Arguments) -> Json:
    trigger, content = _triggered(slack, given)
    if trigger.submission:
        slack.delivery.trouble(
            "views.open",
            content.get("callback_id", ""),
            "a submit's trigger: desktop Slack closes the submitted modal and does not show this one",
        )
    return _pushed(slack, trigger, content)


def push(slack: Slack, given: Arguments) -> Json:
    trigger, content = _triggered(slack, given)
    if (
        trigger.view_id is None
        or slack.screens.find(trigger.view_id) not in slack.screens.of(trigger.user).modals
    ):
        raise RefusedError("not_found")
    return _pushed(slack, trigger, content)


def _triggered(slack: Slack, given: Arguments) -> tuple[Trigger, Json]:
    trigger_id = given.get("trigger_id", given.get("interactivity_pointer"))
    if trigger_id is None:
        raise RefusedError(
            "invalid_arguments", ["[ERROR] missing required field: trigger_id [json-pointer:]"]
        )
    content = checked_view(given["view"], "modal")
    return slack.triggers.peek(trigger_id), content


def _pushed(slack: Slack, trigger: Trigger, content: Json) -> Json:
    view = slack.screens.push(trigger.user, content, trigger.conversation)
    trigger.exchanged = True
    slack.changes.note()
    return {"view": slack.view_json(view)}


def update(slack: Slack, given: Arguments) -> Json:
    content = checked_view(given["view"], "modal")
    if "view_id" in given:
        view = slack.screens.find(given["view_id"])
    elif "external_id" in given:
        view = slack.screens.find_external(given["external_id"])
    else:
        raise RefusedError("invalid_arguments", ["[ERROR] missing required field: view_id [json-pointer:]"])
    if view is None or view.type != "modal":
        raise RefusedError("not_found")
    _same_hash(given, view)
    fresh = slack.screens.redraw(view, content)
    slack.changes.note()
    return {"view": slack.view_json(fresh)}


def publish(slack: Slack, given: Arguments) -> Json:
    if not slack.manifest.home_tab:
        raise RefusedError("not_enabled")
    content = checked_view(given["view"], "home")
    user = given["user_id"]
    account = slack.workspace.accounts.get(user)
    if account is None or account.is_bot or account.deleted:
        raise RefusedError("invalid_arguments", ["[ERROR] user_not_found [json-pointer:/user_id]"])
    home = slack.screens.of(user).home
    if home is not None:
        _same_hash(given, home)
    view = slack.screens.publish(user, content)
    slack.workspace.save_home({"user": user, "view": content})
    return {"view": slack.view_json(view)}


def _same_hash(given: Arguments, view: View) -> None:
    if "hash" in given and given["hash"] != view.hash:
        raise RefusedError("hash_conflict")


METHODS = {
    "views.open": Method(open_view, takes("view:json!", "trigger_id", "interactivity_pointer"), tier=4),
    "views.push": Method(push, takes("view:json!", "trigger_id", "interactivity_pointer"), tier=4),
    "views.update": Method(update, takes("view:json!", "view_id", "external_id", "hash"), tier=4),
    "views.publish": Method(publish, takes("user_id!", "view:json!", "hash"), tier=4),
}
