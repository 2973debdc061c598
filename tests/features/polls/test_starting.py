"""What a poll has to be to begin, and what its first round is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from slackapp.core.errors import FieldError, UserError
from slackapp.core.recurrence import Every, Weekday
from slackapp.core.transaction import Tx
from slackapp.features.polls import queries
from slackapp.features.polls.models import Poll, Question
from slackapp.features.polls.queries.audience import meant_by
from slackapp.features.polls.rules import Audience, Kind, Recurring, Shows, Stage, Way
from slackapp.features.polls.service import editing, starting, stopping
from slackapp.features.workspaces.queries import person
from slackapp.features.workspaces.rules import Function
from slackapp.features.workspaces.service import introduce, keep_room
from slackapp.slack.people import Profile
from slackapp.slack.rooms import Room
from tests.conftest import START
from tests.support.polls import QUESTION, begun, drafted, knows_all, private_room
from tests.support.recorded import messages

WEEKLY = Recurring(Every.WEEK, Weekday.MONDAY, time(10))


async def company(tx: Tx) -> None:
    """Mara, Jonas and Ines, and some whom no poll asks."""
    await introduce(tx, Profile(id="U1", name="Mara", team_id="T1", tz="Europe/Stockholm"))
    await introduce(tx, Profile(id="U2", name="Jonas", team_id="T1"))
    await introduce(tx, Profile(id="UADMIN", name="Ines", team_id="T1", is_admin=True))
    await introduce(tx, Profile(id="UBOT", name="Robot", team_id="T1", is_bot=True))
    await introduce(tx, Profile(id="UGONE", name="Old", team_id="T1", deleted=True))
    await introduce(tx, Profile(id="UGUEST", name="Guest", team_id="T1", is_restricted=True))


WRONG: Sequence[tuple[dict[str, Any], str, str]] = [
    ({}, "people", "Choose whom to ask"),
    ({"people": ["U2", "UBOT"]}, "people", "Robot is an app"),
    ({"people": ["USLACKBOT"]}, "people", "is an app"),
    ({"people": ["UGONE", "UGUEST"]}, "people", "Old has left the workspace. Guest is a guest"),
    ({"people": ["U2", "UADMIN"]}, "people", "Ines is not in this private channel"),
    ({"audience": Audience.FUNCTIONS}, "functions", "Choose whom to ask"),
    ({"audience": Audience.FUNCTIONS, "functions": [Function.DATA]}, "functions", "Nobody has said"),
    ({"audience": Audience.FUNCTIONS, "functions": [Function.DESIGN]}, "functions", "Nobody would be"),
    ({"people": ["U2"], "open_minutes": -1}, "open_minutes", "deadline is past"),
    (
        {"people": ["U2"], "open_minutes": 10 * 1440, "recurring": WEEKLY},
        "open_minutes",
        "Asked every week, a round may be open for 6 days",
    ),
]


async def test_what_does_not_work_is_said_at_its_field(tx: Tx) -> None:
    await company(tx)
    await private_room(tx, ["U1", "U2", "UGUEST", "UBOT"])
    (await person(tx, "UADMIN")).function = Function.DESIGN
    for otherwise, field, sentence in WRONG:
        with pytest.raises(FieldError, match=sentence) as error:
            await starting.start(tx, "U1", drafted(**otherwise), channel_id="C1")
        assert set(error.value.fields) == {field}
    assert (await tx.session.scalars(select(Poll))).all() == []


async def test_it_is_made_where_the_app_may_speak_by_whom_belongs_here(tx: Tx) -> None:
    await company(tx)
    for is_archived, is_member, sentence in ((True, True, "archived"), (False, False, "I am not in #team")):
        room = Room("C1", "team", is_private=False, is_archived=is_archived, is_member=is_member)
        await keep_room(tx, room)
        with pytest.raises(FieldError, match=sentence):
            await starting.start(tx, "U1", drafted(people=["U2"]), channel_id="C1")
    with pytest.raises(UserError, match="Please ask one of them"):
        await starting.start(tx, "UGUEST", drafted(people=["U2"]), channel_id="C2")


async def test_more_than_a_thousand_are_asked_in_the_channel(tx: Tx) -> None:
    await private_room(tx, [f"U{n}" for n in range(1001)])
    everybody = drafted(audience=Audience.CHANNEL)
    with pytest.raises(FieldError, match="1,001 direct messages"):
        await starting.start(tx, "U1", everybody, channel_id="C1")
    _, round_ = await begun(tx, replace(everybody, way=Way.CHANNEL))
    assert round_.stage == Stage.OPEN
    assert (await queries.progress(tx, round_)).meant is None


async def test_how_many_it_asks_is_known_where_slack_need_not_say(tx: Tx) -> None:
    await company(tx)
    channel = drafted(audience=Audience.CHANNEL, way=Way.CHANNEL)
    assert await meant_by(tx, drafted(people=["U2", "U2", "UADMIN"]), "C1") == 2
    assert await meant_by(tx, channel, "C1") is None
    await private_room(tx, ["U1", "U2", "UGUEST", "UBOT"])
    assert await meant_by(tx, channel, "C1") == 3
    assert await meant_by(tx, replace(channel, way=Way.DIRECT), "C1") == 2


async def test_an_anonymous_poll_is_shown_once_and_counts_no_functions(tx: Tx) -> None:
    draft = drafted(
        people=[f"U{n}" for n in range(2, 7)], is_anonymous=True, shows=Shows.LIVE, by_function=True
    )
    poll, round_ = await begun(tx, draft)
    assert (poll.label, poll.shows, poll.by_function) == ("P-1", Shows.AT_CLOSE, False)
    assert round_.stage == Stage.OPEN
    assert round_.answer_key is not None


async def test_of_too_few_its_maker_decides(tx: Tx) -> None:
    await company(tx)
    draft = drafted(people=["U1", "U2"], is_anonymous=True)
    _, anyway = await begun(tx, draft)
    _, named = await begun(tx, draft)
    _, off = await begun(tx, draft)
    assert {each.stage for each in (anyway, named, off)} == {Stage.HELD}
    assert [m.key for m in await messages(tx, "U1")] == [f"polls:{n}:held" for n in (1, 2, 3)]
    with pytest.raises(UserError, match="for Mara, who made P-1"):
        await starting.release(tx, anyway.id, by="U2", named=False)
    await starting.release(tx, anyway.id, by="U1", named=False)
    await starting.release(tx, named.id, by="UADMIN", named=True)
    await starting.call_off(tx, off.id, by="U1")
    assert [each.stage for each in (anyway, named, off)] == [Stage.OPEN, Stage.OPEN, Stage.CALLED_OFF]
    assert [each.answer_key is None for each in (anyway, named, off)] == [False, True, True]
    assert not (await queries.poll(tx, named.poll_id)).is_anonymous
    for again in (anyway, off):
        with pytest.raises(UserError):
            await starting.release(tx, again.id, by="U1", named=False)
    _, at_once = await begun(tx, replace(draft, is_anonymous=False))
    poll = await starting.start(tx, "U1", draft, channel_id="C1", anyway=True)
    known = await queries.current(tx, poll.id)
    assert known is not None
    assert (at_once.stage, known.stage) == (Stage.OPEN, Stage.OPEN)


async def test_the_second_round_comes_once_the_first_is_over(tx: Tx) -> None:
    """It is Monday 10:00 in Stockholm."""
    await company(tx)
    await knows_all(tx, ["U2"])
    poll, first = await begun(tx, drafted(people=["U2"], open_minutes=5 * 1440, recurring=WEEKLY))
    assert (first.occurs_on, first.closes_at) == (START.date(), START + timedelta(days=5))
    assert (poll.next_at, poll.zone) == (START + timedelta(days=7), "Europe/Stockholm")
    tuesdays = replace(WEEKLY, weekday=Weekday.SUNDAY, in_own_zone=True)
    own, _ = await begun(tx, drafted(people=["U2"], open_minutes=1440, recurring=tuesdays))
    # Where that Sunday begins first on earth it is ten on Saturday evening in UTC.
    assert own.next_at == datetime(2026, 9, 19, 20, 0, tzinfo=UTC)


async def test_other_words_are_for_the_next_round_and_the_same_are_no_others(tx: Tx) -> None:
    await company(tx)
    poll, first = await begun(tx, drafted(people=["U2"], recurring=WEEKLY))
    other = replace(QUESTION, text="Is there tea?")
    assert (await editing.reword(tx, "U1", poll.id, QUESTION)).version == 1
    assert (await editing.reword(tx, "UADMIN", poll.id, other)).version == 2
    assert (await editing.reword(tx, "U1", poll.id, other)).version == 2
    assert (await queries.question(tx, first.question_id)).text == QUESTION.text
    with pytest.raises(FieldError, match="another poll"):
        await editing.reword(tx, "U1", poll.id, replace(other, kind=Kind.TEXT))
    with pytest.raises(UserError, match="for Mara"):
        await editing.reword(tx, "U2", poll.id, other)
    assert [each.version for each in await tx.session.scalars(select(Question))] == [1, 2]


async def test_who_stops_it_stops_what_would_follow(tx: Tx) -> None:
    await company(tx)
    poll, first = await begun(tx, drafted(people=["U2"], recurring=WEEKLY))
    with pytest.raises(UserError, match="for Mara"):
        await stopping.stop(tx, "U2", poll.id)
    await stopping.stop(tx, "U1", poll.id)
    assert (poll.next_at, poll.next_on, poll.ended_at, first.stage) == (None, None, tx.now, Stage.OPEN)
    for again in (stopping.stop(tx, "U1", poll.id), editing.reword(tx, "U1", poll.id, QUESTION)):
        with pytest.raises(UserError, match="no further round"):
            await again
