"""Votes: a budget that holds, shown to nobody but whoever cast them, and never more than one asked for."""

import pytest
from sqlalchemy import select

from slackapp.core.errors import FieldError, NotFoundError, UserError
from slackapp.core.transaction import Tx
from slackapp.features.retros import queries
from slackapp.features.retros.models import Retro
from slackapp.features.retros.queries import topics as found
from slackapp.features.retros.rules import Phase
from slackapp.features.retros.rules.topics import Into, Placing
from slackapp.features.retros.service import phases, topics, votes
from slackapp.outbox.models import OutboxMessage, OutboxStale
from tests.support.topics import ALONE, named, noted, with_notes, worth

#: Nothing alike, so that each is a topic of its own; three votes each.
FIVE = ["Cake", "Pricing", "Handover", "Android", "Budget"]


async def voting(tx: Tx) -> tuple[Retro, list[int]]:
    about = await with_notes(tx, FIVE, to=Phase.VOTE)
    assert about.votes_each == 3
    return about, await named(tx, about, *FIVE)


async def test_a_vote_says_how_many_there_are_to_be_so_that_to_press_twice_is_to_press_once(tx: Tx) -> None:
    about, (cake, pricing, *_) = await voting(tx)
    for wanted in (1, 1, 2, 2, 1, 0, 0, 3):
        await votes.cast(tx, "U2", about.id, cake, wanted)
        assert await found.votes_of(tx, about.id, "U2") == ({cake: wanted} if wanted else {})
        assert (await found.ballot(tx, about, "U2")).remaining == 3 - wanted
    with pytest.raises(UserError, match="no votes left"):
        await votes.cast(tx, "U2", about.id, pricing, 1)
    await votes.cast(tx, "U2", about.id, cake, 2)
    await votes.cast(tx, "U2", about.id, pricing, 1)
    assert await found.votes_of(tx, about.id, "U2") == {cake: 2, pricing: 1}
    assert await worth(tx, about) == {"U2": 3}


async def test_nobody_has_more_on_one_topic_than_is_allowed(tx: Tx) -> None:
    about, (cake, *_) = await voting(tx)
    await votes.set_budget(tx, about, 3, 2)
    with pytest.raises(UserError, match="At most 2 votes on one topic"):
        await votes.cast(tx, "U2", about.id, cake, 3)
    await votes.cast(tx, "U2", about.id, cake, 2)


async def test_more_votes_are_given_to_all_and_fewer_than_are_used_are_refused(tx: Tx) -> None:
    about, (cake, pricing, *_) = await voting(tx)
    await votes.cast(tx, "U2", about.id, cake, 2)
    await votes.cast(tx, "U2", about.id, pricing, 1)
    await votes.cast(tx, "U3", about.id, cake, 1)
    await votes.set_budget(tx, about, 5, 3)
    assert await worth(tx, about) == {"U2": 5, "U3": 5}
    for each, cap, fields in (
        (2, 3, {"votes_each"}),
        (3, 1, {"votes_cap"}),
        (0, 0, {"votes_each", "votes_cap"}),
    ):
        with pytest.raises(FieldError) as caught:
            await votes.set_budget(tx, about, each, cap)
        assert set(caught.value.fields) == fields
        assert "U2" not in caught.value.sentence
    await votes.set_budget(tx, about, 3, 2)
    assert await worth(tx, about) == {"U2": 3, "U3": 3}
    # As many as fit.
    await votes.set_budget(tx, about, None, 2)
    assert about.votes_each == 3


async def test_how_many_each_has_may_stay_open_until_topics_are_known(tx: Tx) -> None:
    about = await with_notes(tx, FIVE, to=Phase.COLLECT)
    await votes.set_budget(tx, about, 7, 2)
    await votes.set_budget(tx, about, None, 2)
    assert about.votes_each is None
    await phases.advance(tx, about.id, by="U1", step=about.step)
    assert about.votes_each == 3


async def test_before_the_vote_and_after_it_nobody_votes(tx: Tx) -> None:
    about, (cake, *_) = await voting(tx)
    await phases.advance(tx, about.id, by="U1", step=about.step)
    with pytest.raises(UserError, match="The vote of R-1 is over"):
        await votes.cast(tx, "U2", about.id, cake, 1)
    await phases.go_back(tx, about.id, by="U1", step=about.step)
    await votes.cast(tx, "U2", about.id, cake, 1)
    await phases.go_back(tx, about.id, by="U1", step=about.step)
    with pytest.raises(UserError, match="has not begun yet"):
        await votes.cast(tx, "U2", about.id, cake, 2)


async def test_a_topic_of_another_retro_takes_no_votes(tx: Tx) -> None:
    about, _ = await voting(tx)
    with pytest.raises(NotFoundError):
        await votes.cast(tx, "U2", about.id, 10**6, 1)


async def test_how_topics_stand_is_told_nowhere_before_they_are_discussed(tx: Tx) -> None:
    about, (cake, pricing, *_) = await voting(tx)
    await votes.cast(tx, "U2", about.id, pricing, 3)
    await votes.cast(tx, "U3", about.id, cake, 1)
    assert await found.tally(tx, about.id) == {}
    assert await queries.voters_of(tx, about.id) == {"U2", "U3"}
    assert (await found.ballot(tx, about, "U3")).votes == {cake: 1}
    await phases.advance(tx, about.id, by="U1", step=about.step)
    assert await found.tally(tx, about.id) == {pricing: 3, cake: 1}
    assert [view.topic.id for view in await found.topics(tx, about.id)][:2] == [pricing, cake]
    # Back in the vote, topics stand in an order again that says nothing.
    await phases.go_back(tx, about.id, by="U1", step=about.step)
    assert await found.tally(tx, about.id) == {}
    ids = [view.topic.id for view in await found.topics(tx, about.id)]
    assert ids == sorted(ids)


async def test_the_status_is_drawn_anew_when_another_person_has_voted_and_says_so_to_nobody_waiting(
    tx: Tx,
) -> None:
    about, (cake, pricing, *_) = await voting(tx)

    async def asked() -> int:
        return len((await tx.session.scalars(select(OutboxStale.key))).all())

    before = await asked()
    await votes.cast(tx, "U2", about.id, cake, 1)
    assert await asked() == before + 1
    # The second vote of the same person changes nothing that others see.
    await votes.cast(tx, "U2", about.id, pricing, 1)
    assert await asked() == before + 1
    await votes.cast(tx, "U2", about.id, pricing, 0)
    await votes.cast(tx, "U2", about.id, cake, 0)
    assert await asked() == before + 2
    shown = (await tx.session.scalars(select(OutboxMessage.text))).all()
    assert "Cake" not in "".join(shown)


async def test_what_stands_alone_keeps_its_votes_when_grouping_is_gone_back_to(tx: Tx) -> None:
    about = await with_notes(tx, to=Phase.VOTE)
    cake, paired, meetings = await named(tx, about, ALONE[0], ALONE[1], "Meetings")
    for topic in (cake, paired, meetings):
        await votes.cast(tx, "U2", about.id, topic, 1)
    await phases.go_back(tx, about.id, by="U1", step=about.step)
    # Put together with another, votes follow; one of two for the same is given back.
    await topics.put(tx, "U2", about.id, Placing(await noted(tx, about, "cake", "paired"), name="Nice"))
    await topics.put(tx, "U2", about.id, Placing(topics=[meetings], into=Into.NONE))
    await phases.advance(tx, about.id, by="U1", step=about.step)
    [nice] = await named(tx, about, "Nice")
    assert await found.votes_of(tx, about.id, "U2") == {nice: 1}
    assert (await found.ballot(tx, about, "U2")).remaining == 2
    assert await worth(tx, about) == {"U2": 3}


async def test_later_only_whole_topics_merge_and_only_facilitators_do_it(tx: Tx) -> None:
    about = await with_notes(tx, to=Phase.VOTE)
    meetings, scope = await named(tx, about, "Meetings", "Scope changes")
    with pytest.raises(UserError, match="facilitator"):
        await topics.merge(tx, "U2", about.id, [meetings, scope])
    for user in ("U2", "U3"):
        await votes.cast(tx, user, about.id, meetings, 2)
    await votes.cast(tx, "U2", about.id, scope, 1)
    for _ in range(2):
        await topics.merge(tx, "U1", about.id, [meetings, scope], "Calendars")
        [calendars] = await named(tx, about, "Calendars")
        assert await found.votes_of(tx, about.id, "U2") == {calendars: 2}
        assert await worth(tx, about) == {"U2": 3, "U3": 3}
    with pytest.raises(UserError, match="part of “Calendars” now"):
        await votes.cast(tx, "U3", about.id, max(meetings, scope), 1)
