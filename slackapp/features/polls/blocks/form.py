"""The form that makes a poll: simple first, and below More the rest of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block, StaticSelectElement, UserMultiSelectElement
from slack_sdk.models.views import View

from slackapp.core.forms import FormMemory
from slackapp.features.polls.blocks.inputs import REDRAW, Inputs, when
from slackapp.features.polls.blocks.kept import kept_beside
from slackapp.features.polls.blocks.more import in_short, more_inputs
from slackapp.features.polls.blocks.question import question_inputs
from slackapp.features.polls.blocks.tally import counted_people
from slackapp.features.polls.blocks.words import ANONYMOUS as ANONYMITY
from slackapp.features.polls.blocks.words import lasting, names
from slackapp.features.polls.rules import FEWEST_SHOWN, Audience
from slackapp.features.polls.rules.form import ANONYMOUS, LENGTHS, MOST_PEOPLE, NAMED, YES
from slackapp.features.polls.rules.templates import Template
from slackapp.features.workspaces.rules import Function
from slackapp.slack.blocks import (
    Field,
    actions,
    bold,
    button,
    form,
    paragraph,
    small,
    some_channel,
)
from slackapp.slack.blocks import channel as channel_name
from slackapp.slack.routes import Value

NEW = "polls.new"
TEMPLATE = "polls.new.template"
MORE = "polls.new.more"

#: So many can be chosen in one list.
_MOST_CHOSEN = min(MOST_PEOPLE, 100)


@dataclass(frozen=True)
class FormState(FormMemory):
    """What the form has to remember between its redraws."""

    #: Where it was opened. Empty: in no channel, so it is asked.
    channel: str
    #: How often it was filled in anew, by another template.
    turn: int = 0
    more: bool = False
    #: So few would be asked by an anonymous poll that nothing would be shown; 0: nobody was told so yet.
    few: int = 0
    #: Which template filled it in last, and what somebody had filled in themselves by then.
    template: str = ""
    own: Sequence[str] = ()


@dataclass(frozen=True)
class FormView:
    state: FormState
    #: What stands in all inputs, shown or not.
    values: Mapping[str, Value]
    #: How many it would ask; None: that is not known yet.
    meant: int | None


def poll_form(view: FormView) -> View:
    state = view.state
    inputs = Inputs(view.values, state.turn)
    return form(
        "Make a poll",
        callback_id=NEW,
        submit="Send",
        metadata=state.write(),
        blocks=[
            *_where(state),
            _template(inputs),
            *kept_beside(inputs, state.own),
            *question_inputs(inputs),
            *_naming(inputs, state),
            *_audience(inputs, view),
            inputs.select(
                Field("open_minutes", "Open for"), [(str(each), lasting(each)) for each in LENGTHS]
            ),
            *_rest(inputs, view),
        ],
    )


def _where(state: FormState) -> list[Block]:
    if state.channel:
        return [paragraph("In ", channel_name(state.channel))]
    return [some_channel(Field("channel", "In which channel?", hint="Results are shown there."))]


def _template(inputs: Inputs) -> Block:
    about = Field("template", "Start from")
    menu = inputs.menu(about, [(template.value, template.label) for template in Template])
    return inputs.element(about, StaticSelectElement(action_id=TEMPLATE, **menu), redraws=True)


def _naming(inputs: Inputs, state: FormState) -> list[Block]:
    is_anonymous = inputs.text("naming") == ANONYMOUS
    says = names(inputs.text("template"), by_function="by_function" in inputs.listed("extras"))
    blocks: list[Block] = [
        inputs.radio(
            Field("naming", "With or without names?"),
            [(NAMED, "With names"), (ANONYMOUS, "Without names")],
        ),
        small(ANONYMITY if is_anonymous else says),
    ]
    if state.few and is_anonymous:
        blocks += [
            paragraph(
                bold(f"Only {counted_people(state.few)} would be asked"),
                f", and without names results are shown from {FEWEST_SHOWN} answers: you would see none. "
                "Choose “With names”, or ask more people.",
            ),
            inputs.boxes(Field("all_the_same", "Or", optional=True), [(YES, "Send it all the same")]),
        ]
    return blocks


def _audience(inputs: Inputs, view: FormView) -> list[Block]:
    audience = inputs.text("audience")
    return [
        inputs.select(
            Field("audience", "Who is asked?"),
            [
                (Audience.CHANNEL.value, "Everybody in the channel"),
                (Audience.PEOPLE.value, "Certain people"),
                (Audience.FUNCTIONS.value, "Certain functions"),
            ],
            redraws=True,
        ),
        *when(
            audience == Audience.PEOPLE,
            inputs.element(
                Field("people", "Which people?"),
                UserMultiSelectElement(
                    action_id=REDRAW,
                    initial_users=list(inputs.listed("people")) or None,
                    max_selected_items=_MOST_CHOSEN,
                ),
                redraws=True,
            ),
        ),
        *when(
            audience == Audience.FUNCTIONS,
            inputs.boxes(
                Field(
                    "functions",
                    "Which functions?",
                    hint="Those in the channel who said that this is theirs, in /launch settings.",
                ),
                [(function.value, function.label) for function in Function],
                redraws=True,
            ),
        ),
        *when(view.state.channel or audience == Audience.PEOPLE, _whom(view)),
    ]


def _whom(view: FormView) -> Block:
    if view.meant is None:
        return small("How many that is, Slack says once the poll is sent.")
    if view.meant == 0:
        return small("That is nobody so far.")
    return small(f"That is {counted_people(view.meant)}.")


def _rest(inputs: Inputs, view: FormView) -> list[Block]:
    if view.state.more:
        return more_inputs(inputs)
    return [small(in_short(inputs)), actions(button(MORE, "More"), block_id="more")]
