"""What is asked about an action item by direct message: whether it is done, and whether it helped."""

from datetime import date

from slack_sdk.models.blocks import ActionsBlock, Block

from slackapp.core.words import clip
from slackapp.features.action_items.blocks.words import HELP, closed_on, due
from slackapp.features.action_items.models import ActionItem
from slackapp.features.action_items.rules import ActionState, Helped
from slackapp.slack.blocks import Message, Part, actions, bold, button, paragraph, small, user
from slackapp.slack.replies import Whisper
from slackapp.slack.text import escape, quoted

DONE = "action_items.done"
DROP = "action_items.drop"
NEW_DATE = "action_items.new_date"
REOPEN = "action_items.reopen"
HELPED = "action_items.helped"
TAKE_BACK = "action_items.take_back"


def is_it_done(item: ActionItem, reader: str, today: date, *, over: bool = False) -> Message:
    """The question as it should look now to its reader. `over`: it is not asked any more, and still open."""
    if item.state != ActionState.OPEN:
        return closed(item, reader)
    blocks: list[Block] = [paragraph("Is this done? ", bold(item.text)), *_context(item, due(item, today))]
    if reader != item.owner_id:
        blocks.append(paragraph("It is on ", user(item.owner_id), "; perhaps you know."))
    if over:
        blocks.append(small("You are not asked about it any more. Your team's next retro shows it."))
    return Message(
        text=f"Is this done? {quoted(item.text)}",
        blocks=[*blocks, closing(item)],
        hint="Or just reply “done”.",
    )


def closing(item: ActionItem) -> ActionsBlock:
    """What can be done with an open one, in a row of buttons."""
    value = str(item.id)
    return actions(
        button(DONE, "Done", value, style="primary"),
        button(DROP, "Drop", value),
        button(NEW_DATE, "New date", value),
    )


def closed(item: ActionItem, reader: str) -> Message:
    """What became of it, with a way back."""
    blocks: list[Block] = [paragraph(*_it_was(item, reader), ".")]
    if item.state == ActionState.DROPPED:
        blocks.append(paragraph(item.reason))
    elif item.helped is None and reader == item.owner_id:
        blocks.append(small("In two weeks you are asked whether it helped."))
    return Message(_in_short(item), [*blocks, actions(button(REOPEN, "Undo", str(item.id)))])


def did_it_help(item: ActionItem, reader: str) -> Message:
    """The question as it should look now to its reader: open, answered, or no longer asked."""
    value = str(item.id)
    if item.state != ActionState.DONE:
        text = f"{item.label} {item.text} is not done after all. There is nothing to say about it now."
        return Message(escape(text), [paragraph(text)])
    if item.helped is not None:
        return Message(
            _in_short(item),
            [
                paragraph(f"{item.label} ", bold(item.text), f": {HELP[Helped(item.helped)]}."),
                actions(button(TAKE_BACK, "Undo", value)),
            ],
        )
    blocks: list[Block] = [
        paragraph("Did this help? ", bold(item.text)),
        paragraph(
            f"{item.label} was done", *closed_on(item), f", from “{item.about}”." if item.about else "."
        ),
        *([small(item.if_then)] if item.if_then else []),
    ]
    if reader != item.owner_id:
        blocks.append(paragraph("It was on ", user(item.owner_id), "; perhaps you know."))
    return Message(
        text=f"Did this help? {quoted(item.text)}",
        blocks=[*blocks, actions(*(button(f"{HELPED}.{each}", each.label, value) for each in Helped))],
        hint="Or just reply “yes”, “no” or “cannot tell”.",
    )


def taken(item: ActionItem) -> Message:
    """A reply was taken as the answer."""
    text = f"{_in_short(item)} Undo stands under the question."
    words = HELP[Helped(item.helped)] if item.helped else "done"
    return Message(
        text,
        [
            paragraph(f"{item.label} ", bold(item.text), f": {words}."),
            small("Undo stands under the question."),
        ],
    )


def not_understood(item: ActionItem, sentence: str) -> Message:
    """A reply that could not be taken as the answer: why, and what to do."""
    about = f"This was about {item.label} {clip(item.text, 80)}. Nothing is changed."
    return Message(escape(f"{sentence} {about}"), [paragraph(sentence), small(about)])


def changed(item: ActionItem) -> Whisper:
    """What a press came to, where the message that was pressed may not show it."""
    return Whisper(_in_short(item))


def _context(item: ActionItem, stands: str) -> list[Block]:
    said = [item.label, stands, f"from “{item.about}”" if item.about else ""]
    lines: list[Block] = [small(" · ".join(filter(None, said)))]
    return [*lines, small(item.if_then)] if item.if_then else lines


def _it_was(item: ActionItem, reader: str) -> list[Part]:
    parts: list[Part] = [f"{item.label} ", bold(item.text), f" was {item.state}", *closed_on(item)]
    if item.closed_by in {None, reader}:
        return parts
    by = " by " if item.state == ActionState.DROPPED else ", says "
    return [*parts, by, user(str(item.closed_by))]


def _in_short(item: ActionItem) -> str:
    """One sentence, safe where markup is read."""
    about = f"{item.label} {quoted(item.text)}"
    if item.state == ActionState.OPEN:
        return f"{about} is open."
    if item.helped is not None:
        return f"{about}: {HELP[Helped(item.helped)]}."
    return f"{about} {'is done' if item.state == ActionState.DONE else 'was dropped'}."
