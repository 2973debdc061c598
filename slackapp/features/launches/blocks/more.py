"""What a launch's form asks below More, in four groups; all of it has a default."""

from collections.abc import Iterable, Mapping

from slack_sdk.models.blocks import Block

from slackapp.features.launches.blocks.inputs import NEW_VERSION, hint, one_of, text, written
from slackapp.features.launches.rules import (
    CHECKPOINTS,
    DEFAULT_CHECKPOINTS,
    FROM_NUMBERS,
    Bottleneck,
    Evidence,
    FeltBy,
    Kind,
    ReworkReason,
)
from slackapp.features.metrics.rules import Direction
from slackapp.features.workspaces.rules import Function
from slackapp.slack.blocks import Field, boxes, choice, markdown, some_channel, someone
from slackapp.slack.routes import Value

Typed = Mapping[str, Value]


def more_inputs(typed: Typed, *, owner: str, channel: str | None, frozen: bool) -> list[Block]:
    """`channel`: where it is recorded unless said otherwise; None: that is settled, or asked elsewhere."""
    return [
        *_who_and_where(typed, owner, channel),
        *_the_numbers(typed, frozen=frozen),
        *_the_work(typed),
        *_why(typed),
    ]


def _who_and_where(typed: Typed, owner: str, channel: str | None) -> list[Block]:
    blocks: list[Block] = [
        markdown("*Who and where*"),
        someone(
            Field("owner", "Owner", hint="Who is asked what happened."),
            initial=written(typed, "owner") or owner,
        ),
        someone(
            Field("backup", "Backup", hint="Who is asked if the owner does not answer.", optional=True),
            initial=written(typed, "backup"),
        ),
    ]
    if channel is not None:
        blocks.append(where(typed, channel))
    return blocks


def where(typed: Typed, channel: str | None = None) -> Block:
    """In which channel it is recorded; `channel` unless said otherwise."""
    about = Field("channel", "Channel", hint="Where its card stands and its outcome is told.")
    return some_channel(about, initial=written(typed, "channel") or channel)


def _the_numbers(typed: Typed, *, frozen: bool) -> list[Block]:
    directions = [
        (FROM_NUMBERS, "As the numbers say"),
        (Direction.UP, "It should rise"),
        (Direction.DOWN, "It should fall"),
        (Direction.HOLD_UP, "It should not fall"),
        (Direction.HOLD_DOWN, "It should not rise"),
    ]
    under = "Anything under this I'd call no change"
    asked = hint("The last one is final.", frozen=frozen)
    rails = "Metrics that must not suffer, one on a line: what it is, and where it should stay."
    ticked = typed.get("checkpoints", list(map(str, DEFAULT_CHECKPOINTS)))
    return [
        markdown("*The numbers*"),
        choice(
            Field("direction", "Direction", hint=NEW_VERSION if frozen else None),
            directions,
            initial=written(typed, "direction") or FROM_NUMBERS,
        ),
        text(typed, Field("unit", "Unit", hint="Read from the numbers if empty.", optional=True), "%"),
        text(
            typed,
            Field(
                "smallest_change", under, hint("A quarter of the gap if empty.", frozen=frozen), optional=True
            ),
            "2.5 %",
        ),
        boxes(
            Field("checkpoints", "Ask what happened", hint=asked),
            [(str(days), f"After {days} days") for days in CHECKPOINTS],
            ticked=ticked or (),
        ),
        one_of(typed, Field("evidence", "How well can the numbers tell?"), _labelled(Evidence)),
        text(
            typed,
            Field(
                "guardrails",
                "Guardrails",
                hint=hint(rails, frozen=frozen),
                optional=True,
            ),
            "Churn: 3 %, under 3.5 %",
            multiline=True,
        ),
    ]


def _the_work(typed: Typed) -> list[Block]:
    ticked = typed.get("significant")
    return [
        markdown("*The work*"),
        choice(Field("kind", "Kind"), _labelled(Kind), initial=written(typed, "kind") or Kind.FEATURE),
        text(
            typed,
            Field("unlocks", "Which outcome does it unlock?", hint="Of technical work.", optional=True),
            "price tests without a release",
        ),
        one_of(
            typed,
            Field("felt_by", "Who feels it?", hint="Of technical work. Both are fine."),
            _labelled(FeltBy),
        ),
        text(
            typed,
            Field("systems", "Systems touched", hint="With commas between them.", optional=True),
            "billing, search",
        ),
        text(typed, Field("estimated_weeks", "Estimated weeks", optional=True), "3"),
        boxes(
            Field("significant", "Significance", optional=True),
            [("yes", "This is a significant launch")],
            ticked=ticked or (),
        ),
        text(typed, Field("reworks", "Which launch does it rework?", optional=True), "L-42"),
        one_of(typed, Field("rework_reason", "Why is it reworked?"), _labelled(ReworkReason)),
    ]


def _why(typed: Typed) -> list[Block]:
    bottleneck = Field("bottleneck", "Which bottleneck does it go for?")
    senior = "Who looked at it as an engineer early on."
    return [
        markdown("*Why*"),
        text(
            typed,
            Field("because", "Because", hint="What makes you believe it.", optional=True),
            "six of eight new users asked where to begin",
        ),
        text(
            typed,
            Field("goal", "Goal", hint="A short tag that launches have in common.", optional=True),
            "retention",
        ),
        one_of(typed, bottleneck, _labelled(Bottleneck)),
        text(typed, Field("expected_value", "Expected value", optional=True), "unlocks €120k a year"),
        one_of(typed, Field("idea_of", "Whose idea was it?"), _labelled(Function)),
        someone(
            Field("senior_id", "Senior engineer", hint=senior, optional=True),
            initial=written(typed, "senior_id"),
        ),
        one_of(
            typed,
            Field("senior_before_spec", "Did they see it before the spec?"),
            [("yes", "Yes"), ("no", "No")],
        ),
    ]


def _labelled(
    choices: Iterable[Kind | Evidence | Bottleneck | ReworkReason | FeltBy | Function],
) -> list[tuple[str, str]]:
    return [(each.value, each.label) for each in choices]
