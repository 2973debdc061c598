"""Rounds that are closed, for what is counted over several of them."""

from sqlalchemy import ColumnElement, and_, or_

from slackapp.core.transaction import Tx
from slackapp.features.polls.models import Poll, Round
from slackapp.features.polls.rules import FEWEST_SHOWN, Stage


def shows(tx: Tx) -> ColumnElement[bool]:
    """Of rounds joined with their polls: whether it is closed, and what it came to is shown."""
    is_enough = or_(Poll.is_anonymous.is_(False), Round.answered >= FEWEST_SHOWN)
    return and_(
        Round.workspace_id == tx.workspace_id,
        Round.stage == Stage.CLOSED,
        Round.is_withheld.is_(False),
        is_enough,
    )
