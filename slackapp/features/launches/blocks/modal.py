"""The form of a launch: eight inputs, and below More the rest of them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from slackapp.core.forms import FormMemory
from slackapp.features.launches.blocks.inputs import eight_inputs
from slackapp.features.launches.blocks.more import more_inputs, where
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import LaunchState
from slackapp.slack.blocks import actions, button, form, small
from slackapp.slack.routes import Value

#: The one callback of the form, whatever its purpose.
RECORD = "launches.record"
MORE = "launches.more"
#: Record a launch, where there is no channel.
NEW = "launches.new"
#: The entry in a message's menu, Record as launch.
FROM_MESSAGE = "launches.from_message"


class Purpose(StrEnum):
    RECORD = "record"
    EDIT = "edit"
    #: Of a planned launch: it is out, and what was still missing is asked.
    OUT = "out"


@dataclass(frozen=True)
class FormState(FormMemory):
    """What the form has to remember between its redraws."""

    #: Where it was opened; where a launch is recorded unless another channel is chosen. Empty: in no
    #: channel, so it is asked.
    channel: str
    more: bool = False
    #: The message it is recorded from, or that message's thread.
    thread_ts: str | None = None
    #: The launch it is about; None while one is recorded.
    launch_id: int | None = None
    number: int | None = None
    #: What counts stands already: a change of it makes a new version.
    frozen: bool = False
    purpose: Purpose = Purpose.RECORD

    @classmethod
    def of(cls, launch: Launch, purpose: Purpose) -> "FormState":
        """For a launch there is. Edited, it shows everything at once."""
        return cls(
            channel=launch.channel_id,
            more=purpose is Purpose.EDIT,
            launch_id=launch.id,
            number=launch.number,
            frozen=launch.state != LaunchState.PLANNED,
            purpose=purpose,
        )

    def opened(self) -> "FormState":
        """The same with More open."""
        return replace(self, more=True)


def launch_form(state: FormState, *, owner: str, today: date, typed: Mapping[str, Value]) -> View:
    """The form, for any of its purposes. `owner` and `today` are what is taken where nothing is typed.

    `typed` is what stands in its inputs already, by block id: of a launch there is `as_typed_in`. Slack keeps
    what was typed where ids stay the same, and saying it again costs nothing.
    """
    title, submit = {
        Purpose.RECORD: ("Record a launch", "Record"),
        Purpose.EDIT: (f"Edit L-{state.number}", "Save"),
        Purpose.OUT: (f"L-{state.number} is out", "It is out"),
    }[state.purpose]
    return form(
        title,
        callback_id=RECORD,
        submit=submit,
        metadata=state.write(),
        blocks=[
            *_before(state.purpose),
            *eight_inputs(
                _until(today, typed) if state.purpose is Purpose.OUT else typed,
                today,
                frozen=state.frozen,
                focus=state.purpose is not Purpose.EDIT,
            ),
            *_rest(state, owner, typed),
        ],
    )


def _before(purpose: Purpose) -> list[Block]:
    if purpose is not Purpose.OUT:
        return []
    return [small("Its numbers and checkpoints stand from now on; a later change of them is shown as one.")]


def _until(today: date, typed: Mapping[str, Value]) -> dict[str, Value]:
    """What is out did not come out on a day to come."""
    day = typed.get("day")
    return {**typed, "day": min(day, today.isoformat()) if isinstance(day, str) else None}


def _rest(state: FormState, owner: str, typed: Mapping[str, Value]) -> list[Block]:
    """A channel that has to be chosen does not hide below More."""
    is_asked = state.purpose is Purpose.RECORD and not state.channel
    chosen: list[Block] = [where(typed)] if is_asked else []
    if not state.more:
        return [*chosen, actions(button(MORE, "More"), block_id="more")]
    channel = state.channel if state.purpose is Purpose.RECORD else None
    return [*chosen, *more_inputs(typed, owner=owner, channel=channel or None, frozen=state.frozen)]
