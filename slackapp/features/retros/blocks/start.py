"""The form that starts a retro: a few inputs, and below More the rest of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from slack_sdk.models.blocks import (
    Block,
    InputBlock,
    Option,
    StaticMultiSelectElement,
    StaticSelectElement,
    UserMultiSelectElement,
)
from slack_sdk.models.views import View

from slackapp.core.forms import FormMemory
from slackapp.core.words import clip
from slackapp.features.retros.blocks.start_more import more_inputs
from slackapp.features.retros.queries.beginnings import Offered
from slackapp.features.retros.rules import (
    ANONYMOUS,
    COLUMNS,
    LIVE,
    MOST_PEOPLE,
    NAMED,
    SLOW,
    Template,
    Weekday,
)
from slackapp.slack.blocks import (
    VALUE,
    Field,
    actions,
    button,
    choice,
    element,
    entry,
    form,
    paragraph,
    small,
    some_channel,
)
from slackapp.slack.blocks import channel as channel_name
from slackapp.slack.plain import Choice, Plain
from slackapp.slack.routes import Value

START = "retros.start"
WHERE = "retros.where"
MORE = "retros.start_more"
TEMPLATE = "retros.start_template"

_PROMISE = (
    "Without names, nothing that is kept says who wrote what once the notes are revealed. With fewer than "
    "three hand-ins nothing is revealed. This may be turned on later, and never off."
)


@dataclass(frozen=True)
class StartState(FormMemory):
    """What the form has to remember between its redraws."""

    channel: str
    #: The launch it was opened for; 0: for none in particular.
    about: int = 0
    more: bool = False

    def opened(self) -> "StartState":
        """The same with More open."""
        return replace(self, more=True)


@dataclass(frozen=True)
class StartView:
    state: StartState
    #: Whoever fills it in.
    user_id: str
    #: Today where they are.
    weekday: Weekday
    offered: Sequence[Offered]


def where_form() -> View:
    """Of somebody who is in no channel."""
    about = Field(
        "channel", "In which channel?", hint="It is held there, and what comes of it is told there."
    )
    return form("Start a retro", callback_id=WHERE, submit="Next", blocks=[some_channel(about)])


def start_form(view: StartView, typed: Mapping[str, Value]) -> View:
    """`typed` is what stands in its inputs already, by block id."""
    template = typed.get("template")
    own: list[Block] = [_columns(typed)] if template == Template.CUSTOM else []
    return form(
        "Start a retro",
        callback_id=START,
        submit="Start",
        metadata=view.state.write(),
        blocks=[
            paragraph("In ", channel_name(view.state.channel)),
            _template(str(template or Template.POST_LAUNCH)),
            *own,
            _launches(view, typed),
            people(
                Field(
                    "people",
                    "Who takes part?",
                    hint="Leave this empty for everybody in the channel.",
                    optional=True,
                ),
                typed,
                most=MOST_PEOPLE,
            ),
            choice(
                Field("anonymity", "With or without names?", hint=_PROMISE),
                [(ANONYMOUS, "Without names"), (NAMED, "With names")],
                initial=str(typed.get("anonymity") or ANONYMOUS),
            ),
            choice(
                Field("pace", "How is it held?"),
                [
                    (SLOW, "Over days: two days to write, one to vote"),
                    (LIVE, "Live: 7 minutes to write, 3 to vote, then talk"),
                ],
                initial=str(typed.get("pace") or SLOW),
            ),
            *_rest(view, typed),
        ],
    )


def people(about: Field, typed: Mapping[str, Value], *, most: int) -> InputBlock:
    """Several people of the workspace."""
    chosen = typed.get(about.block_id)
    return element(
        about,
        UserMultiSelectElement(
            action_id=VALUE,
            initial_users=chosen if isinstance(chosen, list) and chosen else None,
            max_selected_items=most,
        ),
    )


def _template(chosen: str) -> InputBlock:
    options = [_option(template.value, template.label) for template in Template]
    return InputBlock(
        block_id="template",
        label=Plain("Which questions?"),
        hint=" · ".join(COLUMNS.get(Template(chosen), ())) or None,
        element=StaticSelectElement(
            action_id=TEMPLATE,
            options=options,
            initial_option=next(option for option in options if option.value == chosen),
        ),
        # Columns of one's own are asked for as soon as they are chosen.
        dispatch_action=True,
    )


def _columns(typed: Mapping[str, Value]) -> InputBlock:
    written = typed.get("columns")
    return entry(
        Field("columns", "Your columns", hint="One a line, six at the most."),
        initial=written if isinstance(written, str) else None,
        placeholder="Keep\nChange\nTry",
        multiline=True,
        max_length=1000,
    )


def _launches(view: StartView, typed: Mapping[str, Value]) -> Block:
    if not view.offered:
        return small("No launch of this channel came out, or was measured, since its last retro.")
    chosen = typed.get("launches", [str(each.launch.id) for each in view.offered if each.is_chosen])
    options = [
        _option(str(each.launch.id), f"{each.launch.label} {each.launch.title}{_came_to(each)}")
        for each in view.offered
    ]
    return element(
        Field(
            "launches",
            "Launches to look back on",
            hint="Chosen already: those asked for, and those with an outcome since the last retro.",
            optional=True,
        ),
        StaticMultiSelectElement(
            action_id=VALUE,
            options=options,
            initial_options=[option for option in options if option.value in (chosen or ())] or None,
        ),
    )


def _came_to(offered: Offered) -> str:
    return f" · {offered.launch.standing}" if offered.launch.standing else ""


def _option(value: str, label: str) -> Option:
    return Choice(value, clip(label, 75))


def _rest(view: StartView, typed: Mapping[str, Value]) -> list[Block]:
    if not view.state.more:
        return [actions(button(MORE, "More"), block_id="more")]
    return more_inputs(typed, user_id=view.user_id, weekday=view.weekday)
