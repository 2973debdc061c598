"""A round as one person may see it now: with what they answered themselves."""

from dataclasses import dataclass

from slackapp.core.transaction import Tx
from slackapp.features.polls.queries.polls import poll as poll_of
from slackapp.features.polls.queries.polls import round_ as round_of
from slackapp.features.polls.queries.responses import own_answer
from slackapp.features.polls.queries.tally import results
from slackapp.features.polls.queries.views import RoundView, view
from slackapp.features.polls.rules import Answer, Results, Stage, Way, why_hidden


@dataclass(frozen=True)
class Seen:
    view: RoundView
    own: Answer | None
    #: None: not to be seen yet, for the reason of `why`.
    results: Results | None
    why: str

    @property
    def beside(self) -> Results | None:
        """What they may see of it that its message in the channel does not show."""
        is_told = self.view.poll.way == Way.CHANNEL and self.view.results is not None
        return None if is_told else self.results


async def seen(tx: Tx, user_id: str, round_id: int) -> Seen:
    """Whether they may read it at all is for the caller to know. Raises `NotFoundError`."""
    round_ = await round_of(tx, round_id)
    poll = await poll_of(tx, round_.poll_id)
    as_all = await view(tx, poll, round_)
    own = await own_answer(tx, round_, user_id) if round_.stage == Stage.OPEN else None
    why = why_hidden(poll, round_, has_answered=own is not None) or ""
    may_see = not why or round_.stage == Stage.CLOSED
    return Seen(as_all, own, as_all.results or (await results(tx, round_) if may_see else None), why)
