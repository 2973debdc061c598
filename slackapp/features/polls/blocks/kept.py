"""What the form of a poll says where a template was chosen after something was filled in."""

from collections.abc import Collection, Mapping

from slack_sdk.models.blocks import Block

from slackapp.features.polls.blocks.inputs import Inputs
from slackapp.features.polls.rules.filling import ANSWER
from slackapp.features.polls.rules.templates import Template
from slackapp.slack.blocks import Confirm, actions, button, italic, paragraph, small

TAKE_OVER = "polls.new.take_over"

_ANSWERS = "how it is answered"
_NAMED: Mapping[str, str] = {
    "question": "the question",
    **dict.fromkeys(sorted(ANSWER), _ANSWERS),
    "naming": "with or without names",
    "open_minutes": "how long it is open",
    "details": "what people should know",
    "way": "where they are asked",
    "thread": "the first word in its thread",
    "shows": "when results are shown",
    "extras": "what stands below Also",
    **dict.fromkeys(("recurs", "weekday", "at", "zone"), "how often it recurs"),
}


def kept_beside(inputs: Inputs, own: Collection[str]) -> list[Block]:
    """What stayed as it was filled in, and all that the template proposes at a press."""
    template = next((each for each in Template if each == inputs.text("template")), Template.OWN)
    named = list(dict.fromkeys(words for name, words in _NAMED.items() if name in own))
    if not named or template is Template.OWN:
        return []
    blocks: list[Block] = [small(f"Kept as you filled it in: {', '.join(named)}.")]
    if "question" in own:
        blocks = [*blocks, paragraph("This template asks: ", italic(template.proposal.text))]
    if template.asks_who_comes and _ANSWERS in named:
        blocks.append(small("Whoever chooses the first option, or yes, counts as being there."))
    text = f"In place of what you filled in: {', '.join(named)}."
    take = Confirm("Take what the template proposes?", text, "Take it")
    return [*blocks, actions(button(TAKE_OVER, "Take all of the template", confirm=take), block_id="kept")]
