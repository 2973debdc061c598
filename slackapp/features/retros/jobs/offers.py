"""Offers the retros of significant launches of which nobody has said a number yet."""

from datetime import datetime

from sqlalchemy import Select, func, select

from slackapp.core.alone import each_alone
from slackapp.core.jobs import Job, Upcoming
from slackapp.core.transaction import Tx
from slackapp.features.launches.queries import launch
from slackapp.features.retros.models import Offer
from slackapp.features.retros.queries import offers as queries
from slackapp.features.retros.service import offers

#: Of one workspace in one transaction.
BATCH = 20


def due(now: datetime) -> Select[int]:
    """The workspaces with an offer that is due."""
    return select(Offer.workspace_id).where(Offer.due_at <= now).distinct()


async def offer_what_is_due(tx: Tx) -> None:
    ids = await queries.due(tx, BATCH)
    await each_alone(tx, ids, offers.offer_due, key=Offer.launch_id, moment=Offer.due_at)


def next_at(tx: Tx) -> Select[datetime | None]:
    return select(func.min(Offer.due_at)).where(Offer.workspace_id == tx.workspace_id, Offer.due_at > tx.now)


async def upcoming(tx: Tx) -> Upcoming | None:
    """Which launch's retro is offered next, if no number comes before."""
    found = await queries.next_due(tx)
    if found is None or found.due_at is None:
        return None
    about = await launch(tx, found.launch_id)
    return Upcoming(found.due_at, f"A retro is offered for {about.label} {about.title}")


JOBS = (Job("retros.offer", due, offer_what_is_due, next_at=next_at, upcoming=upcoming),)
