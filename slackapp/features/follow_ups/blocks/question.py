"""The question as it stands in the message that asks it: open, answered, or no longer asked."""

from slack_sdk.models.blocks import Block, ButtonElement, InteractiveElement

from slackapp.core.words import clip
from slackapp.features.follow_ups.blocks.words import (
    background,
    beside,
    in_plain,
    outcome_in_short,
    result,
    team_rate,
    verdict,
)
from slackapp.features.follow_ups.models import FollowUp
from slackapp.features.follow_ups.queries import Answer, Story
from slackapp.features.follow_ups.rules import ANSWERS, FollowUpState
from slackapp.features.launches.blocks import for_somebody_else
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import Decision, LaunchState
from slackapp.features.prompts.blocks import controls
from slackapp.features.prompts.models import Prompt
from slackapp.slack.blocks import Message, Part, actions, bold, bullets, button, paragraph, small
from slackapp.slack.text import escape, quoted

RECORD = "follow_ups.record"
NO_NUMBER = "follow_ups.no_number"
UNDO = "follow_ups.undo"
DECIDE = "follow_ups.decide"
CHANGES_NEXT = "follow_ups.changes_next"
ADD = "follow_ups.add"
OVERRIDE = "follow_ups.override"
DASHBOARD = "follow_ups.dashboard"

#: Three answered questions have to fit one message.
_LONGEST = 300


def question(story: Story) -> Message:
    """The question as it should look now to the reader of this story."""
    launch, follow_up = story.launch, story.answer.follow_up
    state = follow_up.state
    if state == FollowUpState.OPEN:
        return _open(story)
    if state in ANSWERS:
        return _answered_below(story) if _has_echo(story) else answered(story)
    if state == FollowUpState.EXPIRED:
        return _expired(launch, follow_up)
    if launch.state == LaunchState.DROPPED:
        text = f"{launch.label} {launch.title} was cancelled. There is nothing to do."
    elif state == FollowUpState.DROPPED:
        text = f"{launch.label} {launch.title} was edited, and this is not asked any more."
    else:
        text = f"A later check of {launch.label} {launch.title} took the place of this one."
    return Message(escape(text), [paragraph(text)])


def _open(story: Story) -> Message:
    launch, follow_up = story.launch, story.answer.follow_up
    metric = launch.metric or ""
    buttons = [record_button(follow_up)]
    if launch.link:
        buttons.append(button(DASHBOARD, "Open the dashboard", url=launch.link))
    buttons.append(no_number_button(follow_up))
    return Message(
        text=f"What happened to {quoted(metric)} after {quoted(launch.title)} shipped?",
        blocks=[
            paragraph("What happened to ", bold(metric), " after ", bold(launch.title), " shipped?"),
            small(" · ".join(background(launch, follow_up))),
            *for_somebody_else(launch, story.reader),
            actions(*buttons),
        ],
        hint="Or just reply with the number, like “44 %, but Black Friday”.",
    )


def _has_echo(story: Story) -> bool:
    """Whether its reader was shown the answer below their own reply, with all its buttons."""
    follow_up = story.answer.follow_up
    return follow_up.echo is not None and follow_up.answered_by == story.reader


def _answered_below(story: Story) -> Message:
    what = result(story.launch, story.answer)
    again = small("Recorded from your reply. What can be done about it stands below that.")
    return Message(escape(in_plain(what)), [paragraph(*what), again])


def record_button(follow_up: FollowUp) -> ButtonElement:
    return button(RECORD, "Record", str(follow_up.id), style="primary")


def no_number_button(follow_up: FollowUp) -> ButtonElement:
    return button(NO_NUMBER, "No number", str(follow_up.id))


def _expired(launch: Launch, follow_up: FollowUp) -> Message:
    text = f"Nobody could say what happened to {launch.metric} after {launch.title} shipped."
    return Message(
        escape(text),
        [
            paragraph(text),
            small("It counts as unmeasured. If the number turns up, record it; nobody is asked again."),
            actions(button(RECORD, "Record", str(follow_up.id))),
        ],
    )


def answered(story: Story, notice: str = "") -> Message:
    """The answer with all that can still be done about it. `notice` is what to know before."""
    launch, follow_up = story.launch, story.answer.follow_up
    rows = [verdict(launch, story.answer)] if follow_up.final else []
    if story.answer.reading and story.answer.reading.note:
        rows.append([f"Noted: {clip(story.answer.reading.note, _LONGEST)}"])
    rows += beside(story, _LONGEST)
    if story.rate is not None and story.rate.says_something:
        rows.append(team_rate(story.rate))
    blocks: list[Block] = [paragraph(notice)] if notice else []
    blocks.append(paragraph(*result(launch, story.answer)))
    if rows:
        blocks.append(bullets(rows))
    if follow_up.final:
        blocks += _what_now(launch, follow_up)
    blocks.append(actions(*_corrections(story)))
    recorded = f"Recorded: {quoted(launch.metric or '')} {escape(story.answer.shown)}".rstrip()
    return Message(text=f"{recorded} after {quoted(launch.title)}", blocks=blocks)


def _what_now(launch: Launch, follow_up: FollowUp) -> list[Block]:
    if launch.decision is None:
        decided: list[Part] = ["What do you do about it?"]
    else:
        decided = ["Decision: ", bold(Decision(launch.decision).label), ". Another button changes it."]
    return [
        paragraph(*decided),
        deciding(launch, follow_up),
        paragraph("Does this change what we build next?"),
        actions(
            _changes(launch, follow_up, "yes", "Yes", answer=True),
            _changes(launch, follow_up, "no", "No", answer=False),
        ),
    ]


def deciding(launch: Launch, follow_up: FollowUp) -> Block:
    """What can be done about an outcome; what was chosen stands out."""
    return actions(
        *(
            button(
                f"{DECIDE}.{decision}",
                decision.label,
                str(follow_up.id),
                style="primary" if decision == launch.decision else None,
            )
            for decision in Decision
        )
    )


def _changes(launch: Launch, follow_up: FollowUp, name: str, label: str, *, answer: bool) -> ButtonElement:
    chosen = launch.changes_next is answer
    return button(f"{CHANGES_NEXT}.{name}", label, str(follow_up.id), style="primary" if chosen else None)


def _corrections(story: Story) -> list[ButtonElement]:
    launch, follow_up = story.launch, story.answer.follow_up
    buttons = [button(ADD, "Add more", str(follow_up.id))]
    if story.may_override:
        buttons.append(override_button(follow_up))
    if launch.decision is None or not follow_up.final:
        buttons.append(button(UNDO, "Undo", str(follow_up.id)))
    return buttons


def override_button(follow_up: FollowUp) -> ButtonElement:
    return button(OVERRIDE, "Override", str(follow_up.id))


Blocks = list[Block]


def answering(follow_up: FollowUp, prompt: Prompt | None = None) -> Blocks:
    """Below a launch: its question's buttons, and while it is asked those to put it off or pass it on."""
    buttons: list[InteractiveElement] = [record_button(follow_up)]
    if follow_up.state == FollowUpState.OPEN:
        buttons.append(no_number_button(follow_up))
    return [actions(*buttons), *([controls(prompt)] if prompt else [])]


def overriding(follow_up: FollowUp) -> Blocks:
    """Below a launch: what its owner can do about a verdict that somebody else was asked for."""
    return [actions(override_button(follow_up))]


def undone(launch: Launch, answer: Answer, *, may_reply: bool) -> Message:
    """What stands in place of an echo whose answer was taken back. `may_reply`: it is asked of the reader."""
    what = answer.shown if answer.reading else "that there is no number"
    text = f"Taken back: {what} for {launch.label} {launch.title}."
    if answer.follow_up.state == FollowUpState.OPEN and may_reply:
        text += " Reply again once you have the right number."
    elif answer.follow_up.state in {FollowUpState.OPEN, FollowUpState.EXPIRED}:
        text += " Record the right number where you recorded this one."
    return Message(escape(text), [paragraph(text)])


def unclear(launch: Launch, sentence: str) -> Message:
    """A reply that could not be taken as the answer: why, and what to do."""
    about = f"This was about {launch.label} {launch.title}. Nothing is recorded yet."
    return Message(escape(f"{sentence} {about}"), [paragraph(sentence), small(about)])


def told(launch: Launch, answer: Answer) -> Message:
    """The outcome, as news for somebody who worked on it."""
    what: list[Part] = ["You worked on ", bold(f"{launch.label} {clip(launch.title, 80)}"), ": "]
    what += outcome_in_short(launch, answer)
    return Message(escape(in_plain(what)), [paragraph(*what)])


def told_no_more(launch: Launch | None) -> Message:
    """What stands in place of such news once it does not hold any more."""
    if launch is None:
        text = "You took back that you worked on this launch, so you are told no more about it."
    else:
        text = f"You worked on {launch.label} {launch.title}. Its outcome was taken back."
    return Message(escape(text), [paragraph(text)])
