"""What launches add to the messages that ask, and to the list of what is due."""

from collections.abc import Sequence

from slackapp.core.transaction import Tx
from slackapp.features.launches import blocks, queries
from slackapp.features.launches.rules import METRIC_KIND, OUT_KIND, Due
from slackapp.features.prompts.queries import Subjects, open_subjects
from slackapp.features.prompts.rules import Ask
from slackapp.slack.blocks import Message


async def question(tx: Tx, ask: Ask) -> Message | None:
    """Whether it is out, or how anybody will know whether it worked."""
    if ask.kind == OUT_KIND:
        return blocks.is_it_out(await queries.launch(tx, ask.subject_id), ask.user_id)
    if ask.kind == METRIC_KIND:
        return blocks.how_will_we_know(await queries.launch(tx, ask.subject_id), ask.user_id)
    return None


async def waiting(tx: Tx, due: Due) -> Sequence[Subjects]:
    """The launches of which nobody has said whether they are out, or by what they are judged."""
    del due
    return [open_subjects(tx, OUT_KIND), open_subjects(tx, METRIC_KIND)]
