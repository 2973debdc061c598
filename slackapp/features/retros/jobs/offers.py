"""Offers the retros of significant launches of which nobody has said a number yet."""

from slackapp.core.due import Due
from slackapp.core.jobs import Job, Upcoming
from slackapp.core.transaction import Tx
from slackapp.features.launches.queries import launch
from slackapp.features.retros.models import Offer
from slackapp.features.retros.service import offers

#: Of one workspace in one transaction.
BATCH = 20


DUE = Due(Offer, Offer.due_at, Offer.launch_id)


async def offer_what_is_due(tx: Tx) -> None:
    await DUE.each_alone(tx, offers.offer_due, BATCH)


async def upcoming(tx: Tx) -> Upcoming | None:
    """Which launch's retro is offered next, if no number comes before."""
    found = await DUE.coming(tx)
    if found is None:
        return None
    due_at, offer = found
    about = await launch(tx, offer.launch_id)
    return Upcoming(due_at, f"A retro is offered for {about.label} {about.title}")


JOBS = (Job("retros.offer", DUE.workspaces, offer_what_is_due, next_at=DUE.next_at, upcoming=upcoming),)
