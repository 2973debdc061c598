"""What two do at once where one waits for the other: neither is lost, and neither fails."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from slackapp.core.errors import FieldError
from slackapp.core.transaction import Transactions, Tx
from slackapp.features.action_items import queries as action_items
from slackapp.features.action_items.rules import ActionDraft
from slackapp.features.retros.listeners.discuss import note_action
from slackapp.features.retros.models import Decision, PrivateWord, Retro, Topic
from slackapp.features.retros.queries import notes as notes_queries
from slackapp.features.retros.queries.looked_back import own_scores
from slackapp.features.retros.rules import Phase
from slackapp.features.retros.rules.scores import Said
from slackapp.features.retros.service import confiding, looking_back, notes, noting, phases, scoring, topics
from slackapp.slack.routes import Submission, Value
from tests.support.recorded import recorded
from tests.support.retros import collecting
from tests.support.topics import named, with_notes

#: So long the second waits for the first, which has not ended yet.
_AWHILE = 0.05

Use = Callable[[Tx], Awaitable[object]]


async def meanwhile(transactions: Transactions, workspace_id: int, first: Use, second: Use) -> None:
    """The second begins when the first is done and not committed yet."""
    async with transactions.begin(workspace_id) as tx:
        await first(tx)
        other = asyncio.create_task(transactions.run(workspace_id, second))
        await asyncio.sleep(_AWHILE)
    await other


async def discussing(transactions: Transactions, workspace_id: int) -> tuple[Retro, list[int]]:
    async with transactions.begin(workspace_id) as tx:
        about = await with_notes(tx, ["Cake", "Pricing"], to=Phase.DISCUSS)
        return about, await named(tx, about, "Cake", "Pricing")


async def test_what_is_noted_while_topics_merge_goes_with_its_topic(
    transactions: Transactions, workspace_id: int
) -> None:
    about, ids = await discussing(transactions, workspace_id)
    await meanwhile(
        transactions,
        workspace_id,
        lambda tx: noting.decide(tx, "U2", about.id, ids[1], "We bake"),
        lambda tx: topics.merge(tx, "U1", about.id, ids),
    )
    async with transactions.read(workspace_id) as tx:
        left = await tx.session.scalar(select(Topic.id).where(Topic.merged_into_id.is_(None)))
        assert set(await tx.session.scalars(select(Decision.topic_id))) == {left}


async def test_what_is_noted_while_a_retro_is_cancelled_stays_without_its_topic(
    transactions: Transactions, workspace_id: int
) -> None:
    about, ids = await discussing(transactions, workspace_id)
    await meanwhile(
        transactions,
        workspace_id,
        lambda tx: noting.decide(tx, "U2", about.id, ids[0], "We bake"),
        lambda tx: phases.cancel(tx, about.id, by="U1"),
    )
    async with transactions.read(workspace_id) as tx:
        assert (await tx.session.scalars(select(Decision.topic_id))).all() == [None]


async def test_what_is_told_privately_while_a_retro_is_cancelled_is_erased_with_the_rest(
    transactions: Transactions, workspace_id: int
) -> None:
    about, _ = await discussing(transactions, workspace_id)
    await meanwhile(
        transactions,
        workspace_id,
        lambda tx: confiding.confide(tx, "U2", about.id, "It was me"),
        lambda tx: phases.cancel(tx, about.id, by="U1"),
    )
    async with transactions.read(workspace_id) as tx:
        assert (await tx.session.scalars(select(PrivateWord.id))).all() == []


async def test_a_note_withdrawn_in_one_window_is_said_to_be_so_in_the_other(
    transactions: Transactions, workspace_id: int
) -> None:
    async with transactions.begin(workspace_id) as tx:
        about = await collecting(tx)
        await notes.hand_in(tx, "U2", about.id, [(0, "It helped")], {})
        [note] = await notes_queries.own(tx, about, "U2")
    with pytest.raises(FieldError, match="withdrawn"):
        await meanwhile(
            transactions,
            workspace_id,
            lambda tx: notes.hand_in(tx, "U2", about.id, [], {note.id: ""}),
            lambda tx: notes.hand_in(tx, "U2", about.id, [], {note.id: "It did not"}),
        )


async def test_who_scores_in_two_windows_scores_once_and_the_last_one_holds(
    transactions: Transactions, workspace_id: int
) -> None:
    async with transactions.begin(workspace_id) as tx:
        about = await with_notes(tx, ["Cake"], to=Phase.CLOSE)
        launch = await recorded(tx)
        await looking_back.link(tx, about, [launch.id])
    await meanwhile(
        transactions,
        workspace_id,
        lambda tx: scoring.score(tx, "U2", about.id, {launch.id: Said(works=2)}),
        lambda tx: scoring.score(tx, "U2", about.id, {launch.id: Said(works=5)}),
    )
    async with transactions.read(workspace_id) as tx:
        own = await own_scores(tx, about, "U2")
        assert own[launch.id].works == 5


async def test_two_who_edit_an_action_item_at_once_keep_what_the_other_changed(
    transactions: Transactions, workspace_id: int
) -> None:
    about, ids = await discussing(transactions, workspace_id)
    async with transactions.begin(workspace_id) as tx:
        due_on = (tx.now + timedelta(days=7)).date()
        draft = ActionDraft(text="Ask ten users", owner="U2", due_on=due_on)
        item = await noting.add_action(tx, "U2", about.id, ids[0], draft)
    shown: dict[str, Value] = {"text": "Ask ten users", "owner": "U2", "due_on": str(due_on), "if_then": ""}

    def submit(user_id: str, **typed: str) -> Use:
        form = Submission(user_id, {**shown, **typed}, f"{about.id}:{ids[0]}:{item.id}", shown)
        return lambda tx: note_action(tx, form)

    await meanwhile(
        transactions, workspace_id, submit("U2", text="Ask twenty users"), submit("U3", owner="U3")
    )
    async with transactions.read(workspace_id) as tx:
        found = await action_items.item(tx, item.id)
        assert (found.text, found.owner_id) == ("Ask twenty users", "U3")
