"""Planning the questions, taking the answers, and telling the channel what came of the launch.

Every transaction here takes the launch's lock first, then changes follow-ups, prompts and messages: with one
order none waits for another in a circle, and of two answers at once the second one sees the first.
"""

from slackapp.features.follow_ups.service.answering import (
    add,
    open_answer,
    open_question,
    record,
    record_no_number,
    undo,
)
from slackapp.features.follow_ups.service.channel import ask_channel, channel_key
from slackapp.features.follow_ups.service.deciding import change_next, decide, open_verdict, override
from slackapp.features.follow_ups.service.planning import drop, edited, expire, lapse_earlier, plan
from slackapp.features.follow_ups.service.replies import correct, take_reply
from slackapp.features.follow_ups.service.telling import (
    outcome_key,
    tell_latecomer,
    tell_no_more,
)

__all__ = [
    "add",
    "ask_channel",
    "change_next",
    "channel_key",
    "correct",
    "decide",
    "drop",
    "edited",
    "expire",
    "lapse_earlier",
    "open_answer",
    "open_question",
    "open_verdict",
    "outcome_key",
    "override",
    "plan",
    "record",
    "record_no_number",
    "take_reply",
    "tell_latecomer",
    "tell_no_more",
    "undo",
]
