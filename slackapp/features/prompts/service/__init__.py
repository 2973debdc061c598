"""Asking people, and keeping the messages that ask true. Every feature asks through here."""

from slackapp.features.prompts.service.answers import answered, finish, forget, redraw, reopen, reply
from slackapp.features.prompts.service.asking import (
    ask,
    ask_anew,
    ask_at_once,
    pass_on,
    postpone,
    reassign,
    set_weekly,
    snooze,
    tell,
)
from slackapp.features.prompts.service.changing import change_ladder
from slackapp.features.prompts.service.ladder import climb, pass_over, undeliverable
from slackapp.features.prompts.service.messages import put
from slackapp.features.prompts.service.rows import open_prompt
from slackapp.features.prompts.service.setbacks import set_aside

__all__ = [
    "answered",
    "ask",
    "ask_anew",
    "ask_at_once",
    "change_ladder",
    "climb",
    "finish",
    "forget",
    "open_prompt",
    "pass_on",
    "pass_over",
    "postpone",
    "put",
    "reassign",
    "redraw",
    "reopen",
    "reply",
    "set_aside",
    "set_weekly",
    "snooze",
    "tell",
    "undeliverable",
]
