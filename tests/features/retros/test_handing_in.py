"""Handing in, editing and withdrawing notes; revealing them; notes that wait: on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from slackapp.core.errors import FieldError, UserError
from slackapp.core.transaction import Tx
from slackapp.features.retros.models import Note, Retro, WaitingNote
from slackapp.features.retros.queries import notes as queries
from slackapp.features.retros.rules import WAITED, Phase
from slackapp.features.retros.rules.notes import LONGEST_NOTE, MOST_OWN, MOST_WAITING
from slackapp.features.retros.service import anonymity, notes, phases
from tests.support.recorded import knows
from tests.support.retros import collecting, revealed_notes

MODES = pytest.mark.parametrize("is_anonymous", [True, False], ids=["anonymous", "named"])
#: What has nothing to do with the database.
ON_ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def texts(tx: Tx, retro: Retro, user_id: str) -> list[str]:
    """What this person may still change."""
    return sorted(note.text for note in await queries.own(tx, retro, user_id))


async def handed_in_by(tx: Tx, retro: Retro, *people: str) -> None:
    for user_id in people:
        await notes.hand_in(tx, user_id, retro.id, [(0, f"Of {user_id}")], {})


@MODES
async def test_people_add_change_and_withdraw_their_own_notes_and_see_no_others(
    tx: Tx, *, is_anonymous: bool
) -> None:
    retro = await collecting(tx, is_anonymous=is_anonymous)
    await notes.hand_in(tx, "U2", retro.id, [(0, "It helped"), (1, "Too slow")], {})
    await notes.hand_in(tx, "U3", retro.id, [(0, "Of another")], {})
    by_text = {note.text: note.id for note in await queries.own(tx, retro, "U2")}
    done = await notes.hand_in(
        tx,
        "U2",
        retro.id,
        [(2, "Ask earlier")],
        {by_text["It helped"]: "It helped a lot", by_text["Too slow"]: ""},
    )
    assert (done.new, done.changed, done.withdrawn) == (1, 1, 1)
    assert await texts(tx, retro, "U2") == ["Ask earlier", "It helped a lot"]
    assert await texts(tx, retro, "U3") == ["Of another"]
    assert (await queries.hands(tx, retro.id), await queries.count(tx, retro.id)) == (2, 3)


@MODES
async def test_nobody_changes_the_note_of_somebody_else(tx: Tx, *, is_anonymous: bool) -> None:
    retro = await collecting(tx, is_anonymous=is_anonymous)
    await notes.hand_in(tx, "U2", retro.id, [(0, "It helped")], {})
    [note] = await queries.own(tx, retro, "U2")
    with pytest.raises(FieldError) as refused:
        await notes.hand_in(tx, "U3", retro.id, [], {note.id: "It did not"})
    assert list(refused.value.fields) == [f"note_{note.id}"]
    await notes.hand_in(tx, "U3", retro.id, [], {note.id: ""})
    assert await texts(tx, retro, "U2") == ["It helped"]


async def test_to_have_nothing_to_add_counts_as_handing_in_and_twice_counts_once(tx: Tx) -> None:
    retro = await collecting(tx)
    await notes.hand_in(tx, "U2", retro.id, [], {})
    await notes.hand_in(tx, "U2", retro.id, [], {})
    assert (await queries.handed_in(tx, retro.id), await queries.count(tx, retro.id)) == (
        frozenset({"U2"}),
        0,
    )


@ON_ONE
@pytest.mark.parametrize("text", ["", " \n\t ", "\N{ZERO WIDTH JOINER}", "x" * (LONGEST_NOTE + 1)])
async def test_an_empty_or_a_too_long_note_is_not_taken(tx: Tx, text: str) -> None:
    retro = await collecting(tx)
    with pytest.raises(UserError):
        await notes.hand_in(tx, "U2", retro.id, [(0, text)], {})


@ON_ONE
async def test_a_note_keeps_what_people_read_in_it(tx: Tx) -> None:
    await knows(tx, "U9", name="Mara Lind")
    retro = await collecting(tx)
    said = [
        "👩\u200d👩\u200d👧 🎉",
        "<!channel> look",
        "<@U9> asked",
        "a\x00b\x07c",
        "\u0645\u0631\u062d\u0628\u0627",
        "x\n\n\n\n\ny",
    ]
    await notes.hand_in(tx, "U2", retro.id, [(0, text) for text in said], {})
    assert await texts(tx, retro, "U2") == sorted(
        [
            "👩\u200d👩\u200d👧 🎉",
            "@channel look",
            "@Mara Lind asked",
            "a b c",
            "\u0645\u0631\u062d\u0628\u0627",
            "x\n\ny",
        ]
    )


@ON_ONE
async def test_one_person_can_have_so_many_notes_and_no_more(tx: Tx) -> None:
    retro = await collecting(tx)
    await notes.hand_in(tx, "U2", retro.id, [(0, f"Note {n}") for n in range(MOST_OWN)], {})
    with pytest.raises(UserError, match=f"{MOST_OWN + 1} notes of yours"):
        await notes.hand_in(tx, "U2", retro.id, [(0, "One more")], {})
    first, *_ = await queries.own(tx, retro, "U2")
    await notes.hand_in(tx, "U2", retro.id, [(0, "In its place")], {first.id: ""})
    assert len(await queries.own(tx, retro, "U2")) == MOST_OWN


@ON_ONE
async def test_what_comes_after_its_time_is_marked_and_what_came_before_is_not(tx: Tx) -> None:
    retro = await collecting(tx)
    await notes.hand_in(tx, "U2", retro.id, [(0, "In time")], {})
    retro.late_since = tx.now
    await notes.hand_in(tx, "U3", retro.id, [(0, "Late")], {})
    retro.late_since = tx.now + timedelta(minutes=1)
    await notes.hand_in(tx, "U4", retro.id, [(0, "In time, too")], {})
    found = await tx.session.execute(select(Note.text, Note.is_late))
    assert dict(iter(found)) == {
        "In time": False,
        "Late": True,
        "In time, too": False,
    }


@ON_ONE
async def test_who_is_not_invited_hands_in_nothing(tx: Tx) -> None:
    retro = await collecting(tx)
    retro.whole_channel = False
    with pytest.raises(UserError, match="for those who were invited"):
        await notes.hand_in(tx, "U2", retro.id, [(0, "It helped")], {})


@pytest.mark.parametrize("has_written", [True, False], ids=["withdrew", "had nothing to add"])
async def test_whoever_has_no_note_there_hides_nobody(tx: Tx, *, has_written: bool) -> None:
    retro = await collecting(tx)
    await handed_in_by(tx, retro, "U1", "U2", *(["U3"] if has_written else []))
    withdrawn = {note.id: "" for note in await queries.own(tx, retro, "U3")}
    await notes.hand_in(tx, "U3", retro.id, [], withdrawn)
    assert await queries.hands(tx, retro.id) == 3
    with pytest.raises(UserError, match="Fewer than 3 people have written notes"):
        await phases.advance(tx, retro.id, by="U1", step=retro.step)
    assert await revealed_notes(tx, retro.id) == []


async def test_where_nobody_wrote_anything_there_is_nothing_to_hide(tx: Tx) -> None:
    retro = await collecting(tx)
    for person in ("U1", "U2", "U3"):
        await notes.hand_in(tx, person, retro.id, [], {})
    await phases.advance(tx, retro.id, by="U1", step=retro.step)
    assert retro.phase == Phase.DISCUSS


async def test_revealing_gives_new_ids_places_and_no_author(tx: Tx) -> None:
    retro = await collecting(tx)
    await handed_in_by(tx, retro, "U1", "U2", "U3")
    before = set(await tx.session.scalars(select(Note.id)))
    await anonymity.reveal(tx, retro)
    found = await revealed_notes(tx, retro.id)
    assert before.isdisjoint(note.id for note in found)
    assert [note.position for note in found] == [1, 2, 3]
    assert {(note.author_id, note.author_mac) for note in found} == {(None, None)}
    assert retro.reveal_key is None
    assert await queries.own(tx, retro, "U1") == []


@ON_ONE
async def test_the_order_is_drawn_by_lot(tx: Tx) -> None:
    orders = set()
    for n in range(6):
        retro = await collecting(tx, channel=f"C{n}")
        await notes.hand_in(tx, "U1", retro.id, [(0, "a"), (0, "b"), (0, "c"), (0, "d")], {})
        await handed_in_by(tx, retro, "U2", "U3")
        await anonymity.reveal(tx, retro)
        orders.add("".join(note.text for note in await revealed_notes(tx, retro.id) if len(note.text) == 1))
    assert len(orders) > 1


@ON_ONE
async def test_in_a_named_retro_names_stay_and_two_are_enough(tx: Tx) -> None:
    retro = await collecting(tx, is_anonymous=False)
    await handed_in_by(tx, retro, "U1", "U2")
    await anonymity.reveal(tx, retro)
    assert {(note.text, note.author_id) for note in await revealed_notes(tx, retro.id)} == {
        ("Of U1", "U1"),
        ("Of U2", "U2"),
    }
    assert await queries.own(tx, retro, "U1") == []


@MODES
async def test_notes_of_a_second_round_come_after_those_that_were_revealed(
    tx: Tx, *, is_anonymous: bool
) -> None:
    retro = await collecting(tx, is_anonymous=is_anonymous)
    await handed_in_by(tx, retro, "U1", "U2", "U3")
    await anonymity.reveal(tx, retro)
    first = [note.text for note in await revealed_notes(tx, retro.id)]
    await notes.prepare(tx, retro)
    await notes.hand_in(tx, "U1", retro.id, [(0, "Later")], {})
    assert await texts(tx, retro, "U1") == ["Later"]
    await anonymity.reveal(tx, retro)
    assert [note.text for note in await revealed_notes(tx, retro.id)] == [*first, "Later"]


@ON_ONE
async def test_each_round_has_a_key_of_its_own(tx: Tx) -> None:
    retro = await collecting(tx)
    first = retro.reveal_key
    await handed_in_by(tx, retro, "U1", "U2", "U3")
    await anonymity.reveal(tx, retro)
    await notes.prepare(tx, retro)
    assert first is not None
    assert retro.reveal_key not in {first, None}


async def test_what_may_not_be_revealed_is_erased_unread_and_what_waited_stays(tx: Tx) -> None:
    await notes.keep_waiting(tx, "C1", "From before")
    retro = await collecting(tx)
    await notes.bring_along(tx, retro)
    await handed_in_by(tx, retro, "U1", "U2")
    await notes.discard(tx, retro)
    await anonymity.reveal(tx, retro)
    assert [note.text for note in await revealed_notes(tx, retro.id)] == ["From before"]


async def test_notes_wait_for_the_next_retro_of_their_channel(tx: Tx) -> None:
    kept = await notes.keep_waiting(tx, "C1", "  Look at <!here> ", "https://slack.com/archives/C1/p1")
    await notes.keep_waiting(tx, "C2", "Elsewhere")
    retro = await collecting(tx)
    assert await notes.bring_along(tx, retro) == 1
    [note] = await queries.waited(tx, retro.id)
    assert (note.text, note.column, note.source_link) == (
        "Look at @here",
        WAITED,
        "https://slack.com/archives/C1/p1",
    )
    assert (note.author_id, note.author_mac, await queries.own(tx, retro, "U1")) == (None, None, [])
    assert note.id != kept.id
    with pytest.raises(UserError, match="waits no more"):
        await notes.take_back(tx, kept.id)
    assert list(await tx.session.scalars(select(WaitingNote.text))) == ["Elsewhere"]


@ON_ONE
async def test_a_note_that_waits_can_be_taken_back(tx: Tx) -> None:
    kept = await notes.keep_waiting(tx, "C1", "Never mind")
    await notes.take_back(tx, kept.id)
    assert await queries.waiting(tx, "C1") == 0


@ON_ONE
async def test_no_more_notes_wait_than_a_retro_can_show(tx: Tx) -> None:
    for n in range(MOST_WAITING):
        await notes.keep_waiting(tx, "C1", f"Note {n}")
    with pytest.raises(UserError, match="no more fit"):
        await notes.keep_waiting(tx, "C1", "One more")


async def test_turning_anonymity_on_erases_authors_before_notes_are_revealed(tx: Tx) -> None:
    retro = await collecting(tx, is_anonymous=False)
    await handed_in_by(tx, retro, "U1", "U2", "U3")
    await anonymity.make_anonymous(tx, retro)
    assert set(await tx.session.scalars(select(Note.author_id))) == {None}
    assert await texts(tx, retro, "U2") == ["Of U2"]
    [note] = await queries.own(tx, retro, "U2")
    await notes.hand_in(tx, "U2", retro.id, [], {note.id: "Of nobody"})
    await anonymity.reveal(tx, retro)
    assert {note.text for note in await revealed_notes(tx, retro.id)} == {"Of U1", "Of nobody", "Of U3"}


async def test_turning_anonymity_on_erases_authors_after_notes_are_revealed(tx: Tx) -> None:
    retro = await collecting(tx, is_anonymous=False)
    await handed_in_by(tx, retro, "U1", "U2", "U3")
    await anonymity.reveal(tx, retro)
    before = {note.id for note in await revealed_notes(tx, retro.id)}
    retro.phase = "discuss"
    await anonymity.make_anonymous(tx, retro)
    after = await revealed_notes(tx, retro.id)
    assert {(note.author_id, note.author_mac) for note in after} == {(None, None)}
    assert before.isdisjoint(note.id for note in after)
    assert sorted(note.position or 0 for note in after) == [1, 2, 3]
    assert await tx.session.scalar(select(func.count()).select_from(Note)) == 3
