"""Polls that asked who would be there: once a round of one is closed, what was done is logged."""

from slackapp.core.database import insert
from slackapp.core.transaction import Tx
from slackapp.core.working_time import local_date, zone_of
from slackapp.features.discovery import queries
from slackapp.features.discovery.models import Activity
from slackapp.features.discovery.rules import ATTENDED, CAME_KIND
from slackapp.features.discovery.service.logged import say
from slackapp.features.polls import queries as poll_queries
from slackapp.features.polls.models import Poll, Round
from slackapp.features.polls.rules import RoundClosed
from slackapp.features.prompts import service as prompts
from slackapp.features.prompts.rules import Question


async def closed(tx: Tx, event: RoundClosed) -> None:
    """Log it with the functions of those who said they would be there; nothing where nobody did.

    However often the event comes, it is logged once. An anonymous round does not say who that was.
    """
    round_ = await poll_queries.round_(tx, event.round_id)
    poll = await poll_queries.poll(tx, round_.poll_id)
    if poll.is_anonymous or poll.template not in ATTENDED:
        return
    question = await poll_queries.question(tx, round_.question_id)
    attendance = await queries.attendance(tx, round_, question)
    activity_id = await _keep(tx, poll, round_) if attendance.people else None
    if activity_id is None:
        return
    activity = await queries.activity(tx, activity_id)
    await say(tx, activity, attendance.functions)
    await _ask(tx, poll, activity)


async def _keep(tx: Tx, poll: Poll, round_: Round) -> int | None:
    """Of several who hear of it at once one makes the row; the others are told None."""
    found: int | None = await tx.session.scalar(
        insert(Activity, tx.dialect)
        .values(
            workspace_id=tx.workspace_id,
            channel_id=poll.channel_id,
            kind=ATTENDED[poll.template],
            day=local_date(tx.now, zone_of(poll.zone)),
            note="",
            logged_by=poll.created_by,
            logged_at=tx.now,
            round_id=round_.id,
        )
        .on_conflict_do_nothing(index_elements=["workspace_id", "round_id"])
        .returning(Activity.id)
    )
    return found


async def _ask(tx: Tx, poll: Poll, activity: Activity) -> None:
    """Whoever made the poll, once, in their next morning's message: by then it has taken place."""
    question = Question(
        CAME_KIND, activity.id, poll.created_by, channel_id=poll.channel_id, owner_id=poll.created_by
    )
    await prompts.ask(tx, question, tx.now)
