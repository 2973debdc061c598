"""An action item in words: what it is, whose, until when, and what became of it."""

from collections.abc import Mapping
from datetime import date

from slackapp.core.words import clip, written_day
from slackapp.features.action_items.models import ActionItem
from slackapp.features.action_items.rules import ActionState, Helped
from slackapp.slack.blocks import Part, bold, day_of, user

HELP: Mapping[Helped, str] = {
    Helped.YES: "it helped",
    Helped.NO: "it did not help",
    Helped.CANNOT_TELL: "nobody can tell whether it helped",
}
NOT_SAID = "not said whether it helped"


def due(item: ActionItem, today: date) -> str:
    """Due 20 Nov 2026, or overdue since then. A message may be read days later, so no day is called today."""
    return f"{'due' if item.due_on >= today else 'overdue since'} {written_day(item.due_on)}"


def came_of(item: ActionItem) -> str:
    """What became of it, without the day."""
    if item.state == ActionState.DROPPED:
        return f"dropped: {clip(item.reason, 300)}"
    return f"done, {HELP[Helped(item.helped)] if item.helped else NOT_SAID}"


def row(item: ActionItem, today: date) -> list[Part]:
    """As a line of a list: its words, its label, whose it is, and how it stands."""
    stands: list[Part] = [due(item, today)]
    if item.state != ActionState.OPEN:
        stands = [came_of(item)]
    conditions = [f" · {item.if_then}"] if item.if_then else []
    return [bold(item.text), f" · {item.label}, ", user(item.owner_id), ", ", *stands, *conditions]


def closed_on(item: ActionItem) -> list[Part]:
    """The day it was done or dropped, in the reader's zone."""
    return [" on ", day_of(item.closed_at)] if item.closed_at is not None else []
