"""Jumps of the database's wall clock: noticed by this process's own watch, and made good in what waits."""

from sqlalchemy import and_, case, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from slackapp.core.clock import monotonic
from slackapp.core.database import wire_now
from slackapp.outbox.models import OutboxMessage, OutboxPace, State
from slackapp.outbox.pace import EVERYTHING
from slackapp.outbox.rules import TOKEN_WAIT

#: Seconds by which the two clocks may have moved apart since the last look without its being a jump.
DRIFT = 2.0
#: Seconds between two looks.
EVERY = 1.0


class Watch:
    """How far the database's clock is from this process's own, which never jumps."""

    def __init__(self) -> None:
        self._looked = -EVERY
        #: The distance is at least and at most so much: the answer takes its time.
        self._apart: tuple[float, float] | None = None
        #: The same, as it was at the last look.
        self._seen: tuple[float, float] | None = None

    async def jumped(self, session: AsyncSession) -> float:
        """By how many seconds the database's clock has jumped, if that was not made good yet: mostly 0."""
        began = monotonic()
        if began < self._looked + EVERY:
            return 0.0
        wire: float = (await session.execute(select(wire_now()))).scalar_one()
        self._looked = monotonic()
        before, self._seen = self._apart, (wire - self._looked, wire - began)
        if before is not None:
            forward, back = self._seen[0] - before[1], self._seen[1] - before[0]
            if forward > DRIFT:
                return forward
            if back < -DRIFT:
                return back
        self._apart = self._seen
        return 0.0

    def made_good(self) -> None:
        """What the jump did to the rows is mended for good."""
        self._apart = self._seen


async def make_good(session: AsyncSession, *, lease: float, settle: float) -> None:
    """Nothing waits for longer than it would from now on, and what is unclear settles anew.

    Doing it twice, or by several workers, changes nothing more.
    """
    unclear = and_(OutboxMessage.last_send.is_not(None), OutboxMessage.ts.is_(None))
    leased_too_long = OutboxMessage.leased_until > wire_now() + lease
    put_off = OutboxMessage.retry_at > wire_now()
    tried = OutboxMessage.first_attempt.is_not(None)
    await session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.state == State.WAITING, or_(unclear, leased_too_long, put_off, tried))
        .values(
            leased_until=case((leased_too_long, wire_now() + lease), else_=OutboxMessage.leased_until),
            last_send=case((unclear, wire_now()), else_=OutboxMessage.last_send),
            # How long it has been tried is not known any more.
            first_attempt=None,
            # What Slack itself said of waiting stands in the pace.
            retry_at=case(
                (unclear, wire_now() + settle), (put_off, wire_now()), else_=OutboxMessage.retry_at
            ),
        )
        .execution_options(synchronize_session=False)
    )
    closed = OutboxPace.closed_until > wire_now()
    paused, tried_again = OutboxPace.scope == EVERYTHING, wire_now() + TOKEN_WAIT
    await session.execute(
        update(OutboxPace)
        .where(OutboxPace.next_at > wire_now() + TOKEN_WAIT)
        .values(
            next_at=case((paused, tried_again), (closed, OutboxPace.closed_until), else_=wire_now()),
            closed_until=case((paused, tried_again), else_=OutboxPace.closed_until),
        )
        .execution_options(synchronize_session=False)
    )
