"""What an anonymous round leaves in the database: who answered what stands in no table and in no file."""

from datetime import datetime
from itertools import pairwise

import pytest
from sqlalchemy import text, update
from sqlalchemy.ext.asyncio import AsyncEngine

from slackapp.core.clock import TurnedClock
from slackapp.core.secrecy import mac_of
from slackapp.core.transaction import Transactions
from slackapp.features.polls import queries
from slackapp.features.polls.jobs import forgetting
from slackapp.features.polls.rules import Answer, Kind, QuestionDraft, Way
from slackapp.features.polls.rules.keys import ask_key, remind_key
from slackapp.features.polls.service.answering import answer, withdraw
from slackapp.features.polls.service.closing import close
from slackapp.features.polls.service.forgetting import LATER
from slackapp.outbox import service as outbox
from slackapp.outbox import stale
from slackapp.outbox.models import OutboxMessage, State
from slackapp.slack.blocks import Message, actions, button, markdown
from tests.conftest import START
from tests.support.open_rounds import asking
from tests.support.traces import dump, files_of, holding

#: Long enough to be found in a file by themselves, and nowhere else.
PEOPLE = [f"UANSWERS{n:02}" for n in range(14)]
QUIET = ["UQUIET01", "UQUIET02"]

TEXT = QuestionDraft(Kind.TEXT, "Why?")
SOME = QuestionDraft(Kind.MULTIPLE, "Which ones?", options=["Cake", "Pricing", "Handover"])

#: What asks everybody alike.
ASKS = Message("Why?", [markdown("Why?"), actions(button("Answer", "polls.nothing", "1"))])


def said_by(user_id: str, *, first: bool = False) -> str:
    return f"{'First' if first else 'Last'} word of {user_id[::-1]}" + " that goes on" * 9


async def answered(
    transactions: Transactions, workspace_id: int, *people: str, question: QuestionDraft = TEXT
) -> tuple[int, str]:
    """A round by direct messages, in which each of these answered and changed it; and its key."""
    async with transactions.begin(workspace_id) as tx:
        round_ = await asking(
            tx, question, is_anonymous=True, way=Way.DIRECT, people=[*PEOPLE, *QUIET], channel="C1"
        )
        for user_id in (*PEOPLE, *QUIET):
            await outbox.say(tx, ask_key(round_.id, user_id), outbox.Direct(user_id), ASKS)
    is_text = question is TEXT
    for user_id in people:
        for first in (True, False):
            text_said = said_by(user_id, first=first)
            said = Answer(text=text_said) if is_text else Answer(choices=(0,) if first else (1, 2))
            async with transactions.begin(workspace_id) as tx:
                await answer(tx, user_id, round_.id, said)
    async with transactions.begin(workspace_id) as tx:
        await answer(tx, QUIET[0], round_.id, Answer(text="Never mind") if is_text else Answer(choices=(0,)))
        await withdraw(tx, QUIET[0], round_.id)
        await stale.draw(tx)
    assert round_.answer_key is not None
    return round_.id, round_.answer_key


async def closed(transactions: Transactions, workspace_id: int, round_id: int) -> None:
    async with transactions.begin(workspace_id) as tx:
        await close(tx, round_id, by=None)


async def test_while_it_is_open_only_the_keyed_hash_knows_whose_an_answer_is(
    transactions: Transactions, workspace_id: int, engine: AsyncEngine
) -> None:
    _, key = await answered(transactions, workspace_id, *PEOPLE)
    tables = await dump(engine)
    assert holding(tables, *PEOPLE) == holding(tables, QUIET[1]) == {"poll_round_people", "outbox"}
    assert holding(tables, *(mac_of(key, person) for person in PEOPLE)) == {"poll_responses"}
    assert holding(tables, key) == {"poll_rounds"}
    assert holding(tables, "First word") == set()


async def test_messages_do_not_tell_who_answered(
    transactions: Transactions, workspace_id: int, engine: AsyncEngine
) -> None:
    """Neither while it is open nor after: the rows of those who did and did not are alike."""
    round_id, _ = await answered(transactions, workspace_id, *PEOPLE)

    async def alike() -> int:
        async with engine.connect() as connection:
            columns = "text, blocks, state, wanted, shown, withdrawn, attempts, fence, due_at"
            rows = await connection.execute(
                text(f"SELECT DISTINCT {columns} FROM outbox WHERE key LIKE 'polls:%:ask:%'")  # noqa: S608 - ours
            )
            return len(rows.all())

    assert await alike() == 1
    await closed(transactions, workspace_id, round_id)
    assert await alike() == 1


async def test_who_was_reminded_is_known_no_longer_than_slack_has_to_be_told(
    transactions: Transactions, workspace_id: int, engine: AsyncEngine, clock: TurnedClock
) -> None:
    """Neither by reminders nor by the messages that asked, which were drawn anew when those came."""
    round_id, _ = await answered(transactions, workspace_id, *PEOPLE)
    late, last = QUIET

    async def arrived(*people: str) -> None:
        async with transactions.begin(workspace_id) as tx:
            those = OutboxMessage.user_id.in_(people)
            there = {"state": State.SENT, "ts": "1.1", "shown": OutboxMessage.wanted}
            await tx.session.execute(update(OutboxMessage).where(those).values(there))

    async def forgets(at: datetime) -> set[str]:
        clock.turn(at)
        async with transactions.begin(workspace_id) as tx:
            await forgetting.forget(tx)
        return holding(await dump(engine), *PEOPLE, late)

    async with transactions.begin(workspace_id) as tx:
        for user_id in QUIET:
            await outbox.say(tx, remind_key(round_id, user_id), outbox.Direct(user_id), ASKS)
    await arrived(*PEOPLE, *QUIET)
    await closed(transactions, workspace_id, round_id)
    await arrived(*PEOPLE, late)
    assert await forgets(START + LATER / 2) == {"poll_round_people", "outbox"}
    assert await forgets(START + LATER) == {"poll_round_people"}
    # Slack does not show yet that this one's buttons are gone.
    assert holding(await dump(engine), last) == {"poll_round_people", "outbox"}
    await arrived(last)
    assert await forgets(START + 2 * LATER) == {"poll_round_people"}
    assert holding(await dump(engine), last) == {"poll_round_people"}
    async with transactions.read(workspace_id) as tx:
        assert (await queries.round_(tx, round_id)).forgets_at is None
    if engine.dialect.name == "sqlite":
        assert not any(remind_key(round_id, last).encode() in held for held in files_of(engine))


@pytest.mark.parametrize("question", [TEXT, SOME], ids=["text", "choices"])
async def test_once_it_is_closed_nothing_does(
    transactions: Transactions, workspace_id: int, engine: AsyncEngine, question: QuestionDraft
) -> None:
    round_id, key = await answered(transactions, workspace_id, *PEOPLE, question=question)
    await closed(transactions, workspace_id, round_id)
    tables = await dump(engine)
    assert holding(tables, *PEOPLE) == holding(tables, QUIET[1]) == {"poll_round_people", "outbox"}
    assert holding(tables, key, *(mac_of(key, person) for person in (*PEOPLE, *QUIET))) == set()
    assert len(tables["poll_responses"]) == len(PEOPLE)
    async with transactions.read(workspace_id) as tx:
        found = await queries.results(tx, await queries.round_(tx, round_id))
    if question is TEXT:
        assert sorted(found.texts) == sorted(said_by(person) for person in PEOPLE)
    else:
        assert list(found.counts) == [0, len(PEOPLE), len(PEOPLE)]


async def test_neither_order_nor_transaction_tells_whose_is_whose(
    transactions: Transactions, workspace_id: int, engine: AsyncEngine
) -> None:
    if engine.dialect.name == "sqlite":
        for table in ("poll_responses", "poll_choices"):
            async with engine.connect() as connection:
                made = await connection.scalar(
                    text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": table}
                )
            assert "WITHOUT ROWID" in str(made)
        return
    round_id, _ = await answered(transactions, workspace_id, *PEOPLE)
    await closed(transactions, workspace_id, round_id)
    async with engine.connect() as connection:
        assert len((await connection.execute(text("SELECT DISTINCT xmin FROM poll_responses"))).all()) == 1
        placed = list(await connection.scalars(text("SELECT text FROM poll_responses ORDER BY ctid")))
    came = [said_by(person) for person in PEOPLE]
    kept = sum(came.index(one) + 1 == came.index(other) for one, other in pairwise(placed))
    assert kept < len(came) // 2


async def test_of_too_few_answers_nothing_is_left(
    transactions: Transactions, workspace_id: int, engine: AsyncEngine
) -> None:
    round_id, key = await answered(transactions, workspace_id, *PEOPLE[:4])
    await closed(transactions, workspace_id, round_id)
    tables = await dump(engine)
    assert tables["poll_responses"] == []
    assert holding(tables, key, "Last word", *(mac_of(key, person) for person in PEOPLE)) == set()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("many", [4, len(PEOPLE)])
async def test_in_the_files_of_sqlite_neither_key_nor_hash_is_left(
    transactions: Transactions, workspace_id: int, engine: AsyncEngine, many: int
) -> None:
    round_id, key = await answered(transactions, workspace_id, *PEOPLE[:many])
    secrets = [key, "Never mind", "First word", *(mac_of(key, person) for person in (*PEOPLE, *QUIET))]
    secrets += ["Last word"] if many < len(PEOPLE) else []
    assert any(key.encode() in held for held in files_of(engine)), "it is not looked for where it would be"
    await closed(transactions, workspace_id, round_id)
    left = [secret for held in files_of(engine) for secret in secrets if secret.encode() in held]
    assert left == []
