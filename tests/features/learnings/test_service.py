"""Keeping what launches taught, and who may read of it, on both databases."""

import pytest

from slackapp.core.errors import FieldError
from slackapp.core.transaction import Transactions, Tx
from slackapp.features.launches.models import Launch
from slackapp.features.launches.queries import Reader
from slackapp.features.launches.rules import LaunchEdited
from slackapp.features.learnings import queries, service
from slackapp.features.learnings.models import Learning
from slackapp.features.learnings.rules import Link, Stance
from slackapp.features.workspaces.service import keep_room
from slackapp.slack.rooms import Room
from tests.support.recorded import another_workspace, knows, recorded

HERE = Reader("U1", "C1")


async def learned(tx: Tx, text: str, *, about: Learning | None = None, **launch: str) -> Learning:
    """What a launch of its own taught; it contradicts `about`, if there is one."""
    of = await recorded(tx, **launch)
    link = Link(Stance.CONTRADICTS, about.id) if about else None
    await service.note(tx, of, text, link, by=of.owner_id)
    found = await queries.of_launch(tx, of.id)
    assert found is not None
    return found


async def launch_of(tx: Tx, learning: Learning) -> Launch:
    found = await tx.session.get(Launch, learning.launch_id)
    assert found is not None
    return found


async def found(tx: Tx, word: str, reader: Reader = HERE, offset: int = 0) -> list[str]:
    page = await queries.page(tx, reader, word, offset)
    return [row.found.learning.text for row in page.rows]


def public(channel: str) -> Room:
    return Room(channel, "team", is_private=False, is_archived=False, is_member=True)


async def private(tx: Tx, channel: str, *members: str) -> None:
    await keep_room(
        tx,
        Room(
            channel, "secret", is_private=True, is_archived=False, is_member=True, members=frozenset(members)
        ),
    )


async def test_a_launch_teaches_one_thing_which_can_be_said_in_other_words_or_taken_away(tx: Tx) -> None:
    learning = await learned(tx, "A checklist helps")
    launch = await launch_of(tx, learning)
    await service.note(tx, launch, "A short checklist helps", None, by="U2")
    assert (learning.text, learning.written_by) == ("A short checklist helps", "U2")
    await service.note(tx, launch, "", None, by="U1")
    assert await queries.of_launch(tx, launch.id) is None
    await service.note(tx, launch, "", None, by="U1")


async def test_what_a_later_one_is_about_has_to_stay(tx: Tx) -> None:
    first = await learned(tx, "A checklist helps")
    later = await learned(tx, "It does not", about=first)
    with pytest.raises(FieldError) as refused:
        await service.note(tx, await launch_of(tx, first), "", None, by="U1")
    assert list(refused.value.fields) == ["learning"]
    await service.note(tx, await launch_of(tx, later), "It does not", None, by="U1")
    await service.note(tx, await launch_of(tx, first), "", None, by="U1")


async def test_only_an_earlier_one_that_can_be_read_is_supported_or_contradicted(tx: Tx) -> None:
    await private(tx, "C2", "U9")
    first = await learned(tx, "A checklist helps")
    later = await learned(tx, "It does not")
    secret = await learned(tx, "Nobody should know", by="U9", channel="C2")
    for about, own in ((later, first), (first, first), (secret, later)):
        link, launch = Link(Stance.SUPPORTS, about.id), await launch_of(tx, own)
        with pytest.raises(FieldError) as refused:
            await service.note(tx, launch, own.text, link, by="U1")
        assert list(refused.value.fields) == ["about"]


async def test_a_link_that_the_writer_cannot_see_stays_when_only_words_change(tx: Tx) -> None:
    await private(tx, "C2", "U9")
    secret = await learned(tx, "Nobody should know", by="U9", channel="C2")
    later = await learned(tx, "It does not", by="U9", about=secret, channel="C1")
    link = queries.link_of(later)
    await service.note(tx, await launch_of(tx, later), "It does not help", link, by="U1")
    assert (later.text, later.about_id) == ("It does not help", secret.id)


async def test_a_word_finds_them_in_text_title_and_metric_whatever_its_case(tx: Tx) -> None:
    await learned(tx, "Eine Übersicht hilft 100 %", title="Search", metric="Zeit bis zur Antwort")
    await learned(tx, "A_checklist helps", title="New onboarding", metric="Activation")
    assert await found(tx, "übersicht") == ["Eine Übersicht hilft 100 %"]
    assert await found(tx, "ONBOARDING") == ["A_checklist helps"]
    assert await found(tx, "antwort") == ["Eine Übersicht hilft 100 %"]
    assert await found(tx, "") == ["A_checklist helps", "Eine Übersicht hilft 100 %"]
    assert await found(tx, "export") == []


async def test_a_percent_sign_and_an_underscore_are_only_themselves(tx: Tx) -> None:
    await learned(tx, "It rose by 100 %", from_to="")
    await learned(tx, "A_checklist helps", from_to="")
    assert await found(tx, "%") == ["It rose by 100 %"]
    assert await found(tx, "_") == ["A_checklist helps"]
    assert await found(tx, "a%helps") == []


async def test_a_launch_that_was_renamed_is_found_by_its_new_title(tx: Tx) -> None:
    learning = await learned(tx, "A checklist helps")
    launch = await launch_of(tx, learning)
    launch.title = "First steps"
    await tx.session.flush()
    await service.rename(tx, LaunchEdited(launch.id, replan=False, by="U1"))
    assert await found(tx, "first steps") == ["A checklist helps"]
    assert await found(tx, "onboarding") == []


async def test_ten_a_page_the_newest_first(tx: Tx) -> None:
    for number in range(12):
        await learned(tx, f"Learning {number}")
    first = await queries.page(tx, HERE, "learning")
    assert [row.found.learning.text for row in first.rows] == [f"Learning {n}" for n in range(11, 1, -1)]
    assert first.has_more
    assert await found(tx, "learning", offset=10) == ["Learning 1", "Learning 0"]


async def test_what_was_learned_in_a_private_channel_is_listed_and_counted_for_its_members_alone(
    tx: Tx,
) -> None:
    await keep_room(tx, public("C1"))
    await private(tx, "C2", "U9")
    first = await learned(tx, "A checklist helps", by="U1", channel="C1")
    await learned(tx, "It does not", by="U9", channel="C2", about=first)
    [open_row] = (await queries.page(tx, Reader("U1", "C1"), "")).rows
    assert (open_row.supported, open_row.contradicted) == (0, 0)
    secret_row, row = (await queries.page(tx, Reader("U9", "C1"), "")).rows
    assert (row.supported, row.contradicted) == (0, 1)
    assert secret_row.about is not None
    assert await queries.nameable(tx, secret_row.found.learning.id, "C1") is None
    assert await queries.nameable(tx, first.id, "C2") is not None


async def test_those_near_are_offered_else_all(tx: Tx) -> None:
    for channel in ("C1", "C2", "C3"):
        await keep_room(tx, public(channel))
    near = await learned(tx, "Same channel", metric="Signups")
    same = await learned(tx, "Same metric", channel="C2", metric="activation")
    far = await learned(tx, "Neither", channel="C2", metric="Churn")
    launch = await recorded(tx)
    offered = await queries.earlier(tx, launch, HERE)
    assert [each.learning.id for each in offered] == [same.id, near.id]
    lonely = await recorded(tx, channel="C3", metric="Uptime")
    offered = await queries.earlier(tx, lonely, HERE)
    assert [each.learning.id for each in offered] == [far.id, same.id, near.id]
    # Of its own launch nothing is offered, nor what came later.
    offered = await queries.earlier(tx, await launch_of(tx, same), HERE)
    assert [each.learning.id for each in offered] == [near.id]


async def test_another_workspace_has_none_of_it(transactions: Transactions, workspace_id: int) -> None:
    async with transactions.begin(workspace_id) as tx:
        learning = await learned(tx, "A checklist helps")
    async with transactions.begin(await another_workspace(transactions)) as tx:
        await knows(tx, "U1")
        assert await found(tx, "") == []
        assert await queries.of_launch(tx, learning.launch_id) is None
        assert await queries.readable(tx, learning.id, HERE) is None
