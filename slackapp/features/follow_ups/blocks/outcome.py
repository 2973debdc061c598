"""What the launch's channel sees: the question to everybody, the outcome, and lines on the card."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from slackapp.core.words import clip, written_day
from slackapp.features.follow_ups.blocks.question import RECORD
from slackapp.features.follow_ups.blocks.words import beside, in_plain, result, verdict
from slackapp.features.follow_ups.queries import Answer, Story
from slackapp.features.follow_ups.rules import ANSWERS, FollowUpState
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import Decision
from slackapp.slack.blocks import (
    CardPart,
    Message,
    Part,
    actions,
    bold,
    bullets,
    button,
    paragraph,
    small,
    user,
)
from slackapp.slack.text import escape, quoted

NOBODY = "follow_ups.nobody_knows"
_LONGEST = 1000
#: Slack takes no more buttons in a row.
_MOST_BUTTONS = 25


def outcome(story: Story, added: Sequence[CardPart] = ()) -> Message:
    """What the channel is told when the final question is answered. `added` is what higher features say."""
    launch, answer = story.launch, story.answer
    blocks: list[Block] = [paragraph(*result(launch, answer)), paragraph(*verdict(launch, answer))]
    if decided := _decided(launch):
        blocks.append(paragraph(*decided))
    rows: list[Sequence[Part]] = [*beside(story, _LONGEST), *(line for part in added for line in part.lines)]
    if rows:
        blocks.append(bullets(rows))
    told = [launch.label]
    if answer.reading:
        told.append(f"read on {written_day(answer.reading.observed_on)}")
        if answer.reading.note:
            told.append(f"noted: {clip(answer.reading.note, 500)}")
    blocks.append(small(" · ".join(told)))
    assert answer.follow_up.answered_by is not None
    blocks.append(paragraph("Recorded by ", user(answer.follow_up.answered_by)))
    if buttons := [each for part in added for each in part.buttons]:
        blocks.append(actions(*buttons[:_MOST_BUTTONS]))
    return Message(text=escape(in_plain(result(launch, answer))), blocks=blocks)


def _decided(launch: Launch) -> list[Part]:
    decided: list[Part] = []
    if launch.decision:
        decided += ["Decision: ", bold(Decision(launch.decision).label), ". "]
    if launch.changes_next is not None:
        changes = "changes" if launch.changes_next else "does not change"
        decided.append(f"This {changes} what we build next.")
    return decided


def taken_back(launch: Launch) -> Message:
    """What the channel reads in place of an outcome that was taken back."""
    text = f"The outcome of {launch.label} {launch.title} was taken back. The right one will stand here."
    return Message(escape(text), [paragraph(text)])


def does_anyone_know(asks: Sequence[tuple[Launch, Answer]]) -> Message:
    """What a channel is asked once a week, without names: all that the people asked did not answer."""
    blocks: list[Block] = []
    for launch, answer in asks:
        follow_up = answer.follow_up
        if follow_up.state in ANSWERS:
            blocks.append(paragraph(*result(launch, answer)))
            continue
        ask: list[Part] = ["Does anyone know what happened to ", bold(launch.metric or ""), " after "]
        blocks.append(paragraph(*ask, bold(launch.title), "?"))
        if follow_up.state == FollowUpState.OPEN:
            know = button(RECORD, "I know", str(follow_up.id), style="primary")
            blocks.append(actions(know, button(NOBODY, "Nobody does", str(follow_up.id))))
        else:
            blocks.append(small("Nobody is asked about it any more."))
    open_now = [launch for launch, answer in asks if answer.follow_up.state == FollowUpState.OPEN]
    if not open_now:
        return Message(text="Nothing is asked here any more.", blocks=blocks)
    more = f" (and {len(open_now) - 1} more)" if len(open_now) > 1 else ""
    about = f"{quoted(open_now[0].metric or '')} after {quoted(open_now[0].title)}"
    return Message(text=f"Does anyone know what happened to {about}?{more}", blocks=blocks)


def card_part(launch: Launch, answers: Sequence[Answer]) -> CardPart:
    """What the launch's card says of its questions and answers."""
    lines: list[list[Part]] = []
    for answer in answers:
        follow_up = answer.follow_up
        if follow_up.final and launch.verdict is not None:
            lines.append(["Outcome: ", *result(launch, answer)])
            lines.append(verdict(launch, answer))
        elif answer.reading:
            lines.append(["So far: ", bold(answer.shown), f" after {answer.days_after(launch)}"])
    days = [written_day(a.follow_up.due_on) for a in answers if a.follow_up.state == FollowUpState.OPEN]
    if days:
        lines.append([f"Asked about on {' and '.join(days)}"])
    return CardPart(lines)
