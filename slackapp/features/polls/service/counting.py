"""The function by which an answer is counted, asked of whoever answers."""

from collections.abc import Mapping

from slackapp.core.transaction import Tx
from slackapp.features.polls import queries
from slackapp.features.polls.service.answering import answer
from slackapp.features.workspaces.service import take_function


async def take(tx: Tx, user_id: str, values: Mapping[str, object]) -> bool:
    """Keep what a form says of this person's function, if it asked. Whether it said one.

    Raises `FieldError` at `function` for what is not offered.
    """
    return "function" in values and await take_function(tx, user_id, values) is not None


async def recount(tx: Tx, user_id: str, round_id: int) -> None:
    """Count what they answered by the function they have now."""
    round_ = await queries.round_(tx, round_id)
    own = await queries.own_answer(tx, round_, user_id)
    if own is not None and round_.closed_at is None:
        await answer(tx, user_id, round_id, own)
