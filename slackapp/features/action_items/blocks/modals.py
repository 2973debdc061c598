"""The forms of an action item: its words, another day, and why it is dropped."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import InputBlock
from slack_sdk.models.views import View

from slackapp.core.words import written_day
from slackapp.features.action_items.blocks.question import DROP, NEW_DATE
from slackapp.features.action_items.models import ActionItem
from slackapp.slack.blocks import MOST_TYPED, Field, bold, entry, form, paragraph, some_day, someone

EDIT = "action_items.edit"


def inputs(*, owner: str, due_on: date, text: str = "", if_then: str = "") -> Sequence[InputBlock]:
    """The fields of `rules.ActionDraft`, for any form that holds an action item."""
    return [
        entry(Field("text", "What is to be done?"), initial=text, max_length=MOST_TYPED),
        someone(Field("owner", "Who sees to it?"), initial=owner),
        some_day(
            Field("due_on", "Until when?", hint="They are asked on the morning of that day."),
            initial=due_on,
        ),
        entry(
            Field("if_then", "If … then …", hint="When and where it is to be done.", optional=True),
            initial=if_then,
            placeholder="If a launch has no dashboard, then we build one first",
            max_length=MOST_TYPED,
        ),
    ]


def edit_modal(item: ActionItem, *, here: str = "") -> View:
    """`here`: the channel it was opened in, which comes back with what was filled in."""
    return form(
        f"Edit {item.label}",
        callback_id=EDIT,
        submit="Save",
        metadata=f"{item.id}:{here}",
        blocks=inputs(owner=item.owner_id, due_on=item.due_on, text=item.text, if_then=item.if_then),
    )


def new_date_modal(item: ActionItem, today: date, *, here: str = "") -> View:
    return form(
        "New date",
        callback_id=NEW_DATE,
        submit="Move it",
        metadata=f"{item.id}:{here}",
        blocks=[
            paragraph(bold(item.text), f" is due on {written_day(item.due_on)}."),
            some_day(
                Field("due_on", "Until when?", hint="Its owner is asked on the morning of that day."),
                initial=max(item.due_on, today),
            ),
        ],
    )


def drop_modal(item: ActionItem, *, here: str = "") -> View:
    return form(
        "Drop an action item",
        callback_id=DROP,
        submit="Drop it",
        metadata=f"{item.id}:{here}",
        blocks=[
            paragraph(bold(item.text), " will not be done."),
            entry(
                Field("reason", "Why not?", hint="The team's next retro shows it."),
                placeholder="The new editor made it unnecessary",
                multiline=True,
                max_length=MOST_TYPED,
                focus=True,
            ),
        ],
    )
