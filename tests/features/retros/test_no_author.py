"""What an anonymous retro leaves in the database: of its authors nothing, in no table and in no file."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncEngine

from slackapp.core.clock import TurnedClock
from slackapp.core.secrecy import mac_of
from slackapp.core.transaction import Transactions, Tx
from slackapp.features.retros import queries
from slackapp.features.retros.jobs import forgetting, reminders
from slackapp.features.retros.models import Note, Purse, Retro, Score, Topic, Vote
from slackapp.features.retros.queries import notes as notes_queries
from slackapp.features.retros.rules import Part, Phase
from slackapp.features.retros.service import anonymity, inviting, notes, phases
from slackapp.features.retros.service.reminders import LATER
from slackapp.features.workspaces.service import introduce
from slackapp.outbox.models import OutboxMessage, State
from slackapp.slack.people import Profile
from tests.support.recorded import recorded
from tests.support.retros import collecting
from tests.support.traces import dump, files_of, holding

#: Long enough to be found in a file by themselves, and nowhere else.
PEOPLE = [f"UAUTHOR{n:02}" for n in range(9)]
#: So many that they fill pages of their own, and these have to be split.
EACH = 12


def said_by(user_id: str, number: int) -> str:
    return f"Note {number} of the author {user_id[::-1]} " + "that goes on " * 12


async def collected(transactions: Transactions, workspace_id: int, *, is_anonymous: bool = True) -> int:
    """A retro in which each of them handed in by themselves, changed a note and withdrew another."""
    async with transactions.begin(workspace_id) as tx:
        retro_id = (await collecting(tx, is_anonymous=is_anonymous)).id
    for person in PEOPLE:
        async with transactions.begin(workspace_id) as tx:
            new = [(n % 3, said_by(person, n)) for n in range(EACH)]
            await notes.hand_in(tx, person, retro_id, new, {})
        async with transactions.begin(workspace_id) as tx:
            retro = await queries.retro(tx, retro_id)
            first, second, *_ = await notes_queries.own(tx, retro, person)
            await notes.hand_in(tx, person, retro_id, [], {first.id: first.text + "!", second.id: ""})
    return retro_id


async def key_of(transactions: Transactions, workspace_id: int, retro_id: int) -> str:
    async with transactions.read(workspace_id) as tx:
        key = (await queries.retro(tx, retro_id)).reveal_key
        assert key is not None
        return key


async def reveal(transactions: Transactions, workspace_id: int, retro_id: int) -> None:
    async with transactions.begin(workspace_id) as tx:
        await anonymity.reveal(tx, await queries.retro(tx, retro_id, lock=True))


async def test_before_notes_are_revealed_only_the_hand_and_the_keyed_hash_know_an_author(
    transactions: Transactions, workspace_id: int, engine: AsyncEngine
) -> None:
    retro_id = await collected(transactions, workspace_id)
    key = await key_of(transactions, workspace_id, retro_id)
    tables = await dump(engine)
    assert holding(tables, *PEOPLE) == {"retro_hands"}
    assert holding(tables, *(mac_of(key, person) for person in PEOPLE)) == {"retro_notes"}
    assert holding(tables, key) == {"retros"}


async def test_once_they_are_revealed_nothing_does(
    transactions: Transactions, workspace_id: int, engine: AsyncEngine
) -> None:
    retro_id = await collected(transactions, workspace_id)
    key = await key_of(transactions, workspace_id, retro_id)
    await reveal(transactions, workspace_id, retro_id)
    tables = await dump(engine)
    assert holding(tables, *PEOPLE) == {"retro_hands"}
    assert holding(tables, key, *(mac_of(key, person) for person in PEOPLE)) == set()


async def test_neither_order_nor_transaction_tells_who_wrote_what(
    transactions: Transactions, workspace_id: int, engine: AsyncEngine
) -> None:
    if engine.dialect.name == "sqlite":
        for table in ("retro_notes", "retro_hands", "retro_private_words", "retro_waiting_notes"):
            async with engine.connect() as connection:
                made = await connection.scalar(
                    text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": table}
                )
            assert "WITHOUT ROWID" in str(made)
        return
    retro_id = await collected(transactions, workspace_id)
    await reveal(transactions, workspace_id, retro_id)
    async with engine.connect() as connection:
        wrote = await connection.execute(
            text("SELECT xmin FROM retro_notes UNION SELECT xmin FROM retro_hands")
        )
        assert len(wrote.all()) == 1
        placed = await connection.scalars(text("SELECT text FROM retro_notes ORDER BY ctid"))
        authors = [said.split()[5] for said in placed]
    together = sum(one == other for one, other in pairwise(authors))
    assert together < len(authors) // 2


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_in_the_files_of_sqlite_neither_key_nor_hash_is_left(
    transactions: Transactions, workspace_id: int, engine: AsyncEngine
) -> None:
    retro_id = await collected(transactions, workspace_id)
    key = await key_of(transactions, workspace_id, retro_id)
    secrets = [key, *(mac_of(key, person) for person in PEOPLE)]
    assert any(key.encode() in held for held in files_of(engine)), "it is not looked for where it would be"
    await reveal(transactions, workspace_id, retro_id)
    left = [secret for held in files_of(engine) for secret in secrets if secret.encode() in held]
    assert left == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_in_the_files_of_sqlite_no_author_is_left_once_anonymity_is_turned_on(
    transactions: Transactions, workspace_id: int, engine: AsyncEngine
) -> None:
    retro_id = await collected(transactions, workspace_id, is_anonymous=False)
    await reveal(transactions, workspace_id, retro_id)
    async with transactions.begin(workspace_id) as tx:
        retro = await queries.retro(tx, retro_id, lock=True)
        retro.phase = "vote"
        await anonymity.make_anonymous(tx, retro)
    with closing(sqlite3.connect(str(engine.url.database))) as file:
        hands = file.execute("SELECT count(*) FROM retro_hands WHERE user_id = ?", PEOPLE[:1]).fetchone()
    assert hands == (1,)
    named = sum(held.count(PEOPLE[0].encode()) for held in files_of(engine))
    assert named == 1, "besides having handed in"


async def voted(tx: Tx, retro: Retro) -> None:
    """Two topics, three voters of whom one voted twice for the first, and two scores."""
    topics = [
        Topic(workspace_id=tx.workspace_id, retro_id=retro.id, name=name, is_draft=False, is_single=False)
        for name in ("Checklist", "Speed")
    ]
    tx.session.add_all(topics)
    launch = await recorded(tx)
    await tx.session.flush()
    first, second = (topic.id for topic in topics)
    votes = [(first, "U1", 1), (first, "U1", 2), (first, "U2", 1), (second, "U3", 1)]
    for topic_id, user_id, slot in votes:
        tx.session.add(
            Vote(
                workspace_id=tx.workspace_id, topic_id=topic_id, user_id=user_id, slot=slot, retro_id=retro.id
            )
        )
    for user_id in ("U1", "U2"):
        tx.session.add(Purse(workspace_id=tx.workspace_id, retro_id=retro.id, user_id=user_id, remaining=1))
        tx.session.add(
            Score(
                workspace_id=tx.workspace_id,
                retro_id=retro.id,
                launch_id=launch.id,
                voter=user_id,
                works=4,
                needed=None,
            )
        )
    await tx.session.flush()


async def test_once_an_anonymous_retro_is_closed_only_counts_stay(tx: Tx) -> None:
    retro = await collecting(tx)
    await voted(tx, retro)
    await anonymity.forget_voters(tx, retro)
    votes = (await tx.session.scalars(select(Vote))).all()
    scores = (await tx.session.scalars(select(Score))).all()
    named = sorted((await tx.session.scalars(select(Topic.name).join(Vote, Vote.topic_id == Topic.id))).all())
    assert named == ["Checklist", "Checklist", "Checklist", "Speed"]
    assert len({vote.user_id for vote in votes}) == len(votes)
    assert {score.works for score in scores} == {4}
    assert {vote.user_id for vote in votes}.isdisjoint({"U1", "U2", "U3"})
    assert {score.voter for score in scores}.isdisjoint({"U1", "U2", "U3"})
    assert (await tx.session.scalars(select(Purse))).all() == []


async def test_a_named_retro_keeps_its_voters(tx: Tx) -> None:
    retro = await collecting(tx, is_anonymous=False)
    await voted(tx, retro)
    await anonymity.forget_voters(tx, retro)
    assert set(await tx.session.scalars(select(Vote.user_id))) == {"U1", "U2", "U3"}


async def test_a_note_read_before_does_not_come_back_by_being_changed(tx: Tx) -> None:
    retro = await collecting(tx)
    for person in ("U1", "U2", "U3"):
        await notes.hand_in(tx, person, retro.id, [(0, f"Of {person}")], {})
    read = (await tx.session.scalars(select(Note))).all()
    await anonymity.reveal(tx, retro)
    await tx.session.execute(update(Note).values(is_late=True))
    assert len((await tx.session.scalars(select(Note))).all()) == len(read)


QUIET = ["UQUIET01", "UQUIET02"]


async def reminding(
    transactions: Transactions, workspace_id: int, clock: TurnedClock, *, is_anonymous: bool = True
) -> int:
    """A retro over two days in which both of the quiet ones were reminded to hand in."""
    async with transactions.begin(workspace_id) as tx:
        for user_id in ("U1", *PEOPLE, *QUIET):
            await introduce(tx, Profile(id=user_id, team_id="T1"))
        about = await collecting(tx, is_live=False, is_anonymous=is_anonymous)
        about.whole_channel, about.vote_minutes = False, 2 * 24 * 60
        await inviting.add(tx, about, [*PEOPLE, *QUIET], Part.INVITED)
        await phases.extend(tx, about.id, by="U1", step=0, ends_at=tx.now + timedelta(days=2))
        for person in PEOPLE:
            await notes.hand_in(tx, person, about.id, [(0, said_by(person, 1))], {})
    clock.turn(clock.now() + timedelta(hours=26))
    async with transactions.begin(workspace_id) as tx:
        await reminders.remind(tx)
    return about.id


async def arrived(transactions: Transactions, workspace_id: int, *people: str) -> None:
    async with transactions.begin(workspace_id) as tx:
        those = OutboxMessage.user_id.in_(people)
        there = {"state": State.SENT, "ts": "1.1", "shown": OutboxMessage.wanted}
        await tx.session.execute(update(OutboxMessage).where(those).values(there))


async def an_hour_later(transactions: Transactions, workspace_id: int, clock: TurnedClock) -> None:
    clock.turn(clock.now() + LATER)
    async with transactions.begin(workspace_id) as tx:
        await forgetting.forget(tx)


async def test_who_was_reminded_is_known_no_longer_than_slack_has_to_be_told(
    transactions: Transactions, workspace_id: int, engine: AsyncEngine, clock: TurnedClock
) -> None:
    """Also where anonymity is turned on after the reminders went out."""
    retro_id = await reminding(transactions, workspace_id, clock, is_anonymous=False)
    assert "outbox" in holding(await dump(engine), *QUIET)
    await arrived(transactions, workspace_id, *QUIET)
    early, last = QUIET
    async with transactions.begin(workspace_id) as tx:
        about = await phases.advance(tx, retro_id, by="U1", step=0)
        await anonymity.make_anonymous(tx, about)
    await arrived(transactions, workspace_id, early)
    assert "outbox" in holding(await dump(engine), early)
    await an_hour_later(transactions, workspace_id, clock)
    assert "outbox" not in holding(await dump(engine), early)
    # Slack does not show yet that it asks this one for nothing any more.
    assert "outbox" in holding(await dump(engine), last)
    await arrived(transactions, workspace_id, last)
    await an_hour_later(transactions, workspace_id, clock)
    assert "outbox" not in holding(await dump(engine), *QUIET)
    async with transactions.read(workspace_id) as tx:
        assert (await queries.retro(tx, retro_id)).forgets_at is None
    if engine.dialect.name == "sqlite":
        assert not any(b":reminder:" in held for held in files_of(engine))


async def test_reminders_of_one_phase_are_forgotten_while_the_next_reminds(
    transactions: Transactions, workspace_id: int, engine: AsyncEngine, clock: TurnedClock
) -> None:
    retro_id = await reminding(transactions, workspace_id, clock)
    async with transactions.begin(workspace_id) as tx:
        about = await phases.advance(tx, retro_id, by="U1", step=0)
        assert about.phase == Phase.VOTE
    clock.turn(clock.now() + timedelta(hours=26))
    async with transactions.begin(workspace_id) as tx:
        await reminders.remind(tx)
        await forgetting.forget(tx)
    reminded = sorted(key for key in await keys(engine) if ":reminder:" in key)
    assert reminded == [f"retros:{retro_id}:reminder:1:{user_id}" for user_id in (*PEOPLE, *QUIET)]
    async with transactions.begin(workspace_id) as tx:
        await phases.cancel(tx, retro_id, by="U1")
    await an_hour_later(transactions, workspace_id, clock)
    assert [key for key in await keys(engine) if ":reminder:" in key] == []


async def keys(engine: AsyncEngine) -> list[str]:
    async with engine.connect() as connection:
        return list(await connection.scalars(select(OutboxMessage.key)))
