"""A round as everybody may see it now."""

from dataclasses import dataclass

from slackapp.core.transaction import Tx
from slackapp.features.polls.models import Poll, Question, Round
from slackapp.features.polls.queries.polls import question as question_of
from slackapp.features.polls.queries.responses import answered, known_meant
from slackapp.features.polls.queries.tally import results
from slackapp.features.polls.rules import Results, Stage, may_see


@dataclass(frozen=True)
class RoundView:
    """What its messages are drawn from: nothing that only some may see."""

    poll: Poll
    question: Question
    round: Round
    answered: int
    #: None: nobody knows.
    meant: int | None
    #: None: not to be seen yet by everybody.
    results: Results | None

    @property
    def is_open(self) -> bool:
        return self.round.stage == Stage.OPEN


async def view(tx: Tx, poll: Poll, round_: Round) -> RoundView:
    question = await question_of(tx, round_.question_id)
    is_shown = round_.stage == Stage.CLOSED or may_see(poll, round_, has_answered=False)
    have, known = await answered(tx, round_), await known_meant(tx, round_)
    return RoundView(
        poll,
        question,
        round_,
        have,
        # Who came to the channel later may answer, too. Exactly how many were meant is fixed at the close.
        known and max(known, have),
        await results(tx, round_) if is_shown else None,
    )
