"""The retros of a channel."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from slackapp.core.transaction import Tx
from slackapp.features.retros.models import Retro, Series
from slackapp.features.retros.queries.beginnings import running

PAGE = 10


@dataclass(frozen=True)
class Page:
    """Ten retros of a channel: the open one first, then the newest."""

    retros: Sequence[Retro]
    offset: int
    has_more: bool
    #: The series that runs there; on the first page alone.
    series: Series | None


async def page(tx: Tx, channel_id: str, offset: int = 0) -> Page:
    found = await tx.session.scalars(
        select(Retro)
        .where(Retro.workspace_id == tx.workspace_id, Retro.channel_id == channel_id)
        .order_by(Retro.ended_at.is_not(None), Retro.number.desc())
        .offset(offset)
        .limit(PAGE + 1)
    )
    retros = found.all()
    series = None if offset else await running(tx, channel_id)
    return Page(retros[:PAGE], offset, len(retros) > PAGE, series)
