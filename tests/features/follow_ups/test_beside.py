"""What is said beside the number: guardrails, what else changed, what was learned; on both databases."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from slackapp.core.errors import FieldError, UserError
from slackapp.core.transaction import Tx
from slackapp.features.follow_ups import queries, service
from slackapp.features.follow_ups.models import FollowUp
from slackapp.features.follow_ups.rules import Beside, Given, NoNumber
from slackapp.features.launches import queries as launch_queries
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import Decision
from slackapp.features.learnings.queries import of_launch
from slackapp.features.learnings.rules import Link, Stance
from slackapp.features.metrics.models import Reading
from slackapp.features.metrics.rules import Quantity, Verdict
from slackapp.features.workspaces.service import keep_room
from slackapp.slack.rooms import Room
from tests.conftest import START
from tests.support.recorded import LONG_OUT, asked_about, recorded

TODAY = START.date()


async def guarded(tx: Tx, **values: str) -> tuple[Launch, FollowUp, int]:
    """A launch whose final question is open, and the id of its guardrail."""
    launch = await recorded(tx, day=LONG_OUT, guardrails="Churn: 3 %, under 3.5 %", **values)
    [guardrail] = await launch_queries.guardrails(tx, launch.id)
    return launch, await asked_about(tx, launch), guardrail.id


def given(value: str = "53", beside: Beside | None = None) -> Given:
    return Given(Quantity(Decimal(value), "%"), TODAY, beside=beside)


def churn(guardrail_id: int, value: str | None, unit: str = "%") -> Beside:
    return Beside(guardrails={guardrail_id: Quantity(Decimal(value), unit) if value else None})


async def counted_readings(tx: Tx) -> list[tuple[str, bool]]:
    """Every reading by its metric, and whether it still counts."""
    found = await tx.session.scalars(
        select(Reading).order_by(Reading.id).execution_options(populate_existing=True)
    )
    return [(reading.metric, reading.taken_back_at is None) for reading in found]


@pytest.mark.parametrize(("value", "lost"), [("3.4", False), ("3.5", True), ("3.6", True), (None, False)])
async def test_a_guardrail_is_lost_from_its_bound_on(tx: Tx, value: str | None, lost: bool) -> None:  # noqa: FBT001 - parametrized
    launch, follow_up, guardrail_id = await guarded(tx)
    await service.record(tx, "U1", follow_up.id, given(beside=churn(guardrail_id, value)))
    assert (launch.verdict, launch.guardrail_loss) == ("hit", lost)


async def test_undo_takes_the_guardrails_numbers_back_too_and_leaves_the_words(tx: Tx) -> None:
    launch, follow_up, guardrail_id = await guarded(tx)
    beside = Beside("Black Friday", "They like it", churn(guardrail_id, "3.6").guardrails, "It helps")
    await service.record(tx, "U1", follow_up.id, given(beside=beside))
    await service.undo(tx, "U1", follow_up.id)
    assert not launch.guardrail_loss
    assert await counted_readings(tx) == [("Activation", False), ("Churn", False)]
    [watched] = await queries.watched(tx, launch.id)
    assert watched.reading is None
    offer = await queries.offer(tx, follow_up, "U1", today=TODAY)
    assert (offer.answer.follow_up.else_changed, offer.answer.follow_up.users_said) == (
        "Black Friday",
        "They like it",
    )
    assert offer.learning is not None
    assert offer.learning.text == "It helps"


async def test_what_is_added_later_counts_also_after_the_decision(tx: Tx) -> None:
    launch, follow_up, guardrail_id = await guarded(tx)
    await service.record(tx, "U1", follow_up.id, given())
    await service.decide(tx, "U1", follow_up.id, Decision.KEEP)
    await service.add(tx, "U1", follow_up.id, churn(guardrail_id, "3.6"))
    assert (launch.state, launch.guardrail_loss) == ("closed", True)
    await service.add(tx, "U1", follow_up.id, churn(guardrail_id, "3.6"))
    await service.add(tx, "U1", follow_up.id, churn(guardrail_id, "3.1"))
    assert not launch.guardrail_loss
    await service.add(tx, "U1", follow_up.id, churn(guardrail_id, None))
    assert [watched.reading for watched in await queries.watched(tx, launch.id)] == [None]
    assert await counted_readings(tx) == [("Activation", True), ("Churn", False), ("Churn", False)]


async def test_everything_wrong_is_said_at_once_and_nothing_is_kept(tx: Tx) -> None:
    _, follow_up, guardrail_id = await guarded(tx)
    wrong = Given(Quantity(Decimal(3), "days"), TODAY, beside=churn(guardrail_id, "3", "days"))
    with pytest.raises(FieldError) as refused:
        await service.record(tx, "U1", follow_up.id, wrong)
    assert set(refused.value.fields) == {"value", f"guardrail_{guardrail_id}"}
    assert await counted_readings(tx) == []
    await service.record(tx, "U1", follow_up.id, given())
    with pytest.raises(FieldError):
        await service.add(tx, "U1", follow_up.id, churn(guardrail_id, "3", "days"))


async def test_a_launch_without_its_number_keeps_its_guardrails_and_its_learning(tx: Tx) -> None:
    launch, follow_up, guardrail_id = await guarded(tx)
    with pytest.raises(UserError, match="taken back"):
        await service.add(tx, "U1", follow_up.id, Beside(learning="Count first"))
    await service.record_no_number(tx, "U1", follow_up.id, NoNumber.DATA_MISSING)
    beside = Beside(guardrails=churn(guardrail_id, "4").guardrails, learning="Count first")
    await service.add(tx, "U1", follow_up.id, beside)
    assert (launch.verdict, launch.guardrail_loss) == ("unmeasured", True)
    learning = await of_launch(tx, launch.id)
    assert learning is not None
    assert learning.text == "Count first"


async def test_the_owner_alone_overrides_with_a_reason_and_can_take_it_back(tx: Tx) -> None:
    launch = await recorded(tx, by="U1", owner="U2", day=LONG_OUT)
    follow_up = await asked_about(tx, launch)
    await service.record(tx, "U2", follow_up.id, given("41"))
    with pytest.raises(UserError, match="can override"):
        await service.override(tx, "U1", follow_up.id, Verdict.MOVED, "The control group was broken")
    with pytest.raises(FieldError) as refused:
        await service.override(tx, "U2", follow_up.id, Verdict.MOVED, "")
    assert list(refused.value.fields) == ["reason"]
    await service.override(tx, "U2", follow_up.id, Verdict.MOVED, "The control group was broken")
    await service.override(tx, "U2", follow_up.id, Verdict.HIT, "It was switched off")
    assert (launch.verdict, launch.override, launch.override_reason) == ("flat", "hit", "It was switched off")
    await service.override(tx, "U2", follow_up.id, None, "")
    assert (launch.override, launch.override_reason, launch.overridden_by) == (None, "", None)


async def test_whether_it_changes_what_comes_next_can_be_said_again_and_goes_with_undo(tx: Tx) -> None:
    launch = await recorded(tx, day=LONG_OUT)
    follow_up = await asked_about(tx, launch)
    with pytest.raises(UserError, match="no outcome"):
        await service.change_next(tx, "U1", follow_up.id, answer=True)
    await service.record(tx, "U1", follow_up.id, given())
    for answer in (True, False):
        await service.change_next(tx, "U1", follow_up.id, answer=answer)
        assert launch.changes_next is answer
    await service.undo(tx, "U1", follow_up.id)
    assert launch.changes_next is None


async def test_launches_on_the_same_metric_are_named_to_whom_may_read_of_them(tx: Tx) -> None:
    for channel in ("C1", "C3"):
        await keep_room(tx, Room(channel, "team", is_private=False, is_archived=False, is_member=True))
    members = frozenset({"U1", "U9"})
    await keep_room(
        tx, Room("C2", "secret", is_private=True, is_archived=False, is_member=True, members=members)
    )
    launch = await recorded(tx, day=LONG_OUT)
    await recorded(tx, title="Pricing", metric="ACTIVATION", day="2026-08-05", channel="C3", by="U9")
    await recorded(tx, title="Quiet", day="2026-08-05", channel="C2", by="U9")
    await recorded(tx, title="Earlier", day="2026-07-01", channel="C3", by="U9")
    await recorded(tx, title="Elsewhere", metric="Churn", day="2026-08-05", channel="C3", by="U9")
    follow_up = await asked_about(tx, launch)

    async def offered(user_id: str) -> list[str]:
        offer = await queries.offer(tx, follow_up, user_id, today=TODAY)
        return [other.title for other in offer.others]

    assert await offered("U1") == ["Pricing", "Quiet"]
    assert await offered("U2") == ["Pricing"]
    await service.record(tx, "U1", follow_up.id, given())
    told = await queries.story(tx, follow_up, reader=None)
    assert [other.title for other in told.others] == ["Pricing"]
    mine = await queries.story(tx, follow_up, reader="U1")
    assert [other.title for other in mine.others] == ["Pricing", "Quiet"]


async def test_a_learning_about_a_private_one_does_not_name_it_in_the_channel(tx: Tx) -> None:
    await keep_room(tx, Room("C1", "team", is_private=False, is_archived=False, is_member=True))
    members = frozenset({"U1"})
    await keep_room(
        tx, Room("C2", "secret", is_private=True, is_archived=False, is_member=True, members=members)
    )
    quiet = await recorded(tx, day=LONG_OUT, channel="C2")
    about = await asked_about(tx, quiet)
    await service.record(tx, "U1", about.id, given(beside=Beside(learning="A list helps")))
    launch = await recorded(tx, day=LONG_OUT)
    follow_up = await asked_about(tx, launch)
    [earlier] = (await queries.offer(tx, follow_up, "U1", today=TODAY)).earlier or ()
    assert earlier.label == f"{quiet.label}: A list helps"
    assert (await queries.offer(tx, follow_up, "U2", today=TODAY)).earlier is None
    beside = Beside(learning="It does", link=Link(Stance.SUPPORTS, earlier.learning.id), asked_for_link=True)
    await service.record(tx, "U1", follow_up.id, given(beside=beside))
    told = await queries.story(tx, follow_up, reader=None)
    assert told.learned is not None
    assert told.learned.about is None
    mine = await queries.story(tx, follow_up, reader="U1")
    assert mine.learned is not None
    assert mine.learned.about is not None
    # Somebody who cannot see what it is about keeps it as it is.
    offer = await queries.offer(tx, follow_up, "U2", today=TODAY)
    assert (offer.learning, offer.earlier) == (told.learned.learning, None)
    await service.undo(tx, "U1", follow_up.id)
    await service.record(tx, "U1", follow_up.id, given(beside=Beside(learning="It does indeed")))
    kept = await of_launch(tx, launch.id)
    assert kept is not None
    assert (kept.text, kept.about_id) == ("It does indeed", earlier.learning.id)
