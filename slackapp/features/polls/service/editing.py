"""Another wording of a poll's question."""

from sqlalchemy import func, select

from slackapp.core.errors import FieldError, UserError
from slackapp.core.transaction import Tx
from slackapp.features.polls import queries
from slackapp.features.polls.models import Poll, Question
from slackapp.features.polls.rules import QuestionDraft
from slackapp.features.polls.rules.permissions import Doing
from slackapp.features.polls.service.permitting import check


async def reword(tx: Tx, user_id: str, poll_id: int, draft: QuestionDraft) -> Question:
    """Ask with these words from the next round on. The same words are no new version.

    Raises `UserError` for who may not, and where no round follows; `FieldError` at `kind` for another kind.
    """
    poll = await queries.poll(tx, poll_id, lock=True)
    await check(tx, user_id, poll, Doing.MANAGE)
    if poll.next_at is None:
        raise UserError(f"{poll.label} has no further round. /discovery poll makes a poll with other words.")
    latest = await queries.latest_question(tx, poll.id)
    if draft.kind != latest.kind:
        raise FieldError({"kind": "Answers of another kind do not compare. Make another poll for them."})
    if _words(draft) == _words(latest):
        return latest
    return await add_version(tx, poll, draft)


async def add_version(tx: Tx, poll: Poll, draft: QuestionDraft) -> Question:
    """The caller holds the poll's lock, or has just made it."""
    last = await tx.session.scalar(
        select(func.max(Question.version)).where(
            Question.workspace_id == tx.workspace_id, Question.poll_id == poll.id
        )
    )
    found = Question(
        workspace_id=tx.workspace_id,
        poll_id=poll.id,
        version=(last or 0) + 1,
        kind=draft.kind,
        text=draft.text,
        details=draft.details,
        options=list(draft.options),
        fewest=draft.fewest,
        most=draft.most,
        unit=draft.unit,
        lowest=draft.lowest,
        highest=draft.highest,
    )
    tx.session.add(found)
    await tx.session.flush()
    return found


def _words(of: QuestionDraft | Question) -> tuple[object, ...]:
    return of.text, of.details, list(of.options), of.fewest, of.most, of.unit, of.lowest, of.highest
