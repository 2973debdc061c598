"""What launches ask by direct message: whether one is out, and how anybody will know whether it worked."""

from datetime import date

from slack_sdk.models.blocks import Block, DatePickerElement
from slack_sdk.models.views import View

from slackapp.core.words import clip, written_day
from slackapp.features.launches.blocks.days import asked_after, planned_for
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import LaunchState
from slackapp.slack.blocks import (
    MOST_TYPED,
    VALUE,
    Field,
    Message,
    actions,
    bold,
    button,
    element,
    entry,
    form,
    paragraph,
    small,
    user,
)
from slackapp.slack.text import escape, quoted

IS_OUT = "launches.is_out"
NEW_DATE = "launches.new_date"
DROP = "launches.drop"
NAME_METRIC = "launches.name_metric"
NO_METRIC = "launches.no_metric"
MAYBE_METRIC = "launches.maybe_metric"


def for_somebody_else(launch: Launch, reader: str | None) -> list[Block]:
    """Whose launch it is, for whoever is asked about it in their place."""
    if reader in {None, launch.owner_id}:
        return []
    return [paragraph("It is a launch of ", user(launch.owner_id), "; perhaps you know.")]


def is_it_out(launch: Launch, reader: str | None = None) -> Message:
    """The question as it should look now to its reader: open, or answered."""
    if launch.state == LaunchState.DROPPED:
        return _plain(f"{launch.label} {launch.title} was cancelled. There is nothing to do.")
    if launch.state != LaunchState.PLANNED:
        return out_now(launch)
    return Message(
        text=f"Is {quoted(launch.title)} out?",
        blocks=[
            paragraph("Is ", bold(launch.title), " out?"),
            small(f"{launch.label}, {planned_for(launch)}"),
            *for_somebody_else(launch, reader),
            release(launch),
        ],
    )


def release(launch: Launch) -> Block:
    value = str(launch.id)
    return actions(
        button(IS_OUT, "It's out", value, style="primary"),
        button(NEW_DATE, "New date", value),
        button(DROP, "Dropped", value),
    )


def out_now(launch: Launch) -> Message:
    if launch.metric:
        then = f"What happened to {launch.metric} is asked {asked_after(launch)}."
    else:
        then = "No metric is named yet; you will be asked for one."
    return _plain(f"{launch.label} {launch.title} is out since {written_day(launch.day)}. {then}")


def new_date_modal(launch: Launch, today: date) -> View:
    return form(
        "New date",
        callback_id=NEW_DATE,
        submit="Move it",
        metadata=str(launch.id),
        blocks=[
            paragraph(bold(launch.title), f" is {planned_for(launch)}."),
            element(
                Field("day", "When is it to be out?", hint="Its owner is asked on the morning of that day."),
                DatePickerElement(action_id=VALUE, initial_date=max(launch.day, today).isoformat()),
            ),
        ],
    )


def how_will_we_know(launch: Launch, reader: str | None = None) -> Message:
    """The question for a metric as it should look now: open, answered, or no longer asked."""
    if launch.state == LaunchState.DROPPED:
        return _plain(f"{launch.label} {launch.title} was cancelled. There is nothing to do.")
    if launch.metric is not None:
        return metric_named(launch)
    if launch.state != LaunchState.OUT:
        return _unmeasured(launch)
    return Message(
        text=f"How will we know whether {quoted(launch.title)} worked?",
        blocks=[
            paragraph("How will we know whether ", bold(launch.title), " worked?"),
            small(f"{launch.label}, out since {written_day(launch.day)}, names no metric yet."),
            *for_somebody_else(launch, reader),
            actions(
                button(NAME_METRIC, "Name a metric", str(launch.id), style="primary"),
                button(NO_METRIC, "It cannot be measured", str(launch.id)),
            ),
        ],
        hint="Or just reply with the metric's name, like “Activation”.",
    )


def _unmeasured(launch: Launch) -> Message:
    text = f"{launch.label} {launch.title} counts as never measured."
    return Message(
        escape(text),
        [
            paragraph(text),
            actions(
                button(NAME_METRIC, "Name a metric", str(launch.id)),
                button(MAYBE_METRIC, "Undo", str(launch.id)),
            ),
        ],
    )


def metric_named(launch: Launch) -> Message:
    text = f"{launch.label} {launch.title} is judged by {launch.metric}."
    blocks: list[Block] = [
        paragraph(f"{launch.label} ", bold(launch.title), " is judged by ", bold(launch.metric or ""), ".")
    ]
    if launch.baseline is None:
        blocks.append(
            small("For a verdict it takes two numbers, from and to: Edit on its card asks for them.")
        )
    return Message(escape(text), blocks)


def metric_modal(launch: Launch) -> View:
    return form(
        "Name a metric",
        callback_id=NAME_METRIC,
        submit="Save",
        metadata=str(launch.id),
        blocks=[
            paragraph("How will we know whether ", bold(launch.title), " worked?"),
            entry(
                Field("metric", "Metric", hint="One metric, by the name your dashboard has for it."),
                placeholder="Activation",
                max_length=MOST_TYPED,
                focus=True,
            ),
            entry(
                Field(
                    "from_to", "From → to", hint="Where it stood, and where you hoped it goes.", optional=True
                ),
                placeholder="40 % → 50 %",
                max_length=MOST_TYPED,
            ),
        ],
    )


def not_understood(launch: Launch, sentence: str) -> Message:
    """A reply that could not be taken as the answer: why, and what to do."""
    about = f"This was about {launch.label} {clip(launch.title, 80)}. Nothing is recorded yet."
    return Message(escape(f"{sentence} {about}"), [paragraph(sentence), small(about)])


def _plain(text: str) -> Message:
    return Message(escape(text), [paragraph(text)])
