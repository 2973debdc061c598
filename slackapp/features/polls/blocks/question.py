"""The inputs about a poll's question: what is asked, and how it is answered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from slack_sdk.models.blocks import Block, InputBlock

from slackapp.features.polls.blocks.inputs import Inputs
from slackapp.features.polls.rules import MOST_OPTIONS, Kind
from slackapp.features.polls.rules.form import proposed_answers
from slackapp.features.polls.rules.question_form import LONGEST_OPTION, MOST_TYPED
from slackapp.features.polls.rules.templates import Template
from slackapp.slack.blocks import Field

#: Shown only where something stands in them: kept for whoever tries another kind and comes back.
_KEPT = "Kept in case you go back; nobody is asked this."


@dataclass(frozen=True)
class _Input:
    """What only some kinds of question have."""

    kinds: Sequence[Kind]
    about: Field
    placeholder: str
    is_long: bool = False

    def drawn(self, inputs: Inputs, about: Field) -> InputBlock:
        return (inputs.lines if self.is_long else inputs.line)(about, self.placeholder)


_INPUTS: Sequence[_Input] = (
    _Input(
        (Kind.SINGLE, Kind.MULTIPLE),
        Field(
            "options",
            "Options",
            hint=f"One a line: 2 to {MOST_OPTIONS}. Of {LONGEST_OPTION} characters at most, and all together "
            f"of fewer than {MOST_TYPED:,}.",
        ),
        "The import\nThe search\nThe report",
        is_long=True,
    ),
    _Input((Kind.MULTIPLE,), Field("fewest", "At least", hint="Left empty: one.", optional=True), "1"),
    _Input(
        (Kind.MULTIPLE,),
        Field("most", "At most", hint="Left empty: as many as there are.", optional=True),
        "3",
    ),
    _Input((Kind.SCALE,), Field("low_end", "What does 1 mean?", optional=True), "Not at all"),
    _Input((Kind.SCALE,), Field("high_end", "What does 5 mean?", optional=True), "Entirely"),
    _Input((Kind.NUMBER,), Field("unit", "Counted in", optional=True), "days"),
    _Input((Kind.NUMBER,), Field("lowest", "The least", optional=True), "0"),
    _Input((Kind.NUMBER,), Field("highest", "The most", optional=True), "100"),
)


def question_inputs(inputs: Inputs) -> list[Block]:
    return [
        inputs.line(
            Field("question", "Question"), "What should we do first?", focus=not inputs.text("question")
        ),
        inputs.select(
            Field("kind", "How is it answered?"), [(each.value, each.label) for each in Kind], redraws=True
        ),
        *answer_inputs(inputs, inputs.text("kind")),
    ]


def answer_inputs(inputs: Inputs, kind: str) -> list[Block]:
    """What people choose from, or within which bounds they answer; and what was typed for another kind."""
    template = next((each for each in Template if each == inputs.text("template")), Template.OWN)
    of_template = proposed_answers(template)
    blocks: list[Block] = []
    for each in _INPUTS:
        typed = inputs.text(each.about.block_id)
        if kind in each.kinds:
            blocks.append(each.drawn(inputs, each.about))
        # What the template fills in it fills in again.
        elif typed and typed != of_template.get(each.about.block_id):
            blocks.append(each.drawn(inputs, replace(each.about, hint=_KEPT, optional=True)))
    return blocks
