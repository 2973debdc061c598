"""A poll as it is taken away."""

from slackapp.core.transaction import Tx
from slackapp.features.polls.models import Poll, Question, Round
from slackapp.features.polls.queries.polls import question as question_of
from slackapp.features.polls.queries.rounds import current
from slackapp.features.polls.queries.tally import results, trend
from slackapp.features.polls.rules import Kind, Results, Stage
from slackapp.features.polls.rules.functions import grouped
from slackapp.features.polls.rules.labels import labels
from slackapp.features.polls.rules.record import Counted, Outcome, PollRecord, RoundRecord
from slackapp.features.polls.rules.tally import TOO_FEW


async def record(tx: Tx, poll: Poll, *, with_open: bool) -> PollRecord:
    """`with_open`: the round that is open, too, as it stands now; of an anonymous poll never."""
    found = list(await trend(tx, poll))
    now = await current(tx, poll.id)
    if with_open and not poll.is_anonymous and now is not None and now.stage == Stage.OPEN:
        found.append((now, await question_of(tx, now.question_id), await results(tx, now)))
    return PollRecord(
        poll.label,
        Kind(found[0][1].kind).label if found else "",
        poll.is_anonymous,
        [_round(*each) for each in found],
        tx.now,
    )


def _round(round_: Round, question: Question, came_to: Results) -> RoundRecord:
    return RoundRecord(
        number=round_.number,
        opened_at=round_.opened_at,
        closed_at=round_.closed_at,
        version=question.version,
        question=question.text,
        meant=came_to.meant,
        answered=came_to.answered,
        outcome=None if came_to.is_withheld else _outcome(question, came_to),
        withheld=TOO_FEW if came_to.is_withheld else None,
        by_function={name: _outcome(question, each) for name, each in grouped(came_to).items()},
    )


def _outcome(question: Question, came_to: Results) -> Outcome:
    counts = [
        Counted(label, share.count, share.percent)
        for label, share in zip(labels(question), came_to.shares, strict=True)
    ]
    numbers = came_to.numbers
    if numbers is None:
        return Outcome(came_to.answered, counts, texts=came_to.texts)
    return Outcome(
        came_to.answered,
        counts,
        mean=numbers.mean,
        median=numbers.median,
        least=numbers.lowest,
        most=numbers.highest,
    )
