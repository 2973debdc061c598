"""Topics are discussed in the order of votes, one after the other; what comes of one is noted under it."""

import json
from datetime import timedelta
from string import ascii_lowercase

import pytest
from sqlalchemy import select

from slackapp.core.errors import FieldError, UserError
from slackapp.core.transaction import Tx
from slackapp.features.action_items.rules import ActionDraft
from slackapp.features.retros.models import Retro
from slackapp.features.retros.queries import topics as found
from slackapp.features.retros.rules import Phase
from slackapp.features.retros.service import discussing, noting, phases, topics, votes
from slackapp.outbox.models import OutboxMessage, State
from slackapp.playground.slack.checks import check_message
from tests.support.topics import NOTES, named, with_notes

#: What is special of either database in it, votes that follow a merge, is tried with those.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

THREE = ["Cake", "Pricing", "Handover"]


async def discussed(tx: Tx, *, is_live: bool = True) -> tuple[Retro, list[int]]:
    """Pricing has two votes, cake one."""
    about = await with_notes(tx, THREE, to=Phase.VOTE, is_live=is_live)
    cake, pricing, handover = await named(tx, about, *THREE)
    await votes.cast(tx, "U2", about.id, pricing, 2)
    await votes.cast(tx, "U3", about.id, cake, 1)
    await phases.advance(tx, about.id, by="U1", step=about.step)
    return about, [pricing, cake, handover]


async def now(tx: Tx, about: Retro) -> int | None:
    topic = await found.discussed(tx, about.id)
    return None if topic is None else topic.id


async def test_topics_follow_each_other_and_those_without_votes_come_at_the_end(tx: Tx) -> None:
    about, order = await discussed(tx)
    assert [view.topic.id for view in await found.topics(tx, about.id)] == order
    for topic_id in order:
        assert await now(tx, about) == topic_id
        # Pressed twice, by two people who saw the same topic: one step.
        for _ in range(2):
            await discussing.next_topic(tx, "U1", about.id, topic_id)
    assert await now(tx, about) is None
    await discussing.next_topic(tx, "U1", about.id, 0)
    assert await now(tx, about) is None
    await discussing.previous_topic(tx, "U1", about.id, 0)
    assert await now(tx, about) == order[-1]


async def test_a_facilitator_chooses_topics_and_goes_back(tx: Tx) -> None:
    about, (pricing, cake, handover) = await discussed(tx)
    await discussing.choose(tx, "U1", about.id, handover)
    assert await now(tx, about) == handover
    await discussing.previous_topic(tx, "U1", about.id, handover)
    assert await now(tx, about) == cake
    # What was gone back from comes again, and what was discussed is passed over.
    await discussing.next_topic(tx, "U1", about.id, cake)
    assert await now(tx, about) == handover
    await discussing.choose(tx, "U1", about.id, pricing)
    await discussing.next_topic(tx, "U1", about.id, pricing)
    assert await now(tx, about) is None
    with pytest.raises(UserError, match="facilitator"):
        await discussing.choose(tx, "U2", about.id, pricing)


async def test_to_close_and_come_back_keeps_the_order_and_to_vote_again_changes_it(tx: Tx) -> None:
    about, (pricing, cake, handover) = await discussed(tx)
    await phases.advance(tx, about.id, by="U1", step=about.step)
    assert await now(tx, about) is None
    await phases.go_back(tx, about.id, by="U1", step=about.step)
    assert await now(tx, about) == cake
    assert [view.topic.id for view in await found.topics(tx, about.id)] == [pricing, cake, handover]
    await phases.go_back(tx, about.id, by="U1", step=about.step)
    await votes.cast(tx, "U3", about.id, cake, 0)
    await votes.cast(tx, "U3", about.id, handover, 1)
    await phases.advance(tx, about.id, by="U1", step=about.step)
    assert [view.topic.id for view in await found.topics(tx, about.id)] == [pricing, handover, cake]


async def test_a_topic_that_is_merged_while_it_is_discussed_goes_on_as_part_of_the_other(tx: Tx) -> None:
    about, (pricing, cake, handover) = await discussed(tx)
    await noting.decide(tx, "U2", about.id, pricing, "We ask users first")
    await discussing.choose(tx, "U1", about.id, handover)
    await topics.merge(tx, "U1", about.id, [cake, handover])
    assert await now(tx, about) == cake
    await topics.merge(tx, "U1", about.id, [pricing, cake], "Everything")
    assert await now(tx, about) == pricing
    assert await found.tally(tx, about.id) == {pricing: 3}
    assert [d.topic_id for d in (await found.outcome(tx, about.id)).decisions] == [pricing]


async def test_what_comes_of_a_topic_is_noted_under_it_and_can_be_said_in_other_words(tx: Tx) -> None:
    about, (pricing, cake, _) = await discussed(tx)
    draft = ActionDraft(text="Ask ten users", owner="U2", due_on=(tx.now + timedelta(days=7)).date())
    item = await noting.add_action(tx, "U2", about.id, pricing, draft)
    assert (item.about, item.channel_id) == ("Pricing", about.channel_id)
    await noting.edit_action(
        tx, "U2", about.id, item.id, draft.model_copy(update={"text": "Ask twenty users"})
    )
    await noting.decide(tx, "U3", about.id, cake, " We bake\n\n\n\non Thursdays ")
    [decision] = (await found.outcome(tx, about.id)).decisions
    assert (decision.text, decision.topic_id) == ("We bake\n\non Thursdays", cake)
    await noting.redecide(tx, "U2", about.id, decision.id, "We buy cake")
    outcome = await found.outcome(tx, about.id)
    assert [(topic, each.text) for topic, each in outcome.actions] == [(pricing, "Ask twenty users")]
    assert [each.text for each in outcome.decisions] == ["We buy cake"]
    await noting.redecide(tx, "U2", about.id, decision.id, "  ")
    assert (await found.outcome(tx, about.id)).decisions == []
    for words in ("", "x" * 301):
        with pytest.raises(FieldError) as caught:
            await noting.decide(tx, "U2", about.id, cake, words)
        assert set(caught.value.fields) == {"decision"}


async def test_nothing_is_noted_before_topics_are_discussed(tx: Tx) -> None:
    about = await with_notes(tx, THREE, to=Phase.VOTE)
    with pytest.raises(UserError, match="while topics are discussed"):
        await noting.decide(tx, "U2", about.id, 0, "Too early")


async def test_over_days_the_thread_lists_the_topics_on_as_many_messages_as_they_need(tx: Tx) -> None:
    long = [f"Subject{n}: {letter * 440}" for n, letter in enumerate(ascii_lowercase)]
    about = await with_notes(tx, long, to=Phase.DISCUSS, is_live=False)
    said = await _listed(tx)
    assert len(said) > 1
    assert [(key, text) for key, text, _ in said] == [
        (f"retros:1:topics:{part}", f"Topics of R-1, part {part} of {len(said)}")
        for part in range(1, len(said) + 1)
    ]
    assert all(any(f"Subject{n}: " in blocks for _, _, blocks in said) for n in range(26))
    for _, text, blocks in said:
        assert check_message({"channel": "C1", "text": text, "blocks": json.loads(blocks)}) == []
    # Some topics go, and with them a message: it says so.
    await _forget(tx, about, keep=2)
    await topics.merge(tx, "U1", about.id, [view.topic.id for view in await found.topics(tx, about.id)])
    shorter = await _listed(tx)
    assert [text for _, text, _ in shorter] == ["Topics of R-1"]


async def test_in_one_sitting_no_list_is_needed(tx: Tx) -> None:
    await with_notes(tx, NOTES, to=Phase.DISCUSS)
    assert await _listed(tx) == []


async def _forget(tx: Tx, about: Retro, *, keep: int) -> None:
    for view in (await found.topics(tx, about.id))[keep:]:
        for row in (*view.notes, view.topic):
            await tx.session.delete(row)
            await tx.session.flush()


async def _listed(tx: Tx) -> list[tuple[str, str, str]]:
    """Key, text and blocks of the messages that list topics."""
    rows = await tx.session.execute(
        select(OutboxMessage.key, OutboxMessage.text, OutboxMessage.blocks)
        .where(OutboxMessage.key.contains(":topics:"), OutboxMessage.state != State.CANCELLED)
        .order_by(OutboxMessage.key)
        .execution_options(populate_existing=True)
    )
    return [(key, text, json.dumps(blocks, ensure_ascii=False)) for key, text, blocks in rows]
