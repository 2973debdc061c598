"""Lists of action items: what stands in them, in which order, and who reads of what, on both databases."""

from datetime import date, timedelta

from slackapp.core.transaction import Tx
from slackapp.features.action_items import blocks, queries, service
from slackapp.features.action_items.blocks import PAGE
from slackapp.features.action_items.rules import LATELY, Helped
from slackapp.features.workspaces.service import introduce
from slackapp.playground.slack.shown import blocks_text
from slackapp.slack.people import Profile
from slackapp.slack.replies import Whisper
from tests.support.actions import DUE, added, an_action, numbered, private, public
from tests.support.recorded import knows


async def texts(tx: Tx, user: str, here: str | None = "C1", offset: int = 0) -> list[str]:
    return [row.item.text for row in (await queries.shown(tx, user, here, offset=offset)).rows]


async def read(tx: Tx, user: str, channel: str, offset: int = 0) -> list[str]:
    """The lines of the answer to `/retro actions`."""
    shown = await queries.listed(tx, user, channel, offset)
    assert isinstance(shown, Whisper)
    shown_as = blocks_text([block.to_dict() for block in shown.blocks], {}, {})
    return "\n".join(shown_as).split("\n")


async def several(tx: Tx) -> None:
    """Of one team: open ones due later and sooner, a done one, a dropped one."""
    await public(tx)
    await knows(tx, "U2", name="Jonas Bell")
    late = await added(tx, text="Later", due_on=DUE + timedelta(days=1))
    await added(tx, text="Overdue", due_on=date(2026, 9, 1), owner="U1")
    helpful = await added(tx, text="Helpful")
    pointless = await added(tx, text="Pointless")
    await added(tx, text="Elsewhere", channel="C2", owner="U4")
    await service.done(tx, "U2", helpful.id)
    await service.say_helped(tx, "U2", helpful.id, Helped.YES)
    await service.drop(tx, "U2", pointless.id, "Nobody asked for it")
    assert late.label == "A-1"


async def test_open_ones_come_first_by_their_day_then_what_was_closed(tx: Tx) -> None:
    await several(tx)
    assert await texts(tx, "U3") == ["Overdue", "Later", "Helpful", "Pointless"]
    assert await texts(tx, "U2", None) == ["Later", "Helpful", "Pointless"]
    page = await queries.shown(tx, "U3", "C1")
    assert (page.open, page.total, page.left) == (2, 4, 0)


async def test_each_says_whose_it_is_how_it_stands_and_what_can_be_done(tx: Tx) -> None:
    await several(tx)
    lines = await read(tx, "U3", "C1")
    assert lines == [
        "2 open action items here",
        "A-2 Overdue",
        "U1 · overdue since 1 Sep 2026 [… Done | Drop | New date | Edit]",
        "A-1 Later",
        "Jonas Bell · due 22 Sep 2026 [… Done | Drop | New date | Edit]",
        "Done or dropped lately",
        "A-3 Helpful",
        "Jonas Bell · done, it helped [… It did not help | Cannot tell whether it helped | Open again]",
        "A-4 Pointless",
        "Jonas Bell · dropped: Nobody asked for it [… Open again]",
    ]


async def test_in_a_direct_message_they_are_ones_own(tx: Tx) -> None:
    await several(tx)
    lines = await read(tx, "U1", "D1")
    assert lines[:2] == ["1 open action item of yours", "A-2 Overdue"]
    [nothing] = await read(tx, "U7", "D1")
    assert "No action item is open for you." in nothing


async def test_what_was_closed_long_ago_is_not_listed_and_can_be_asked_for(tx: Tx) -> None:
    await several(tx)
    item = await numbered(tx, 3)
    item.closed_at = tx.now - LATELY - timedelta(hours=1)
    await tx.session.flush()
    assert await texts(tx, "U3") == ["Overdue", "Later", "Pointless"]
    closed = await queries.closed_in(tx, "C1", tx.now - LATELY)
    assert [each.text for each in closed] == ["Pointless"]
    assert [each.text for each in await queries.open_in(tx, "C1")] == ["Overdue", "Later"]


async def test_a_hundred_are_read_in_pages_and_past_the_end_the_first(tx: Tx) -> None:
    await public(tx)
    for number in range(25):
        await added(tx, text=f"No. {number}")
    pages = [await texts(tx, "U3", offset=offset) for offset in (0, PAGE, 2 * PAGE)]
    assert [text for page in pages for text in page] == [f"No. {number}" for number in range(25)]
    assert await texts(tx, "U3", offset=500) == pages[0]
    assert (await read(tx, "U3", "C1", PAGE))[-1] == "[Back] [5 more]"
    assert (await read(tx, "U3", "C1"))[0] == "25 open action items here"


async def test_of_a_private_channel_only_its_members_read(tx: Tx) -> None:
    await private(tx, "U1", "U2")
    await added(tx)
    assert await texts(tx, "U1") == ["Write the runbook"]
    assert await texts(tx, "U9") == await texts(tx, "U9", None) == []
    await private(tx, "U1")
    assert await texts(tx, "U2", None) == []


async def test_guests_read_of_none_and_an_owner_who_left_is_said_to_have_left(tx: Tx) -> None:
    await several(tx)
    await introduce(tx, Profile(id="U6", name="Gus", is_restricted=True))
    assert await texts(tx, "U6") == []
    await introduce(tx, Profile(id="U2", name="Jonas Bell", deleted=True))
    assert "Jonas Bell (left) · due 22 Sep 2026" in (await read(tx, "U3", "C1"))[4]


async def test_of_a_channel_nobody_told_of_they_are_read_there_and_by_whom_they_name(tx: Tx) -> None:
    await added(tx)
    assert await texts(tx, "U9") == await texts(tx, "U2", None) == ["Write the runbook"]
    assert await texts(tx, "U9", None) == []


def test_the_form_has_the_fields_of_the_draft_and_what_stands_in_them() -> None:
    view = blocks.edit_modal(an_action(if_then="If paged, then open it"), here="C1").to_dict()
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    assert [block["block_id"] for block in inputs] == ["text", "owner", "due_on", "if_then"]
    assert view["private_metadata"] == "7:C1"
