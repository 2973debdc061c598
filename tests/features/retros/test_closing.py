"""Closing a retro: scores, what happened to users, the summary, its files: on both databases."""

import json
from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select

from slackapp.core.errors import FieldError, NotFoundError, UserError
from slackapp.core.transaction import Tx
from slackapp.features.action_items.rules import ActionDraft
from slackapp.features.action_items.service import add
from slackapp.features.retros import queries
from slackapp.features.retros.models import (
    Decision,
    Note,
    Retro,
    RetroAction,
    RetroLaunch,
    Score,
    Topic,
    Vote,
)
from slackapp.features.retros.queries.looked_back import ON_A_PAGE
from slackapp.features.retros.queries.looked_back import closing as form_of
from slackapp.features.retros.queries.record import record
from slackapp.features.retros.rules import Phase
from slackapp.features.retros.rules.exports import FileKind
from slackapp.features.retros.rules.record import summary_key
from slackapp.features.retros.rules.scores import LONGEST_IMPACT, ClosingDraft, Said, read_scores
from slackapp.features.retros.service import anonymity, closing, notes, scoring, stepping
from slackapp.features.retros.service.exporting import export
from slackapp.features.workspaces.service import introduce, keep_room
from slackapp.outbox.models import OutboxMessage
from slackapp.slack.people import Profile
from slackapp.slack.rooms import Room
from tests.support.recorded import knows, recorded
from tests.support.retros import collecting


async def at_close(tx: Tx, *, is_anonymous: bool = True, launches: int = 1, channel: str = "C1") -> Retro:
    retro = await collecting(tx, is_anonymous=is_anonymous, channel=channel)
    for number in range(launches):
        launch = await recorded(tx, title=f"Launch {number + 1}", channel=channel)
        tx.session.add(RetroLaunch(workspace_id=tx.workspace_id, retro_id=retro.id, launch_id=launch.id))
    await stepping.step_to(tx, retro, Phase.CLOSE, by="U1")
    return retro


async def looked_at(tx: Tx, retro: Retro) -> Sequence[int]:
    return await queries.launches(tx, retro.id)


async def said(tx: Tx, key: str) -> OutboxMessage | None:
    found: OutboxMessage | None = await tx.session.scalar(
        select(OutboxMessage).where(OutboxMessage.key == key, OutboxMessage.workspace_id == tx.workspace_id)
    )
    return found


async def closed(tx: Tx, *, is_anonymous: bool = True) -> Retro:
    retro = await at_close(tx, is_anonymous=is_anonymous)
    await closing.close(tx, retro, by="U1", impact="They stay longer", skip=False)
    return retro


async def test_a_score_is_set_changed_and_taken_back(tx: Tx) -> None:
    retro = await at_close(tx)
    [launch_id] = await looked_at(tx, retro)
    for these in (Said(4, None), Said(2, 5), Said(2, 5)):
        await scoring.score(tx, "U2", retro.id, {launch_id: these})
        [row] = (await tx.session.scalars(select(Score))).all()
        assert (row.voter, row.works, row.needed) == ("U2", these.works, these.needed)
    await scoring.score(tx, "U2", retro.id, {launch_id: Said()})
    assert (await tx.session.scalars(select(Score))).all() == []


async def test_of_other_launches_and_people_the_form_shows_nothing(tx: Tx) -> None:
    retro, other = await at_close(tx), await recorded(tx, title="Not looked back on")
    [launch_id] = await looked_at(tx, retro)
    await scoring.score(tx, "U2", retro.id, {launch_id: Said(5, 5), other.id: Said(1, 1)})
    form = await form_of(tx, retro, "U3", facilitates=True)
    assert [(each.launch_id, each.own, each.launch.works.answers) for each in form.launches] == [
        (launch_id, None, 0)
    ]
    form = await form_of(tx, retro, "U2", facilitates=False)
    assert [each.own and each.own.works for each in form.launches] == [5]


async def test_many_launches_are_scored_page_by_page(tx: Tx) -> None:
    retro = await at_close(tx, launches=ON_A_PAGE + 1)
    first, last = [await form_of(tx, retro, "U2", facilitates=True, page=page) for page in (0, 1)]
    assert (len(first.launches), first.is_last, len(last.launches), last.is_last) == (
        ON_A_PAGE,
        False,
        1,
        True,
    )


async def test_launches_are_scored_while_it_closes_and_at_no_other_time(tx: Tx) -> None:
    retro = await at_close(tx)
    [launch_id] = await looked_at(tx, retro)
    for phase in set(Phase) - {Phase.CLOSE}:
        await stepping.step_to(tx, retro, phase, by="U1")
        with pytest.raises(UserError):
            await scoring.score(tx, "U2", retro.id, {launch_id: Said(4, 4)})


async def test_whoever_is_not_in_the_retro_scores_nothing(tx: Tx) -> None:
    retro = await at_close(tx)
    retro.whole_channel = False
    await tx.session.flush()
    [launch_id] = await looked_at(tx, retro)
    with pytest.raises(UserError):
        await scoring.score(tx, "U5", retro.id, {launch_id: Said(4, 4)})


async def test_scores_are_shown_once_it_is_closed_and_from_three_on(tx: Tx) -> None:
    retro = await at_close(tx)
    [launch_id] = await looked_at(tx, retro)
    for user_id, these in (("U1", Said(5, 1)), ("U2", Said(4, 2)), ("U3", Said(3, None))):
        await scoring.score(tx, user_id, retro.id, {launch_id: these})
    await closing.close(tx, retro, by="U1", impact="They stay", skip=False)
    [launch] = (await record(tx, retro)).launches
    assert ((launch.works.answers, launch.works.mean), (launch.needed.answers, launch.needed.mean)) == (
        (3, 4.0),
        (2, None),
    )


@pytest.mark.parametrize("is_anonymous", [True, False], ids=["anonymous", "named"])
async def test_closing_ends_it_tells_the_channel_and_forgets_who_scored(
    tx: Tx, *, is_anonymous: bool
) -> None:
    retro = await at_close(tx, is_anonymous=is_anonymous)
    [launch_id] = await looked_at(tx, retro)
    await scoring.score(tx, "U7", retro.id, {launch_id: Said(4, 4)})
    await closing.close(tx, retro, by="U1", impact="They stay longer", skip=False)
    assert (retro.phase, retro.ended_at, retro.impact_by) == (Phase.CLOSED, tx.now, "U1")
    assert not retro.impact_skipped
    summary = await said(tx, summary_key(retro.id))
    assert summary is not None
    assert (summary.channel_id, summary.reply_to, summary.broadcast) == (
        "C1",
        f"retros:{retro.id}:status",
        True,
    )
    assert "They stay longer" in json.dumps(summary.blocks)
    voters = (await tx.session.scalars(select(Score.voter))).all()
    assert ("U7" in voters) is not is_anonymous
    assert await queries.open_in(tx, "C1") is None


async def test_without_an_answer_on_users_it_closes_only_by_a_word_which_is_counted(tx: Tx) -> None:
    retro = await at_close(tx)
    with pytest.raises(UserError):
        await closing.close(tx, retro, by="U1", impact="", skip=False)
    assert retro.ended_at is None
    await closing.close(tx, retro, by="U1", impact="", skip=True)
    assert (retro.impact_skipped, retro.impact, retro.impact_by) == (True, "", None)
    retro = await at_close(tx)
    await closing.close(tx, retro, by="U1", impact="They stay", skip=True)
    assert not retro.impact_skipped


async def test_it_is_closed_once_by_a_facilitator_who_saw_it_closing(tx: Tx) -> None:
    retro = await collecting(tx)
    with pytest.raises(UserError):
        await closing.close(tx, retro, by="U1", impact="They stay", skip=False)
    await stepping.step_to(tx, retro, Phase.CLOSE, by="U1")
    for by, step in (("U2", retro.step), ("U1", retro.step - 1)):
        with pytest.raises(UserError):
            await closing.at_close(tx, retro.id, by=by, step=step)
    await closing.at_close(tx, retro.id, by="U1", step=retro.step)
    await closing.close(tx, retro, by="U1", impact="They stay", skip=False)
    with pytest.raises(UserError):
        await closing.at_close(tx, retro.id, by="U1", step=retro.step)


async def test_the_record_holds_topics_votes_decisions_and_actions_and_what_is_carried_over(tx: Tx) -> None:
    await knows(tx, "U1", name="Mara Lind")
    retro = await collecting(tx, is_anonymous=False)
    await notes.hand_in(tx, "U1", retro.id, [(0, "It helped"), (1, "Too slow")], {})
    await stepping.step_to(tx, retro, Phase.DISCUSS, by="U1")
    slow, gone = Topic(name="Slow", place=1), Topic(name="Merged")
    for topic in (slow, gone):
        topic.workspace_id, topic.retro_id = tx.workspace_id, retro.id
        tx.session.add(topic)
    await tx.session.flush()
    gone.merged_into_id = slow.id
    for place, note in enumerate(await tx.session.scalars(select(Note).order_by(Note.column))):
        note.position, note.topic_id = place, slow.id if note.column else None
    for user_id in ("U1", "U2"):
        tx.session.add(
            Vote(workspace_id=tx.workspace_id, retro_id=retro.id, topic_id=slow.id, user_id=user_id, slot=1)
        )
    tx.session.add(
        Decision(
            workspace_id=tx.workspace_id,
            retro_id=retro.id,
            topic_id=slow.id,
            text="Deploy twice a day",
            written_by="U1",
            written_at=tx.now,
        )
    )
    draft = ActionDraft(text="Split it", owner="U1", due_on=tx.now.date() + timedelta(days=7))
    before = await add(tx, draft, channel_id="C1", by="U1", about="Of old")
    item = await add(tx, draft, channel_id="C1", by="U1", about="Slow")
    await add(tx, draft, channel_id="C2", by="U1")
    tx.session.add(
        RetroAction(workspace_id=tx.workspace_id, action_id=item.id, retro_id=retro.id, topic_id=slow.id)
    )
    await stepping.step_to(tx, retro, Phase.CLOSE, by="U1")
    await closing.close(tx, retro, by="U1", impact="", skip=True)
    what = await record(tx, retro)
    [told] = what.topics
    assert (told.name, told.votes, [note.text for note in told.notes]) == ("Slow", 2, ["Too slow"])
    assert [(note.text, note.author) for note in what.loose] == [("It helped", "Mara Lind")]
    assert [(each.text, each.topic) for each in what.decisions] == [("Deploy twice a day", "Slow")]
    assert [(each.label, each.owner, each.topic) for each in what.actions] == [
        (item.label, "Mara Lind", "Slow")
    ]
    assert [(each.label, each.topic) for each in what.carried_over] == [(before.label, "Of old")]
    assert [each.phase for each in what.phases] == ["collect", "discuss", "close", "closed"]
    assert what.handed_in == 1


async def test_no_file_of_an_anonymous_retro_names_an_author(tx: Tx) -> None:
    await knows(tx, "U1", name="Mara Lind")
    for user_id in ("U6", "U7", "U8"):
        await knows(tx, user_id, name=f"Author {user_id}")
    retro = await at_close(tx)
    retro.phase = Phase.COLLECT
    for user_id in ("U6", "U7", "U8"):
        await notes.hand_in(tx, user_id, retro.id, [(0, "It helped")], {})
    await anonymity.reveal(tx, retro)
    retro.phase = Phase.CLOSE
    await closing.close(tx, retro, by="U1", impact="", skip=True)
    for kind in FileKind:
        await export(tx, "U1", retro.id, kind, here="C1")
    files = await tx.session.scalars(select(OutboxMessage.file_content).where(OutboxMessage.user_id == "U1"))
    text = "".join(content for content in files if content)
    assert text.count("It helped") == 3 * len(FileKind)
    assert "Author" not in text


async def test_a_file_goes_to_whoever_asked_and_once_for_two_presses(tx: Tx) -> None:
    retro = await closed(tx)
    for _ in range(2):
        await export(tx, "U2", retro.id, FileKind.CSV, here="C1")
    await export(tx, "U2", retro.id, FileKind.JSON, here="C1")
    found = await tx.session.scalars(
        select(OutboxMessage).where(OutboxMessage.user_id == "U2", OutboxMessage.file_name.is_not(None))
    )
    assert sorted(str(row.file_name) for row in found) == [
        f"R-1 {tx.now.date()}.csv",
        f"R-1 {tx.now.date()}.json",
    ]


async def test_of_an_open_retro_there_is_no_file(tx: Tx) -> None:
    retro = await at_close(tx)
    with pytest.raises(UserError):
        await export(tx, "U1", retro.id, FileKind.JSON, here="C1")


async def test_guests_and_people_outside_of_a_private_channel_take_nothing_away(tx: Tx) -> None:
    members = frozenset({"U1", "U2", "G1"})
    room = Room("C1", "secret", is_private=True, is_archived=False, is_member=True, members=members)
    await keep_room(tx, room)
    await introduce(tx, Profile(id="G1", name="Guest", tz="UTC", is_restricted=True))
    retro = await closed(tx)
    await export(tx, "U2", retro.id, FileKind.JSON, here=None)
    for user_id in ("U9", "G1"):
        with pytest.raises(UserError):
            await export(tx, user_id, retro.id, FileKind.JSON, here="C1")
    with pytest.raises(NotFoundError):
        await queries.numbered(tx, retro.number, "U9", "C9")


async def test_of_launches_in_a_private_channel_nothing_is_told_elsewhere(tx: Tx) -> None:
    room = Room("C2", "secret", is_private=True, is_archived=False, is_member=True, members=frozenset({"U1"}))
    await keep_room(tx, room)
    retro, secret = await at_close(tx), await recorded(tx, title="Secret", channel="C2")
    tx.session.add(RetroLaunch(workspace_id=tx.workspace_id, retro_id=retro.id, launch_id=secret.id))
    await closing.close(tx, retro, by="U1", impact="", skip=True)
    assert [launch.title for launch in (await record(tx, retro)).launches] == ["Launch 1"]


def test_what_is_no_score_is_not_taken() -> None:
    assert read_scores({"works_7": "4", "needed_7": "none", "impact": "x", "works_x": "9"}) == {
        7: Said(4, None)
    }
    for value in ("0", "6", "x", ["4"]):
        with pytest.raises(FieldError):
            read_scores({"works_7": value})


def test_what_happened_to_users_is_tidied_and_has_a_limit() -> None:
    assert ClosingDraft.read({"impact": " \n\t "}) == ClosingDraft("", keep_open=False, skip=False)
    assert ClosingDraft.read({"impact": "They\x00 stay", "then": "keep", "skip": ["yes"]}) == ClosingDraft(
        "They stay", keep_open=True, skip=True
    )
    with pytest.raises(FieldError):
        ClosingDraft.read({"impact": "x" * (LONGEST_IMPACT + 1)})
