"""The message that asks, and what is said to a reply that answers nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    DividerBlock,
    InteractiveElement,
    Option,
    PlainTextObject,
    StaticSelectElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from slackapp.core.words import written_day
from slackapp.features.prompts.models import Prompt, PromptState
from slackapp.features.prompts.rules import MOST_SNOOZES, SNOOZES, Pace
from slackapp.slack.blocks import (
    VALUE,
    Field,
    Message,
    actions,
    button,
    element,
    form,
    paragraph,
    small,
    user,
)

#: Of the open questions so many are named, the oldest first.
MOST_NAMED = 10


SNOOZE = "prompts.snooze"
PASS_ON = "prompts.pass_on"  # noqa: S105 - an action, not a password
FEWER = "prompts.fewer"
DAILY = "prompts.daily"


_IN_THREAD = "Other questions are open, too: press a button, or reply in the thread of this message."
_UNHEARD = "You have not answered lately, so the next of these comes in a week; an answer brings it sooner."


@dataclass(frozen=True)
class Asking:
    """A prompt in its message: what its feature shows, and until when it is put off."""

    prompt: Prompt
    question: Message
    until: date | None


def asking(
    asks: Sequence[Asking],
    message: str,
    *,
    pace: Pace | None,
    others: bool = False,
    news: Sequence[Message] = (),
    left: Sequence[Message] = (),
) -> Message:
    """One message for everything asked and told on one morning; something of it there is.

    `pace`: None where it is no morning's message. `others`: questions of other messages are open, too.
    `left`: what stands in place of what just left it.
    """
    alone = sum(ask.prompt.state in {PromptState.ASKED, PromptState.WAITING} for ask in asks) == 1
    asks = [replace(ask, question=replace(ask.question, hint=_IN_THREAD)) if others else ask for ask in asks]
    blocks = _apart([*(_ask(ask, alone=alone) for ask in asks), *(note.blocks for note in left)])
    if pace is not None and any(ask.prompt.state == PromptState.ASKED for ask in asks):
        blocks += _pace(message, pace)
    if news:
        told = [block for piece in news for block in piece.blocks]
        blocks = _apart([part for part in (blocks, told) if part])
    texts = [*(ask.question.text for ask in asks), *(piece.text for piece in news)]
    texts = texts or [note.text for note in left]
    more = f" (and {len(texts) - 1} more)" if len(texts) > 1 else ""
    return Message(text=f"{texts[0]}{more}", blocks=blocks)


def _apart(parts: Sequence[Sequence[Block]]) -> list[Block]:
    blocks: list[Block] = []
    for part in parts:
        if blocks:
            blocks.append(DividerBlock())
        blocks += part
    return blocks


def _ask(ask: Asking, *, alone: bool) -> list[Block]:
    """Where several are open in one message, a reply could be meant for any of them."""
    prompt, blocks = ask.prompt, list(ask.question.blocks)
    if prompt.state == PromptState.WAITING and ask.until is not None:
        return _put_off(ask.question, f"Put off until {written_day(ask.until)}.")
    if prompt.state != PromptState.ASKED:
        return blocks
    hint = [small(ask.question.hint)] if alone and ask.question.hint else []
    return [*blocks, *hint, controls(prompt)]


def controls(prompt: Prompt) -> ActionsBlock:
    """Putting it off and passing it on: below the question, wherever it is shown while it is open."""
    elements: list[InteractiveElement] = [button(PASS_ON, "Ask someone else", str(prompt.id))]
    if prompt.snoozes < MOST_SNOOZES:
        elements.insert(0, _snooze(prompt))
    return actions(*elements, block_id=f"prompts:{prompt.id}")


def _put_off(question: Message, words: str) -> list[Block]:
    still = [block for block in question.blocks if not isinstance(block, ActionsBlock)]
    return [*still, small(words)]


def _snooze(prompt: Prompt) -> InteractiveElement:
    labels = {1: "1 day", 3: "3 days", 7: "1 week"}
    return StaticSelectElement(
        action_id=SNOOZE,
        placeholder=PlainTextObject(text="Snooze", emoji=False),
        options=[Option(value=f"{prompt.id}:{days}", label=labels[days]) for days in SNOOZES],
    )


def _pace(message: str, pace: Pace) -> list[Block]:
    if pace == Pace.WEEKLY:
        return [
            small("You get one of these a week at the most."),
            actions(button(DAILY, "Every working day again", message)),
        ]
    fewer = actions(button(FEWER, "Fewer of these", message))
    return [small(_UNHEARD), fewer] if pace == Pace.UNHEARD else [fewer]


def pass_on_modal(prompt: Prompt) -> View:
    return form(
        "Ask someone else",
        callback_id=PASS_ON,
        submit="Pass on",
        metadata=str(prompt.id),
        blocks=[
            element(
                Field("person", "Who may know?", hint="They are asked on their next working morning."),
                UserSelectElement(action_id=VALUE),
            ),
        ],
    )


def handed_over(to: str) -> Message:
    """What stands in place of a question that somebody else is asked now."""
    return Message(text="Somebody else is asked now.", blocks=[paragraph(user(to), " is asked now.")])


def asked_again(question: Message, on: date) -> Message:
    """What stands in place of a question whose moment is another now."""
    return Message(text=question.text, blocks=_put_off(question, f"Asked again on {written_day(on)}."))


def not_yours() -> Message:
    """What stands in place of words from a channel that the person has left."""
    text = "You are not asked about this any more."
    return Message(text=text, blocks=[paragraph(text)])


def nothing_open() -> Message:
    text = "I read replies to my questions, and none is open for you. /launch help says what else I can do."
    return Message(text=text, blocks=[paragraph(text)])


def nothing_asked_here() -> Message:
    text = (
        "Nothing is asked in this thread now. Reply outside of it, or press Record under the question you "
        "mean. To change an answer, press Undo under it."
    )
    return Message(text=text, blocks=[paragraph(text)])


def which_one(questions: Sequence[Message]) -> Message:
    """Several are open, so a bare reply could belong to any of them. Each begins with the question itself."""
    text = f"{len(questions)} questions are open, so I cannot tell which one this answers."
    what_to_do = "Nothing is recorded. Press a button under the one you mean:"
    more = len(questions) - MOST_NAMED
    return Message(
        text=text,
        blocks=[
            paragraph(f"{text} {what_to_do}"),
            *(question.blocks[0] for question in questions[:MOST_NAMED]),
            *([small(f"and {more} more")] if more > 0 else []),
        ],
    )
