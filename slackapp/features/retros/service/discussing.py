"""Discussing: which topic is talked about, and which is next."""

from secrets import randbits

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.features.retros import queries
from slackapp.features.retros.models import Retro, Topic
from slackapp.features.retros.queries import topics as found
from slackapp.features.retros.rules import Doing, Phase
from slackapp.features.retros.rules.votes import ranked
from slackapp.features.retros.service import listing, status
from slackapp.features.retros.service.permitting import check


async def begin(tx: Tx, about: Retro) -> None:
    """Topics have their places now, and the first that was not discussed yet is. The phase is `discuss`.

    To go back and on again keeps the places of topics that have as many votes as before.
    """
    views = await found.topics(tx, about.id)
    sizes = [(view.topic.id, len(view.notes)) for view in views]
    places = {view.topic.id: view.topic.place for view in views if view.topic.place is not None}
    order = ranked(sizes, await found.tally(tx, about.id), places, lambda: randbits(32))
    for view in views:
        view.topic.place = order.index(view.topic.id) + 1
    await tx.session.flush()
    if await found.discussed(tx, about.id) is None:
        _start(tx, await _next(tx, about, after=0))
        await tx.session.flush()
    await listing.say(tx, about)


async def end(tx: Tx, about: Retro) -> None:
    """Nothing is discussed any more."""
    current = await found.discussed(tx, about.id)
    if current is not None:
        current.discussed_until = tx.now
        await tx.session.flush()


async def next_topic(tx: Tx, user_id: str, retro_id: int, seen: int) -> None:
    """Go on from the topic that somebody saw being discussed; nothing if somebody else did already."""
    about = await _facilitated(tx, user_id, retro_id)
    current = await found.discussed(tx, retro_id)
    if (current.id if current is not None else 0) == seen:
        place = (current.place or 0) if current is not None else 0
        await _turn_to(tx, about, await _next(tx, about, after=place))


async def previous_topic(tx: Tx, user_id: str, retro_id: int, seen: int) -> None:
    """Go back to the topic before the one that somebody saw being discussed. The first has none before it.

    The one that was left waits again, and is next: whoever went on by mistake has lost nothing.
    """
    about = await _facilitated(tx, user_id, retro_id)
    current = await found.discussed(tx, retro_id)
    if (current.id if current is not None else 0) != seen:
        return
    topics = [view.topic for view in await found.topics(tx, retro_id)]
    earlier = [topic for topic in topics if current is None or (topic.place or 0) < (current.place or 0)]
    if earlier:
        if current is not None:
            current.discussed_from = None
            await tx.session.flush()
        await _turn_to(tx, about, earlier[-1])


async def choose(tx: Tx, user_id: str, retro_id: int, topic_id: int) -> None:
    """Discuss this topic now, whether it was discussed before or not."""
    about = await _facilitated(tx, user_id, retro_id)
    chosen, current = await found.topic(tx, retro_id, topic_id), await found.discussed(tx, retro_id)
    if current is None or chosen.id != current.id:
        await _turn_to(tx, about, chosen)


async def _facilitated(tx: Tx, user_id: str, retro_id: int) -> Retro:
    about = await queries.retro(tx, retro_id, lock=True)
    await check(tx, user_id, about, Doing.FACILITATE)
    if about.phase != Phase.DISCUSS:
        raise UserError("Topics are not being discussed now.")
    return about


async def _turn_to(tx: Tx, about: Retro, topic: Topic | None) -> None:
    await end(tx, about)
    _start(tx, topic)
    await tx.session.flush()
    await status.redraw(tx, about)


def _start(tx: Tx, topic: Topic | None) -> None:
    if topic is not None:
        topic.discussed_from, topic.discussed_until = tx.now, None


async def _next(tx: Tx, about: Retro, *, after: int) -> Topic | None:
    """The next that was not discussed yet: further down, or else one that was passed over."""
    waiting = [view.topic for view in await found.topics(tx, about.id) if view.topic.discussed_from is None]
    below = [topic for topic in waiting if (topic.place or 0) > after]
    return next(iter(below or waiting), None)
