"""Who said in a poll that they would be there: how many, and of which functions."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, select

from slackapp.core.transaction import Tx
from slackapp.features.discovery.rules import said_yes
from slackapp.features.polls.models import Question, Response, Round
from slackapp.features.polls.rules import Kind
from slackapp.features.workspaces.models import Person
from slackapp.features.workspaces.rules import Function


@dataclass(frozen=True)
class Attendance:
    people: int
    #: As far as they are known, in their own order.
    functions: Sequence[Function]


async def attendance(tx: Tx, of: Round, question: Question) -> Attendance:
    """Of a named round alone: an anonymous one does not say who answered."""
    yes = said_yes(Kind(question.kind))
    if yes is None:
        return Attendance(0, [])
    function = func.coalesce(Response.function, Person.function)
    found = await tx.session.execute(
        select(function, func.count())
        .select_from(Response)
        .outerjoin(
            Person,
            and_(Person.workspace_id == Response.workspace_id, Person.user_id == Response.responder),
        )
        .where(Response.workspace_id == tx.workspace_id, Response.round_id == of.id, Response.option == yes)
        .group_by(function)
    )
    counts = {row[0]: row[1] for row in found}
    return Attendance(sum(counts.values()), [each for each in Function if each in counts])
