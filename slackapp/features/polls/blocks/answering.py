"""Answering: the form with the right input, and what somebody is told of their own answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    CheckboxesElement,
    InputBlock,
    Option,
    PlainTextObject,
    RadioButtonsElement,
    StaticMultiSelectElement,
    StaticSelectElement,
)
from slack_sdk.models.blocks.block_elements import InputInteractiveElement
from slack_sdk.models.views import View

from slackapp.core.words import clip, counted
from slackapp.features.metrics.rules import show
from slackapp.features.polls.blocks.inputs import TYPED
from slackapp.features.polls.blocks.tally import brief
from slackapp.features.polls.blocks.words import MOST_SAID, chosen_of, how, naming, said
from slackapp.features.polls.queries.views import RoundView
from slackapp.features.polls.rules import Answer, Kind, Results
from slackapp.features.polls.rules.answers import FIELD, LONGEST_TEXT, NO, SCALE, YES
from slackapp.features.polls.rules.labels import labels
from slackapp.features.workspaces.blocks import function_input
from slackapp.slack.blocks import (
    VALUE,
    Field,
    Part,
    actions,
    bold,
    bullets,
    button,
    element,
    entry,
    form,
    italic,
    moment_of,
    paragraph,
    small,
)
from slackapp.slack.replies import Whisper

SUBMIT = "polls.answer_form"
FUNCTION = "polls.function"
WITHDRAW = "polls.withdraw"

#: Options that stand below each other; more of them are in a menu.
_BESIDE = 10
#: Of what somebody chose, so many are said back to them.
_SAID_BACK = 20
#: Characters of an option, and of what stands below it.
_OPTION = 75


@dataclass(frozen=True)
class Answering:
    """What somebody sees while they answer."""

    view: RoundView
    own: Answer | None
    #: Their function is asked, too: it matters here, and never was asked.
    wants_function: bool
    #: The channel they act in.
    here: str


def answer_form(answering: Answering) -> View:
    view, own = answering.view, answering.own
    label = view.poll.label
    return form(
        f"Your answer to {label}" if len(label) <= len("P-99999") else label,
        callback_id=SUBMIT,
        submit="Change" if own else "Answer",
        close="Close",
        metadata=f"{view.round.id}:{answering.here}",
        blocks=[
            *([paragraph(view.question.details)] if view.question.details else ()),
            _input(answering),
            *([function_input()] if answering.wants_function else ()),
            paragraph("You can change it any time ", moment_of("until", view.round.closes_at), "."),
            small(naming(view.poll)),
            *([actions(_withdraw(view))] if own else ()),
        ],
    )


def function_form(view: RoundView, answer: Answer) -> View:
    """After a click: the answer is kept already."""
    return form(
        "One more thing",
        callback_id=FUNCTION,
        submit="Save",
        close="Not now",
        metadata=str(view.round.id),
        blocks=[*_you_said(view, answer), function_input()],
    )


def answered(view: RoundView, answer: Answer, results: Results | None) -> Whisper:
    """What they said is kept. `results`: what they may see now."""
    return Whisper("Your answer is kept.", _kept(view, answer, results))


def answered_sheet(view: RoundView, answer: Answer, results: Results | None) -> View:
    """The same in place of the form."""
    return _sheet(_kept(view, answer, results))


def withdrawn(*, was_there: bool) -> Whisper:
    text = "Taken back: your answer is gone." if was_there else "There is no answer of yours here."
    return Whisper(text, [paragraph(f"{text} You can answer anew until this closes.")])


def withdrawn_sheet(*, was_there: bool) -> View:
    return _sheet(withdrawn(was_there=was_there).blocks)


def _sheet(blocks: Sequence[Block]) -> View:
    return View(
        type="modal",
        title=PlainTextObject(text="Your answer", emoji=False),
        close=PlainTextObject(text="Close", emoji=False),
        blocks=blocks,
    )


def _kept(view: RoundView, answer: Answer, results: Results | None) -> list[Block]:
    return [
        *_you_said(view, answer),
        actions(_withdraw(view), block_id="own"),
        *(brief(view.question, results) if results else ()),
    ]


def _you_said(view: RoundView, answer: Answer) -> list[Block]:
    change: list[Part] = ["Change it any time ", moment_of("until", view.round.closes_at), "."]
    chosen = chosen_of(view.question, answer)
    if sum(map(len, chosen)) <= MOST_SAID:
        return [paragraph("You said ", bold(said(view.question, answer)), ". ", *change)]
    rows: list[list[Part]] = [[each] for each in chosen[:_SAID_BACK]]
    if len(chosen) > _SAID_BACK:
        rows.append([italic(f"and {len(chosen) - _SAID_BACK} more")])
    there = f"{len(chosen)} of {counted(len(view.question.options), 'option')}"
    return [paragraph("You chose ", bold(there), ":"), bullets(rows), paragraph(*change)]


def _withdraw(view: RoundView) -> ButtonElement:
    return button(WITHDRAW, "Withdraw my answer", str(view.round.id))


def _input(answering: Answering) -> InputBlock:
    question, own = answering.view.question, answering.own
    about = Field(FIELD, question.text, hint=how(question) or None)
    match question.kind:
        case Kind.NUMBER:
            typed = None if own is None or own.number is None else show(own.number)
            return entry(about, initial=typed, max_length=TYPED)
        case Kind.TEXT:
            about = Field(FIELD, question.text, hint=f"At most {LONGEST_TEXT} characters.")
            return entry(about, initial=own.text if own else None, multiline=True, max_length=TYPED)
        case Kind.MULTIPLE:
            return element(about, _several(answering))
        case _:
            return element(about, _one(answering))


def _one(answering: Answering) -> InputInteractiveElement:
    own, options = answering.own, _options(answering)
    chosen = next((each for each in options if own and each.value == str(own.option)), None)
    if len(options) <= _BESIDE:
        return RadioButtonsElement(action_id=VALUE, options=options, initial_option=chosen)
    return StaticSelectElement(action_id=VALUE, options=options, initial_option=chosen)


def _several(answering: Answering) -> InputInteractiveElement:
    question, own, options = answering.view.question, answering.own, _options(answering)
    places = {str(place) for place in own.choices} if own else set()
    chosen = [each for each in options if each.value in places] or None
    if len(options) <= _BESIDE:
        return CheckboxesElement(action_id=VALUE, options=options, initial_options=chosen)
    return StaticMultiSelectElement(
        action_id=VALUE, options=options, initial_options=chosen, max_selected_items=question.most
    )


def _options(answering: Answering) -> list[Option]:
    question = answering.view.question
    match question.kind:
        case Kind.SCALE:
            return [_option(place, _on_scale(question.options, place)) for place in SCALE]
        case Kind.YES_NO:
            return [_option(YES, "Yes"), _option(NO, "No")]
        case _:
            return [_option(place, label) for place, label in enumerate(labels(question))]


def _on_scale(ends: Sequence[str], place: int) -> str:
    meaning = dict(zip((SCALE[0], SCALE[-1]), ends, strict=False)).get(place)
    return f"{place}: {meaning}" if meaning else str(place)


def _option(place: int, label: str) -> Option:
    """What does not fit an option's first line stands on its second."""
    first, rest = _halves(label)
    return Option(
        value=str(place),
        text=PlainTextObject(text=first, emoji=False),
        description=PlainTextObject(text=clip(rest, _OPTION), emoji=False) if rest else None,
    )


def _halves(label: str) -> tuple[str, str]:
    if len(label) <= _OPTION:
        return label, ""
    # At a space, if what is left fits.
    space = label.rfind(" ", len(label) - _OPTION - 1, _OPTION + 1)
    cut = space if space > 0 else _OPTION
    return label[:cut].rstrip(), label[cut:].strip()
