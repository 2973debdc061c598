"""What a senior engineer is asked of a planned launch, and what they said of it."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from slackapp.core.words import clip, plain
from slackapp.features.discovery.models import Consideration
from slackapp.features.launches.blocks.days import planned_for
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import LaunchState
from slackapp.slack.blocks import (
    Field,
    Message,
    Part,
    actions,
    bold,
    button,
    day_of,
    entry,
    form,
    markdown,
    paragraph,
    small,
    user,
)
from slackapp.slack.text import escape, quoted

#: For the parts, which do not know the SDK.
Blocks = Sequence[Block]

CONSIDER = "discovery.consider"
TAKE_BACK = "discovery.take_back"

_QUESTION = "What are the technical considerations we should factor in?"

#: What the card shows of it, and what a message that asks three things does.
_LONGEST_ON_CARD = 300
_LONGEST_IN_MESSAGE = 600
#: More than is kept, so that what was typed too long is not cut off but said to be so; Slack takes no more.
_ROOM = 3000


def question(launch: Launch, said: Consideration | None, reader: str) -> Message:
    """The question as it should look now to its reader: open, answered, or no longer asked."""
    if launch.state == LaunchState.DROPPED:
        return _plain(f"{launch.label} {launch.title} was cancelled. There is nothing to do.")
    if said is not None and said.echo is not None and reader == said.said_by:
        return _plain(f"What to factor in for {launch.label} {launch.title}: you said it below.")
    if said is not None:
        return said_message(launch, said, buttons=reader == said.said_by)
    if launch.state != LaunchState.PLANNED:
        return _plain(f"{launch.label} {launch.title} is out, so nothing is to be factored in any more.")
    if launch.senior_id is None:
        return _plain(f"{launch.label} {launch.title} was edited, and this is not asked any more.")
    blocks: list[Block] = [
        paragraph(bold(launch.title), f": {_QUESTION}"),
        small(f"{launch.label}, {planned_for(launch)} · for {clip(launch.audience, 100)}"),
        paragraph("Problem: ", clip(launch.problem, _LONGEST_ON_CARD)),
    ]
    if reader != launch.senior_id:
        blocks.append(
            paragraph(
                "Its senior engineer ",
                user(launch.senior_id),
                " has not said. Perhaps you know, or know who does.",
            )
        )
    return Message(
        text=f"{quoted(launch.title)}: {_QUESTION}",
        blocks=[*blocks, actions(button(CONSIDER, "Answer", str(launch.id), style="primary"))],
        hint="Or just reply in your own words. It stands on the launch's card.",
    )


def said_message(launch: Launch, said: Consideration, *, buttons: bool = True, notice: str = "") -> Message:
    """What was said, with a way back as long as it counts. `notice`: why other words were not taken."""
    heading = f"Technical considerations of {launch.label} {launch.title}"
    blocks: list[Block] = [
        paragraph("Technical considerations of ", bold(f"{launch.label} {launch.title}"), ":"),
        paragraph(clip(said.text, _LONGEST_IN_MESSAGE)),
    ]
    if notice:
        blocks.append(paragraph(notice))
    if buttons and launch.state == LaunchState.PLANNED:
        value = str(launch.id)
        blocks += [
            small("It stands on the launch's card."),
            actions(button(CONSIDER, "Change", value), button(TAKE_BACK, "Undo", value)),
        ]
    return Message(escape(f"{heading}: {clip(plain(said.text), 100)}"), blocks)


def taken_back(launch: Launch) -> Message:
    return _plain(f"Taken back. The question about {launch.label} {launch.title} is open again.")


def not_taken(launch: Launch, sentence: str) -> Message:
    """A reply that could not be taken as the answer: why, and what to do."""
    about = f"This was about {launch.label} {clip(launch.title, 80)}. Nothing is kept of it."
    return Message(escape(f"{sentence} {about}"), [paragraph(sentence), small(about)])


def consider_form(launch: Launch, stands: str) -> View:
    return form(
        "Considerations",
        callback_id=CONSIDER,
        submit="Save",
        metadata=str(launch.id),
        blocks=[
            paragraph(bold(f"{launch.label} {launch.title}"), f", {planned_for(launch)}"),
            entry(
                Field("text", _QUESTION, hint="It stands on the launch's card, with your name."),
                initial=stands,
                placeholder="The import runs in one process: above 10,000 rows it has to move to the queue",
                multiline=True,
                max_length=_ROOM,
                focus=True,
            ),
        ],
    )


def on_card(said: Consideration) -> list[Part]:
    """A line of the card; the details have all of it."""
    return [
        "Technical considerations, says ",
        user(said.said_by),
        f": {clip(plain(said.text), _LONGEST_ON_CARD)}",
    ]


def in_details(said: Consideration) -> Blocks:
    return [
        markdown("*Technical considerations*"),
        paragraph(said.text),
        paragraph("Said by ", user(said.said_by), " on ", day_of(said.said_at)),
    ]


def ways(launch: Launch, said: Consideration | None) -> Blocks:
    """Below a launch that somebody looks at who may say it."""
    label = "Say what to factor in" if said is None else "Change the considerations"
    return [actions(button(CONSIDER, label, str(launch.id)))]


def _plain(text: str) -> Message:
    return Message(escape(text), [paragraph(text)])
