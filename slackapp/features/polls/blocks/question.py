"""The inputs about a poll's question: what is asked, and how it is answered."""

from slack_sdk.models.blocks import Block

from slackapp.features.polls.blocks.inputs import Inputs, when
from slackapp.features.polls.rules import MOST_OPTIONS, Kind
from slackapp.features.polls.rules.question_form import LONGEST_OPTION
from slackapp.slack.blocks import Field

_CHOICES = frozenset({Kind.SINGLE.value, Kind.MULTIPLE.value})

#: Shown only where something stands in them: kept for whoever tries another kind and comes back.
_KEPT = "Kept in case you go back; nobody is asked this."


def question_inputs(inputs: Inputs) -> list[Block]:
    kind = inputs.text("kind")
    return [
        inputs.line(
            Field("question", "Question"), "What should we do first?", focus=not inputs.text("question")
        ),
        inputs.select(
            Field("kind", "How is it answered?"), [(each.value, each.label) for each in Kind], redraws=True
        ),
        *answer_inputs(inputs, kind),
    ]


def answer_inputs(inputs: Inputs, kind: str) -> list[Block]:
    """What people choose from, or within which bounds they answer."""
    return [
        *_options(inputs, kind),
        *when(kind == Kind.MULTIPLE, *_how_many(inputs)),
        *when(
            kind == Kind.SCALE,
            inputs.line(Field("low_end", "What does 1 mean?", optional=True), "Not at all"),
            inputs.line(Field("high_end", "What does 5 mean?", optional=True), "Entirely"),
        ),
        *when(kind == Kind.NUMBER, *_number(inputs)),
    ]


def _options(inputs: Inputs, kind: str) -> list[Block]:
    if kind in _CHOICES:
        hint = f"One a line: 2 to {MOST_OPTIONS}, of {LONGEST_OPTION} characters at most."
        return [inputs.lines(Field("options", "Options", hint=hint), "The import\nThe search\nThe report")]
    return when(inputs.text("options"), inputs.lines(Field("options", "Options", hint=_KEPT, optional=True)))


def _how_many(inputs: Inputs) -> list[Block]:
    return [
        inputs.line(Field("fewest", "At least", hint="Left empty: one.", optional=True), "1"),
        inputs.line(Field("most", "At most", hint="Left empty: as many as there are.", optional=True), "3"),
    ]


def _number(inputs: Inputs) -> list[Block]:
    return [
        inputs.line(Field("unit", "Counted in", optional=True), "days"),
        inputs.line(Field("lowest", "The least", optional=True), "0"),
        inputs.line(Field("highest", "The most", optional=True), "100"),
    ]
