"""What learnings add to `/launch`: a word of their own."""

from slackapp.core.transaction import Tx
from slackapp.core.words import plain
from slackapp.features.launches.queries import Reader
from slackapp.features.launches.rules import Subcommand, Words
from slackapp.features.learnings import blocks, queries
from slackapp.features.learnings.rules import LONGEST_WORD
from slackapp.slack.replies import Whisper

WORD = "learnings"


async def words(tx: Tx, surface: Words) -> frozenset[str]:
    del tx, surface
    return frozenset({WORD})


async def listed(tx: Tx, asked: Subcommand) -> Whisper | None:
    """`/launch learnings [word]`."""
    if asked.verb != WORD:
        return None
    word = plain(asked.rest)[:LONGEST_WORD]
    page = await queries.page(tx, Reader(asked.user_id, asked.channel_id), word)
    return blocks.listing(page)
