"""What the form of a poll asks below More: where, when and how often, and what else is said."""

from slack_sdk.models.blocks import Block, DatePickerElement, TimePickerElement

from slackapp.features.polls.blocks.inputs import Inputs, when
from slackapp.features.polls.rules import Every, Shows, Way, Weekday
from slackapp.features.polls.rules.form import ANONYMOUS, NEVER
from slackapp.slack.blocks import VALUE, Field, markdown, small

_SHOWS = (
    (Shows.LIVE.value, "As they come in"),
    (Shows.AFTER_ANSWER.value, "To whoever has answered"),
    (Shows.AT_CLOSE.value, "When it closes"),
)
_BY_FUNCTION = ("by_function", "Count answers by function, too")
_REMINDS = ("reminds", "Remind once who has not answered")


def more_inputs(inputs: Inputs) -> list[Block]:
    is_anonymous = inputs.text("naming") == ANONYMOUS
    return [
        inputs.lines(
            Field("details", "What should people know before they answer?", optional=True),
        ),
        inputs.select(
            Field("way", "Where are they asked?"),
            [
                (Way.CHANNEL.value, "By one message in the channel"),
                (Way.DIRECT.value, "Each by a direct message"),
            ],
            redraws=True,
        ),
        *when(
            inputs.text("way") != Way.DIRECT,
            inputs.lines(
                Field("thread", "First word in its thread", hint="Left empty: none.", optional=True)
            ),
        ),
        small("Results are shown once, when it closes: so nobody can tell from two of them who said what.")
        if is_anonymous
        else inputs.select(Field("shows", "When are results shown?"), _SHOWS),
        inputs.boxes(
            Field("extras", "Also", optional=True),
            [_REMINDS] if is_anonymous else [_REMINDS, _BY_FUNCTION],
        ),
        inputs.element(
            Field(
                "until",
                "Open until the end of a day",
                hint="Instead of the length above. Left empty: that counts.",
                optional=True,
            ),
            DatePickerElement(action_id=VALUE, initial_date=inputs.text("until") or None),
        ),
        *_again(inputs),
    ]


def in_short(inputs: Inputs) -> str:
    """What is asked for below More, while that is closed."""
    where = "each by a direct message" if inputs.text("way") == Way.DIRECT else "by a message in the channel"
    said = [f"Asked {where}", _how_often(inputs)]
    if inputs.text("naming") != ANONYMOUS:
        shows = dict(_SHOWS).get(inputs.text("shows"), "")
        said.append(f"results are shown {shows[:1].lower()}{shows[1:]}")
    if "reminds" in inputs.listed("extras"):
        said.append("one reminder")
    if inputs.text("details"):
        said.append("with a few words below the question")
    if inputs.text("thread") and inputs.text("way") != Way.DIRECT:
        said.append("and a first word in its thread")
    return f"{', '.join(said)}. More changes this."


def _how_often(inputs: Inputs) -> str:
    every = next((each for each in Every if each == inputs.text("recurs")), None)
    weekday = next((day for day in Weekday if str(day.value) == inputs.text("weekday")), None)
    if every is None or weekday is None:
        return "once"
    return f"{every.label.lower()} on {weekday.label} at {inputs.text('at')}"


def _again(inputs: Inputs) -> list[Block]:
    recurs = inputs.text("recurs") != NEVER
    return [
        markdown("*Again*"),
        inputs.select(
            Field(
                "recurs",
                "Does it recur?",
                hint="The first round begins at once.",
            ),
            [(NEVER, "No"), *((each.value, each.label) for each in Every)],
            redraws=True,
        ),
        *when(
            recurs,
            inputs.select(
                Field("weekday", "On which day?"), [(str(day.value), day.label) for day in Weekday]
            ),
            inputs.element(
                Field("at", "At what time?"),
                TimePickerElement(action_id=VALUE, initial_time=inputs.text("at") or None),
            ),
        ),
        *when(
            recurs and inputs.text("way") == Way.DIRECT,
            inputs.select(
                Field("zone", "Whose time?", hint="In their own, the first round asks nobody at night."),
                [("mine", "Mine"), ("own", "That of each person")],
            ),
        ),
    ]
