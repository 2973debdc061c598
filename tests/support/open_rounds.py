"""Rounds of polls that are open, for tests of services: made as starting one makes them, without messages."""

from collections.abc import Sequence
from datetime import timedelta

from slackapp.core.secrecy import new_key
from slackapp.core.transaction import Tx
from slackapp.features.polls.models import Poll, Question, Round, RoundPerson
from slackapp.features.polls.rules import Audience, Kind, QuestionDraft, Shows, Stage, Way
from slackapp.features.workspaces.service import next_number

YES_NO = QuestionDraft(Kind.YES_NO, "Did you take part?")


async def asking(  # noqa: PLR0913 - whatever a poll can be
    tx: Tx,
    question: QuestionDraft = YES_NO,
    *,
    is_anonymous: bool = False,
    by_function: bool = False,
    way: Way = Way.CHANNEL,
    audience: Audience = Audience.CHANNEL,
    shows: Shows = Shows.LIVE,
    people: Sequence[str] = (),
    channel: str = "C1",
) -> Round:
    """A poll of U1's, and its first round, which is open for a day. `people`: whom it is known to mean."""
    poll = Poll(
        workspace_id=tx.workspace_id,
        number=await next_number(tx, "poll"),
        channel_id=channel,
        created_by="U1",
        created_at=tx.now,
        template="",
        thread="",
        is_anonymous=is_anonymous,
        way=way,
        audience=audience,
        functions=[],
        shows=Shows.AT_CLOSE if is_anonymous else shows,
        by_function=by_function,
        open_minutes=24 * 60,
        reminds=False,
        every=None,
        at=None,
        zone="UTC",
        in_own_zone=False,
        next_at=None,
        next_on=None,
        ended_at=None,
    )
    tx.session.add(poll)
    await tx.session.flush()
    return await another_round(tx, poll, question, people=people)


async def another_round(
    tx: Tx, poll: Poll, question: QuestionDraft, *, number: int = 1, people: Sequence[str] = ()
) -> Round:
    """One more, with this wording."""
    asked = Question(
        workspace_id=tx.workspace_id,
        poll_id=poll.id,
        version=number,
        kind=question.kind,
        text=question.text,
        details=question.details,
        options=list(question.options),
        fewest=question.fewest,
        most=question.most,
        unit=question.unit,
        lowest=question.lowest,
        highest=question.highest,
    )
    tx.session.add(asked)
    await tx.session.flush()
    round_ = Round(
        workspace_id=tx.workspace_id,
        poll_id=poll.id,
        number=number,
        occurs_on=tx.now.date() + timedelta(days=number),
        question_id=asked.id,
        stage=Stage.OPEN,
        opened_at=tx.now,
        closes_at=tx.now + timedelta(days=1),
        answer_key=new_key() if poll.is_anonymous else None,
    )
    tx.session.add(round_)
    await tx.session.flush()
    tx.session.add_all(
        RoundPerson(workspace_id=tx.workspace_id, round_id=round_.id, user_id=each, is_asked=True)
        for each in people
    )
    await tx.session.flush()
    return round_
