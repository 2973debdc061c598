"""Notes are put into topics by likeness and by hand; no note is lost, and none is in two topics."""

import pytest

from slackapp.core.errors import FieldError, UserError
from slackapp.core.transaction import Tx
from slackapp.features.retros.queries import topics as found
from slackapp.features.retros.rules import Phase
from slackapp.features.retros.rules.topics import Into, Placing
from slackapp.features.retros.service import topics
from tests.support.topics import ALONE, NOTES, WRITTEN, board, named, noted, with_notes

#: What is special of either database in it, votes that go where their topics go, is tried with those.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_grouping_opens_with_topics_by_likeness_marked_as_a_draft(tx: Tx) -> None:
    about = await with_notes(tx, to=Phase.GROUP)
    assert await board(tx, about) == {
        "Deploy": set(WRITTEN["deploys"]),
        "Reviews": set(WRITTEN["reviews"]),
        "Onboarding checklist": set(WRITTEN["onboarding"]),
        "Meetings": set(WRITTEN["meetings"]),
        "Scope changes": set(WRITTEN["scope"]),
        "": set(ALONE),
    }
    assert all(view.topic.is_draft for view in await found.topics(tx, about.id))


async def test_whatever_anybody_changes_is_no_draft_any_more(tx: Tx) -> None:
    about = await with_notes(tx, to=Phase.GROUP)
    [meetings] = await named(tx, about, "Meetings")
    await topics.put(tx, "U2", about.id, Placing(await noted(tx, about, "cake"), into=meetings))
    drafts = {view.topic.name for view in await found.topics(tx, about.id) if view.topic.is_draft}
    assert "Meetings" not in drafts
    assert len(drafts) == 4


async def test_notes_go_into_a_new_topic_out_of_wherever_they_were(tx: Tx) -> None:
    about = await with_notes(tx, to=Phase.GROUP)
    chosen = await noted(tx, about, "cake", "Fridays")
    for _ in range(2):
        await topics.put(tx, "U2", about.id, Placing(chosen, name="End of the week"))
        there = await board(tx, about)
        assert there["End of the week"] == {"Great cake on Thursday", "Slow deployments on Fridays"}
        assert there["Deploy"] == {"Deploys are slow", "The deploy took 40 minutes again"}
        assert sorted(text for texts in there.values() for text in texts) == sorted(NOTES)


async def test_a_new_topic_without_a_name_is_called_by_what_its_notes_share(tx: Tx) -> None:
    about = await with_notes(tx, to=Phase.GROUP)
    await topics.start_over(tx, "U2", about.id)
    await topics.put(tx, "U2", about.id, Placing(await noted(tx, about, "Too many", "Standup")))
    assert set(await board(tx, about)) == {"Meetings", ""}


async def test_topics_merge_into_one_of_them_or_under_a_new_name(tx: Tx) -> None:
    about = await with_notes(tx, to=Phase.GROUP)
    scope, meetings, deploy = await named(tx, about, "Scope changes", "Meetings", "Deploy")
    await topics.put(tx, "U2", about.id, Placing(topics=[scope], into=meetings))
    assert (await board(tx, about))["Meetings"] == {*WRITTEN["scope"], *WRITTEN["meetings"]}
    await topics.put(tx, "U2", about.id, Placing(topics=[meetings, deploy], name="How we work"))
    there = await board(tx, about)
    assert there["How we work"] == {*WRITTEN["scope"], *WRITTEN["meetings"], *WRITTEN["deploys"]}
    assert {"Meetings", "Deploy", "Scope changes"}.isdisjoint(there)
    # Whoever still sees one of the old topics means what it is part of now.
    await topics.put(tx, "U2", about.id, Placing(await noted(tx, about, "cake"), into=scope))
    assert "Great cake on Thursday" in (await board(tx, about))["How we work"]


async def test_a_topic_is_renamed(tx: Tx) -> None:
    about = await with_notes(tx, to=Phase.GROUP)
    [meetings, scope] = await named(tx, about, "Meetings", "Scope changes")
    await topics.put(tx, "U2", about.id, Placing(into=meetings, name="Calendars"))
    await topics.put(tx, "U2", about.id, Placing(topics=[scope], name="Moving targets"))
    there = await board(tx, about)
    assert there["Calendars"] == set(WRITTEN["meetings"])
    assert there["Moving targets"] == set(WRITTEN["scope"])


async def test_notes_leave_a_topic_and_the_last_one_ends_it(tx: Tx) -> None:
    about = await with_notes(tx, to=Phase.GROUP)
    await topics.put(tx, "U2", about.id, Placing(await noted(tx, about, "cake", "Fridays"), name="The end"))
    await topics.put(tx, "U2", about.id, Placing(await noted(tx, about, "cake"), into=Into.NONE))
    there = await board(tx, about)
    assert there["The end"] == {"Slow deployments on Fridays"}
    assert "Great cake on Thursday" in there[""]
    await topics.put(tx, "U2", about.id, Placing(await noted(tx, about, "Fridays"), into=Into.NONE))
    assert "The end" not in await board(tx, about)


async def test_a_suggested_topic_that_is_left_with_one_note_ends_with_it(tx: Tx) -> None:
    about = await with_notes(tx, to=Phase.GROUP)
    await topics.put(tx, "U2", about.id, Placing(await noted(tx, about, "Standup"), into=Into.NONE))
    there = await board(tx, about)
    assert "Meetings" not in there
    assert there[""] == {*ALONE, *WRITTEN["meetings"]}


async def test_to_start_over_leaves_every_note_alone(tx: Tx) -> None:
    about = await with_notes(tx, to=Phase.GROUP)
    for _ in range(2):
        await topics.start_over(tx, "U2", about.id)
        assert await board(tx, about) == {"": set(NOTES)}


async def test_of_two_people_the_last_has_it_their_way(tx: Tx) -> None:
    about = await with_notes(tx, to=Phase.GROUP)
    chosen = await noted(tx, about, "cake", "paired")
    await topics.put(tx, "U2", about.id, Placing(chosen, name="Ours"))
    await topics.put(tx, "U3", about.id, Placing(chosen, name="Theirs"))
    there = await board(tx, about)
    assert "Ours" not in there
    assert there["Theirs"] == {"Great cake on Thursday", "Jonas paired with everybody"}


async def test_what_is_gone_is_said_to_be_gone(tx: Tx) -> None:
    about = await with_notes(tx, to=Phase.GROUP)
    [meetings] = await named(tx, about, "Meetings")
    await topics.start_over(tx, "U2", about.id)
    with pytest.raises(FieldError) as caught:
        await topics.put(tx, "U3", about.id, Placing(await noted(tx, about, "cake"), into=meetings))
    assert set(caught.value.fields) == {"into"}
    with pytest.raises(UserError, match="not there any more"):
        await topics.put(tx, "U3", about.id, Placing(topics=[meetings], name="Calendars"))
    with pytest.raises(UserError, match="not there any more"):
        await topics.put(
            tx, "U3", about.id, Placing(["note0"], name="An id of before the notes were revealed")
        )


async def test_voting_gives_every_note_that_stands_alone_a_topic_of_its_own(tx: Tx) -> None:
    about = await with_notes(tx, to=Phase.VOTE)
    there = await board(tx, about)
    assert [there[text] for text in ALONE] == [{text} for text in ALONE]
    assert len(there) == 8
    # 8 topics, 3 votes each.
    assert about.votes_each == 3
    with pytest.raises(UserError, match="its topics stay as they are"):
        await topics.put(tx, "U2", about.id, Placing(await noted(tx, about, "cake"), into=Into.NONE))
