"""The modal that records a launch; More redraws it with the rest of its inputs."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    DatePickerElement,
    InputBlock,
    Option,
    PlainTextObject,
    UserSelectElement,
)
from slack_sdk.models.views import View

from slackapp.features.launches.rules import CHECKPOINTS, DEFAULT_CHECKPOINTS, FROM_NUMBERS
from slackapp.features.metrics.rules import Direction
from slackapp.slack.blocks import VALUE, Field, actions, button, choice, element, entry
from slackapp.slack.routes import Value

RECORD = "launches.record"
MORE = "launches.more"

#: Inputs take more than we keep: what is too long is said at its field, and nothing typed is cut off.
TYPED = 3000


@dataclass(frozen=True)
class FormState:
    """What the modal has to remember between its redraws."""

    channel: str
    more: bool = False

    @classmethod
    def read(cls, metadata: str) -> "FormState":
        stored = json.loads(metadata)
        return cls(channel=stored["channel"], more=stored["more"])

    def write(self) -> str:
        return json.dumps({"channel": self.channel, "more": self.more})


def new_launch(state: FormState, *, owner: str, today: date, typed: Mapping[str, Value]) -> View:
    """The modal with the eight inputs, and with More the rest of them below.

    `typed` is what stands in its inputs already, by block id. Slack keeps it where ids stay the same, and
    saying it again costs nothing.
    """
    return View(
        type="modal",
        callback_id=RECORD,
        private_metadata=state.write(),
        title=PlainTextObject(text="Record a launch"),
        submit=PlainTextObject(text="Record"),
        close=PlainTextObject(text="Cancel"),
        blocks=[*_inputs(typed, today), *(_more(owner) if state.more else [_more_button()])],
    )


def _inputs(typed: Mapping[str, Value], today: date) -> list[Block]:
    def text(about: Field, placeholder: str, *, multiline: bool = False, focus: bool = False) -> InputBlock:
        stands = typed.get(about.block_id)
        return entry(
            about,
            initial=stands if isinstance(stands, str) else None,
            placeholder=placeholder,
            multiline=multiline,
            max_length=TYPED,
            focus=focus,
        )

    titled = bool(typed.get("title"))
    problem = "What user problem are we solving with this feature?"
    metric = "How will this feature impact our key business metrics?"
    from_to = "Where it stands, and where you hope it goes."
    outcomes = "What are the desired outcomes for our users?"
    link = "Where do you look the number up?"
    return [
        text(Field("title", "What shipped?"), "New onboarding", focus=not titled),
        text(
            Field("problem", problem),
            "New teams give up before they see anything of value",
            multiline=True,
            focus=titled,
        ),
        text(Field("audience", "For whom?"), "teams in their first week"),
        text(Field("metric", metric, "Name one metric.", optional=True), "Activation"),
        text(Field("from_to", "From → to", from_to, optional=True), "40 % → 50 %"),
        text(
            Field("outcomes", outcomes, optional=True),
            "They invite a colleague on the first day",
            multiline=True,
        ),
        text(Field("link", link, "A link to the dashboard.", optional=True), "https://"),
        element(
            Field("day", "Day", hint="The day it was out for its users."),
            DatePickerElement(action_id=VALUE, initial_date=str(typed.get("day") or today.isoformat())),
        ),
    ]


def _more_button() -> Block:
    return actions(button(MORE, "More"), block_id="more")


def _more(owner: str) -> list[Block]:
    directions = [
        (FROM_NUMBERS, "As the numbers say"),
        (Direction.UP, "It should rise"),
        (Direction.DOWN, "It should fall"),
        (Direction.HOLD_UP, "It should not fall"),
        (Direction.HOLD_DOWN, "It should not rise"),
    ]
    days = [Option(value=str(n), label=f"After {n} days") for n in CHECKPOINTS]
    return [
        element(
            Field("owner", "Owner", hint="Who is asked what happened."),
            UserSelectElement(action_id=VALUE, initial_user=owner),
        ),
        element(
            Field("backup", "Backup", hint="Who is asked if the owner does not answer.", optional=True),
            UserSelectElement(action_id=VALUE),
        ),
        entry(
            Field("because", "Because", hint="What makes you believe it.", optional=True),
            placeholder="six of eight new users asked where to begin",
            max_length=TYPED,
        ),
        choice(Field("direction", "Direction"), directions, initial=FROM_NUMBERS),
        entry(
            Field("unit", "Unit", hint="Read from the numbers if empty.", optional=True),
            placeholder="%",
            max_length=TYPED,
        ),
        entry(
            Field(
                "smallest_change",
                "Anything under this I'd call no change",
                hint="A quarter of the gap if empty.",
                optional=True,
            ),
            placeholder="2.5 %",
            max_length=TYPED,
        ),
        element(
            Field("checkpoints", "Ask what happened", hint="The last one is final."),
            CheckboxesElement(
                action_id=VALUE,
                options=days,
                initial_options=[o for o in days if int(o.value or 0) in DEFAULT_CHECKPOINTS],
            ),
        ),
    ]
