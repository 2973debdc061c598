"""The topics of a retro over days, in the thread of its status: there people talk about them."""

from itertools import count

from slackapp.core.transaction import Tx
from slackapp.features.retros.blocks import discuss as blocks
from slackapp.features.retros.models import Retro
from slackapp.features.retros.queries import topics as found
from slackapp.features.retros.rules import status_key
from slackapp.outbox import service as outbox
from slackapp.outbox.queries import is_said
from slackapp.slack.blocks import Message


async def say(tx: Tx, about: Retro) -> None:
    """Let the thread list the topics as they are now; in one sitting nobody needs it to."""
    if about.is_live:
        return
    messages = blocks.listing(await found.board(tx, about), await found.tally(tx, about.id))
    to = outbox.Channel(about.channel_id, reply_to=status_key(about.id))
    for page, message in enumerate(messages):
        await outbox.say(tx, _key(about, page), to, message, responsible=about.facilitator_id)
    await _take_back(tx, about, blocks.listed_before(), after=len(messages))


async def correct(tx: Tx, about: Retro) -> None:
    """Let what the thread lists hold no name any more that was erased. What it never listed stays so."""
    if found.is_told(about):
        await say(tx, about)
    else:
        await _take_back(tx, about, blocks.not_listed(about))


async def erase(tx: Tx, about: Retro) -> None:
    """The topics are no more, and the thread lists none."""
    await _take_back(tx, about, blocks.not_listed(about))


async def _take_back(tx: Tx, about: Retro, instead: Message, *, after: int = 0) -> None:
    for page in count(after):
        if not await is_said(tx, _key(about, page)):
            return
        await outbox.withdraw(tx, _key(about, page), instead=instead)


def _key(about: Retro, page: int) -> str:
    return f"retros:{about.id}:topics:{page + 1}"
