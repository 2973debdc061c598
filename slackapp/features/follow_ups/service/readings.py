"""Keeping the numbers of an answer: the metric's own, and those of guardrails."""

from collections.abc import Mapping

from slackapp.core.errors import FieldError
from slackapp.core.transaction import Tx
from slackapp.features.follow_ups import rules
from slackapp.features.follow_ups.rules import Given
from slackapp.features.launches import queries as launch_queries
from slackapp.features.launches.models import Launch
from slackapp.features.metrics import queries as metric_queries
from slackapp.features.metrics import service as metrics
from slackapp.features.metrics.rules import Quantity
from slackapp.features.workspaces.queries import today


async def keep_number(tx: Tx, launch: Launch, given: Given, by: str) -> int:
    """The id of the reading. Raises `FieldError` for everything in the answer that cannot be right."""
    now = await today(tx, by)
    wrong: dict[str, str] = {}
    if given.beside is not None:
        guardrails = await launch_queries.guardrails(tx, launch.id)
        wrong |= rules.wrong_guardrails(given.beside.guardrails, guardrails)
    try:
        quantity = rules.check_reading(
            given.quantity, launch.unit, given.observed_on, day=launch.day, today=now
        )
    except FieldError as error:
        raise FieldError({**error.fields, **wrong}) from None
    if wrong:
        raise FieldError(wrong)
    assert launch.metric is not None
    reading = await metrics.note_reading(
        tx,
        launch.metric,
        quantity,
        observed_on=given.observed_on,
        note=given.note,
        entered_by=by,
    )
    return reading.id


async def keep_guardrails(tx: Tx, launch: Launch, numbers: Mapping[int, Quantity | None], by: str) -> None:
    """Keep what the guardrails are now; None takes a number away. `FieldError`: one is in another unit."""
    guardrails = await launch_queries.guardrails(tx, launch.id)
    if wrong := rules.wrong_guardrails(numbers, guardrails):
        raise FieldError(wrong)
    day = await today(tx, by)
    for guardrail in guardrails:
        if guardrail.id not in numbers:
            continue
        number = numbers[guardrail.id]
        if guardrail.reading_id is not None:
            before = await metric_queries.reading(tx, guardrail.reading_id)
            if number is not None and number.value == before.value:
                continue
            await metrics.take_back(tx, guardrail.reading_id)
        guardrail.reading_id = None
        if number is not None:
            quantity = Quantity(number.value, guardrail.unit or number.unit)
            reading = await metrics.note_reading(
                tx, guardrail.metric, quantity, observed_on=day, note="", entered_by=by
            )
            guardrail.reading_id = reading.id
    await tx.session.flush()


async def forget_guardrails(tx: Tx, launch: Launch) -> None:
    """Take back what was said of the guardrails."""
    for guardrail in await launch_queries.guardrails(tx, launch.id):
        if guardrail.reading_id is not None:
            await metrics.take_back(tx, guardrail.reading_id)
            guardrail.reading_id = None
    await tx.session.flush()
