"""What becomes of a modal once the app has answered its submit."""

from collections.abc import Mapping
from dataclasses import replace

from slackapp.playground.slack.backend import Slack
from slackapp.playground.slack.delivery import Ack
from slackapp.playground.slack.errors import RefusedError
from slackapp.playground.slack.records import Json
from slackapp.playground.slack.surface import TROUBLE, trouble
from slackapp.playground.slack.views import View
from slackapp.playground.slack.web_api.views import checked_view

_ACTIONS = ("errors", "update", "push", "clear")


def answered(slack: Slack, view: View, ack: Ack) -> dict[str, str]:
    """Do to the screen what the answer says. What the person reads as wrong, by block id ("": all of it)."""
    if not ack.ok:
        trouble(slack, view.id, TROUBLE)
        return {"": TROUBLE}
    open_view = slack.screens.find(view.id)
    if open_view is None:
        return {}
    try:
        return _apply(slack, open_view, ack.body)
    except RefusedError as refusal:
        reason = "; ".join([refusal.error, *refusal.messages])
        slack.delivery.trouble("view_submission", view.callback_id, reason)
        trouble(slack, view.id, TROUBLE)
        return {"": TROUBLE}
    finally:
        slack.changes.note()


def _apply(slack: Slack, view: View, body: Json | str | None) -> dict[str, str]:
    if body is None or body in ("", {}):
        slack.screens.close(view)
        return {}
    action = body.get("response_action") if isinstance(body, dict) else None
    if not isinstance(body, dict) or action not in _ACTIONS:
        raise RefusedError("invalid_response_action")
    if action == "errors":
        errors = _errors(view, body.get("errors"))
        slack.screens.replace(replace(view, errors=errors, trouble=None))
        return errors
    if action == "clear":
        slack.screens.clear(view.user)
        return {}
    content = checked_view(body.get("view"), "modal")
    if action == "update":
        slack.screens.redraw(view, content)
    else:
        slack.screens.push(view.user, content, view.conversation)
    return {}


def _errors(view: View, errors: object) -> dict[str, str]:
    """The errors, if Slack would show them: each under an input block that is there."""
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, Mapping) or not errors:
        raise RefusedError("invalid_errors", ["errors must name at least one block"])
    for block_id, sentence in errors.items():
        if block_id not in inputs:
            raise RefusedError("invalid_errors", [f"{block_id!r} is no input block of this modal"])
        if not isinstance(sentence, str) or not sentence:
            raise RefusedError("invalid_errors", [f"the error of {block_id!r} is no text"])
    return dict(errors)
