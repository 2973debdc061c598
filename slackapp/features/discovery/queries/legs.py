"""What is known of a launch's discovery, and what else it stands on."""

from dataclasses import dataclass

from sqlalchemy import ScalarSelect, exists, func, select

from slackapp.core.transaction import Tx
from slackapp.features.discovery.models import Activity, Consideration
from slackapp.features.discovery.rules import Legs
from slackapp.features.launches.models import Guardrail, Launch, LaunchPerson
from slackapp.features.launches.rules import Took


@dataclass(frozen=True)
class Known:
    """What a launch's card says of its discovery."""

    #: What was logged of it, and of that what was before its spec.
    activities: int
    before_spec: int
    consideration: Consideration | None
    legs: Legs


async def known(tx: Tx, launch: Launch) -> Known:
    """In one statement, since every redraw of the card asks it."""
    was_in = exists().where(
        LaunchPerson.workspace_id == tx.workspace_id,
        LaunchPerson.launch_id == launch.id,
        LaunchPerson.part == Took.BEFORE_SPEC,
    )
    has_guardrails = exists().where(
        Guardrail.workspace_id == tx.workspace_id, Guardrail.launch_id == launch.id
    )
    found = await tx.session.execute(
        select(
            Consideration,
            _count(tx, launch),
            _count(tx, launch, before_spec=True),
            was_in,
            has_guardrails,
        )
        .select_from(Launch)
        .outerjoin(
            Consideration,
            (Consideration.workspace_id == tx.workspace_id) & (Consideration.launch_id == Launch.id),
        )
        .where(Launch.workspace_id == tx.workspace_id, Launch.id == launch.id)
    )
    row = found.one()
    consideration: Consideration | None = row[0]
    legs = Legs(
        has_discovery=bool(consideration or row[1] or row[3] or launch.senior_before_spec),
        has_metric=launch.metric is not None,
        has_guardrails=bool(row[4]),
    )
    return Known(row[1], row[2], consideration, legs)


def _count(tx: Tx, launch: Launch, *, before_spec: bool = False) -> ScalarSelect[int]:
    counted = select(func.count()).where(
        Activity.workspace_id == tx.workspace_id, Activity.launch_id == launch.id
    )
    if before_spec:
        counted = counted.where(Activity.before_spec.is_(True))
    return counted.scalar_subquery()
