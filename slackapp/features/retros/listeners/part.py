"""The button of those who take part: it opens what is to be done in the phase that it is now."""

from collections.abc import Awaitable, Callable, Mapping

from slackapp.core.transaction import Tx
from slackapp.core.words import number
from slackapp.features.retros import blocks, queries
from slackapp.features.retros.listeners.close import open_close
from slackapp.features.retros.listeners.discuss import open_discuss
from slackapp.features.retros.listeners.group import open_group
from slackapp.features.retros.listeners.notes import open_collect
from slackapp.features.retros.listeners.vote import open_vote
from slackapp.features.retros.models import Retro
from slackapp.features.retros.rules import Phase
from slackapp.features.retros.service.inviting import welcome
from slackapp.features.retros.service.permitting import check
from slackapp.slack.replies import Reply
from slackapp.slack.routes import Click, OnAction, Routes

_OPEN: Mapping[Phase, Callable[[Tx, str, Retro], Awaitable[Reply]]] = {
    Phase.COLLECT: open_collect,
    Phase.GROUP: open_group,
    Phase.VOTE: open_vote,
    Phase.DISCUSS: open_discuss,
    Phase.CLOSE: open_close,
}


async def open_part(tx: Tx, click: Click) -> Reply:
    about = await queries.retro(tx, number(click.value))
    queries.must_be_open(about)
    phase = Phase(about.phase)
    await welcome(tx, click.user, about, click.channel)
    await check(tx, click.user, about, blocks.FOR[phase], here=click.channel)
    return await _OPEN[phase](tx, click.user, about)


ROUTES: Routes = (OnAction(blocks.PART, open_part),)
