"""A reply, said to Slack: first the acknowledgement, then what needs a call of its own."""

import secrets
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import aiohttp
import structlog
from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_sdk.models.blocks import PlainTextObject
from slack_sdk.models.views import View
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from slackapp.core.errors import FieldError, UserError
from slackapp.core.words import clip
from slackapp.slack.blocks import markdown
from slackapp.slack.home import is_home, kept_in_mind
from slackapp.slack.outcomes import Done, NotSent, Refused, TokenTrouble, Unknown, outcome_of
from slackapp.slack.replies import OpenModal, Reply, UpdateModal, Whisper
from slackapp.slack.text import escape

log = structlog.get_logger()

#: What Slack says of a trigger that came too late, or was used already.
_SPENT = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"})

#: What Slack says of a form that is not as it was when it was pressed, or not there any more.
_PASSED_BY = frozenset({"hash_conflict", "not_found"})

#: Payloads whose answer is said where they came from; those of a command are acknowledged with it.
_IN_PLACES = frozenset({"block_actions", "message_action", "event_callback"})

#: What Slack says where we, or they, are not in the channel: only the click's own URL reaches them there.
_OUTSIDE = frozenset({"channel_not_found", "not_in_channel", "user_not_in_channel"})


async def acknowledge(args: AsyncArgs, reply: Reply | UserError) -> None:
    """Answer Slack within the acknowledgement as far as it can hold the answer."""
    if args.body.get("type") == "view_submission":
        await args.ack(**_submit_answer(args, reply))
    elif args.command is not None and isinstance(reply, Whisper):
        await args.ack(text=reply.text, blocks=list(reply.blocks) or None, response_type="ephemeral")
    elif args.command is not None and isinstance(reply, UserError):
        await args.ack(text=escape(reply.sentence), response_type="ephemeral")
    else:
        await args.ack()


def follow_up(
    args: AsyncArgs, reply: Reply | UserError, *, late: bool = False
) -> Coroutine[Any, Any, None] | None:
    """What has to be a call of its own, after the acknowledgement; None if nothing has.

    Too late for the acknowledgement, a command's answer is one, too.
    """
    kind = args.body.get("type")
    if late and args.command is not None and isinstance(reply, Whisper | UserError):
        return _respond(args, reply if isinstance(reply, Whisper) else said(reply), replace=False)
    if kind == "view_submission":
        return None
    if isinstance(reply, OpenModal):
        return _open(args, reply.view)
    if isinstance(reply, UpdateModal) and args.body.get("view") and not is_home(args.body):
        return _update(args, reply.view)
    if kind in _IN_PLACES and isinstance(reply, Whisper | UserError):
        return _whisper(args, reply if isinstance(reply, Whisper) else said(reply))
    return None


def _submit_answer(args: AsyncArgs, reply: Reply | UserError) -> dict[str, Any]:
    """A field error stands at its field, any other error at the first one: what was typed stays."""
    if isinstance(reply, UpdateModal):
        return {"response_action": "update", "view": kept_in_mind(args.body, reply.view, new=False)}
    if isinstance(reply, UserError):
        inputs = [block["block_id"] for block in args.body["view"]["blocks"] if block["type"] == "input"]
        if not inputs:
            return {"response_action": "update", "view": alert(said(reply))}
        fields = reply.fields if isinstance(reply, FieldError) else {inputs[0]: reply.sentence}
        # An error for an input that is not on the screen would make Slack refuse the whole answer.
        shown: dict[str, str] = {}
        for block_id, sentence in fields.items():
            place = block_id if block_id in inputs else inputs[0]
            shown[place] = f"{shown[place]} {sentence}" if place in shown else sentence
        return {"response_action": "errors", "errors": shown}
    if isinstance(reply, Whisper):
        return {"response_action": "update", "view": alert(reply)}
    return {}


def said(error: UserError) -> Whisper:
    """An error's sentence is plain: it may name people and launches, whatever signs their names hold."""
    return Whisper(escape(clip(error.sentence, 500)))


def alert(words: Whisper) -> View:
    return View(
        type="modal",
        title=PlainTextObject(text="Afterlaunch"),
        close=PlainTextObject(text="Close"),
        blocks=list(words.blocks) or [markdown(words.text)],
    )


async def _open(args: AsyncArgs, view: View) -> None:
    shown = kept_in_mind(args.body, view, new=True)
    outcome = await outcome_of(_modal_call(args)(trigger_id=args.body["trigger_id"], view=shown))
    if not isinstance(outcome, Done):
        await _whisper(args, _not_shown("modal.not_opened", outcome))


def _modal_call(args: AsyncArgs) -> Callable[..., Awaitable[AsyncSlackResponse]]:
    """A modal is put on top of another modal; over Home, as over messages, it is the first."""
    return (
        args.client.views_push if args.body.get("view") and not is_home(args.body) else args.client.views_open
    )


async def _update(args: AsyncArgs, view: View) -> None:
    shown, fresh = args.body["view"], kept_in_mind(args.body, view, new=False)
    outcome = await outcome_of(args.client.views_update(view_id=shown["id"], hash=shown["hash"], view=fresh))
    if isinstance(outcome, Done):
        return
    if outcome.reason in _PASSED_BY:
        # A second click was quicker, and what it asked for is on the screen; or they closed the form.
        log.info("modal.not_updated", reason=outcome.reason)
        return
    await _whisper(args, _not_shown("modal.not_updated", outcome))


def _not_shown(event: str, outcome: NotSent | Unknown | Refused | TokenTrouble) -> Whisper:
    """What the person is told of a form they do not see; what is not Slack's slowness has a reference."""
    if isinstance(outcome, NotSent | Unknown) or outcome.reason in _SPENT:
        log.warning(event, reason=outcome.reason)
        return Whisper("Slack was too slow to open the form. Please try again.")
    reference = secrets.token_hex(4)
    log.error(event, reason=outcome.reason, reference=reference)
    return Whisper(
        "The form could not be shown. Please try again. "
        f"If it happens again, tell whoever runs Afterlaunch: {reference}."
    )


async def _whisper(args: AsyncArgs, words: Whisper) -> None:
    """Where only this person sees it: in place of an ephemeral message, beside a message, over a view."""
    container = args.body.get("container") or {}
    if args.body.get("view"):
        call = _modal_call(args)(trigger_id=args.body["trigger_id"], view=alert(words))
    elif container.get("is_ephemeral") or args.command is not None:
        await _respond(args, words, replace=args.command is None)
        return
    else:
        call = args.client.chat_postEphemeral(
            channel=args.context.channel_id or "",
            user=args.context.user_id or "",
            text=words.text,
            blocks=list(words.blocks) or None,
            thread_ts=_thread(args),
        )
    outcome = await outcome_of(call)
    if isinstance(outcome, Refused) and outcome.reason in _OUTSIDE and args.body.get("response_url"):
        await _respond(args, words, replace=False)
    elif not isinstance(outcome, Done):
        log.warning("whisper.not_shown", reason=outcome.reason)


async def _respond(args: AsyncArgs, words: Whisper, *, replace: bool) -> None:
    try:
        await args.respond(text=words.text, blocks=list(words.blocks) or None, replace_original=replace)
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        log.warning("whisper.not_shown", reason=type(error).__name__)


def _thread(args: AsyncArgs) -> str | None:
    """The thread they acted in; the message that began one is seen in its channel."""
    message = args.body.get("message") or {}
    return message.get("thread_ts") if message.get("thread_ts") != message.get("ts") else None
