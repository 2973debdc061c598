"""What a retro begins with: of its channel, counted where it is too much, and true while it is open."""

from datetime import date, timedelta

from sqlalchemy import select

from slackapp.core.transaction import Tx
from slackapp.features.action_items import service as actions
from slackapp.features.action_items.models import ActionItem
from slackapp.features.action_items.rules import ActionDraft, Helped
from slackapp.features.follow_ups import service as follow_ups
from slackapp.features.follow_ups.rules import Given, NoNumber
from slackapp.features.metrics.rules import parse_quantity
from slackapp.features.retros.models import Retro
from slackapp.features.retros.rules import Phase, RetroDraft
from slackapp.features.retros.service import first_screen
from slackapp.features.retros.service.starting import start
from slackapp.features.workspaces.service import keep_room
from slackapp.outbox import stale
from slackapp.outbox.models import OutboxMessage
from slackapp.playground.slack.shown import blocks_text
from slackapp.slack.rooms import Room
from tests.support.recorded import LONG_OUT, asked_about, knows, recorded
from tests.support.spaces import as_seen

NAMED = RetroDraft(is_anonymous=False)


async def shown(tx: Tx, about: Retro) -> str:
    """The first screen as people read it, once what is stale is drawn."""
    await tx.session.flush()
    await stale.draw(tx)
    found = await tx.session.scalar(
        select(OutboxMessage)
        .where(OutboxMessage.key == first_screen.first_screen_key(about.id))
        .execution_options(populate_existing=True)
    )
    assert found is not None
    return as_seen("\n".join(blocks_text(found.blocks, {}, {})))


async def an_action(tx: Tx, text: str, channel: str = "C1") -> ActionItem:
    draft = ActionDraft(text=text, owner="U1", due_on=tx.now.date() + timedelta(days=3))
    return await actions.add(tx, draft, channel_id=channel, by="U1")


async def test_actions_stand_in_it_as_they_are_now(tx: Tx) -> None:
    await knows(tx, "U1", name="Mara")
    item = await an_action(tx, "Write down who is on call")
    await an_action(tx, "Of another team", channel="C2")
    about = await start(tx, "U1", NAMED, channel_id="C1")
    screen = await shown(tx, about)
    assert "Still to do: is it done?\nA-1 Write down who is on call\nMara · due 10 Sep 2026" in screen
    assert "Of another team" not in screen
    await actions.done(tx, "U1", item.id)
    assert "Done since then: did it help?\nA-1 Write down who is on call\nMara · done" in await shown(
        tx, about
    )
    await actions.say_helped(tx, "U1", item.id, Helped.YES)
    assert "done, it helped" in await shown(tx, about)
    assert "Still to do" not in await shown(tx, about)


async def test_outcomes_come_after_what_was_hoped_for_however_they_came_out(tx: Tx) -> None:
    about = await start(tx, "U1", NAMED, channel_id="C1")
    assert "So it begins with what you write." in await shown(tx, about)
    hit = await recorded(tx, day=LONG_OUT)
    await follow_ups.record(
        tx, "U1", (await asked_about(tx, hit)).id, Given(parse_quantity("55 %"), date(2026, 9, 1))
    )
    assert "we hoped for Activation 40 % → 50 %. After 31 days it was 55 %: hit." in await shown(tx, about)
    churn = {"metric": "Churn", "from_to": "3 % → 3 %", "direction": "hold_down", "smallest_change": "1"}
    held = await recorded(tx, day=LONG_OUT, **churn)
    reason = NoNumber.CANNOT_MEASURE
    await follow_ups.record_no_number(tx, "U1", (await asked_about(tx, held)).id, reason)
    said = "we hoped that Churn would not rise from 3 %. It was not measured: it cannot be measured."
    assert said in await shown(tx, about)
    await follow_ups.undo(tx, "U1", (await asked_about(tx, held)).id)
    assert "What happened to Churn after New onboarding (L-2)?" in await shown(tx, about)


async def test_what_is_in_another_private_channel_stays_there(tx: Tx) -> None:
    await keep_room(tx, Room("C2", "secret", True, False, True, frozenset({"U1"})))  # noqa: FBT003 - as Slack tells of it
    hidden = await recorded(tx, day=LONG_OUT, channel="C2", title="Hidden")
    given = Given(parse_quantity("55 %"), tx.now.date())
    await follow_ups.record(tx, "U1", (await asked_about(tx, hidden)).id, given)
    about = await start(tx, "U1", NAMED, channel_id="C1")
    assert "Hidden" not in await shown(tx, about)


async def test_too_much_is_counted_and_what_is_over_is_left_as_it_was(tx: Tx) -> None:
    items = [await an_action(tx, f"Action {number}") for number in range(12)]
    about = await start(tx, "U1", NAMED, channel_id="C1")
    screen = await shown(tx, about)
    assert "Action 7" in screen
    assert "Action 8" not in screen
    assert "And 4 more: /retro actions" in screen
    about.phase, about.ended_at = Phase.CLOSED, tx.now
    await actions.done(tx, "U1", items[0].id)
    assert await shown(tx, about) == screen


async def test_the_second_retro_begins_where_the_first_was_closed(tx: Tx) -> None:
    first = await start(tx, "U1", NAMED, channel_id="C1")
    first.phase, first.ended_at = Phase.CLOSED, tx.now
    await tx.session.flush()
    second = await start(tx, "U1", NAMED, channel_id="C1")
    assert "what happened since R-1 was closed on 7 Sep 2026" in await shown(tx, second)
