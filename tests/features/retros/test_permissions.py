"""Who may do what in a retro, what people are to one, and that the page about it says the same."""

import pytest

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.features.retros import queries
from slackapp.features.retros.models import Retro
from slackapp.features.retros.rules import ALLOWED, Doing, Part, Role, may
from slackapp.features.retros.service import inviting, permitting
from slackapp.features.workspaces.service import introduce, keep_room
from slackapp.slack.people import Profile
from slackapp.slack.rooms import Room
from tests.support.permissions_page import table
from tests.support.retros import collecting

#: The page's words for what is done and for who does it.
DOINGS = {
    "Read its status, and what was revealed": Doing.READ,
    "Look it up, read its history, take it away as a file": Doing.LOOK_UP,
    "Hand in notes": Doing.WRITE,
    "Tell the facilitator privately": Doing.CONFIDE,
    "Group notes": Doing.GROUP,
    "Vote": Doing.VOTE,
    "Note actions and decisions": Doing.NOTE_DOWN,
    "Score the launches": Doing.SCORE,
    "Say what happened to users": Doing.SAY_IMPACT,
    "Go on and back, set deadlines and votes, invite, add launches, end a series, close": Doing.FACILITATE,
    "Name co-facilitators, hand it over, make it anonymous, cancel it": Doing.RUN,
    "Take over from a facilitator who is gone": Doing.TAKE_OVER,
}
ROLES = {
    "facilitator": Role.FACILITATOR,
    "co-facilitator": Role.CO_FACILITATOR,
    "participant": Role.PARTICIPANT,
    "onlooker": Role.ONLOOKER,
    "guest": Role.GUEST,
    "outsider": Role.OUTSIDER,
    "anybody else": Role.NOBODY,
}


def test_the_page_says_what_the_code_does() -> None:
    assert table("Retros", DOINGS, ROLES) == ALLOWED


def test_everything_and_everybody_has_its_place() -> None:
    assert set(ALLOWED) == set(Doing)
    assert set(ROLES.values()) == set(Role)


@pytest.mark.parametrize("doing", Doing)
def test_nobody_else_does_anything(doing: Doing) -> None:
    assert not may(doing, Role.NOBODY)


def test_a_co_facilitator_does_all_but_what_decides_on_the_retro_itself() -> None:
    theirs = {doing for doing in Doing if may(doing, Role.CO_FACILITATOR)}
    assert theirs == set(Doing) - {Doing.RUN}


def test_whoever_is_no_colleague_takes_part_and_decides_nothing() -> None:
    deciding = {
        Doing.FACILITATE,
        Doing.RUN,
        Doing.TAKE_OVER,
        Doing.NOTE_DOWN,
        Doing.LOOK_UP,
        Doing.SAY_IMPACT,
    }
    for role in (Role.GUEST, Role.OUTSIDER):
        assert not deciding & {doing for doing in Doing if may(doing, role)}


PEOPLE = {
    "U1": Profile(id="U1", name="mara", team_id="T1"),
    "UCO": Profile(id="UCO", name="jonas", team_id="T1"),
    "UIN": Profile(id="UIN", name="ines", team_id="T1"),
    "UON": Profile(id="UON", name="petra", team_id="T1"),
    "UGU": Profile(id="UGU", name="gast", team_id="T1", is_restricted=True),
    "UST": Profile(id="UST", name="fremd", team_id="T2"),
    "UBO": Profile(id="UBO", name="bot", team_id="T1", is_bot=True),
    "UGO": Profile(id="UGO", name="gone", team_id="T1", deleted=True),
}


async def met(tx: Tx, *, private: bool = False) -> None:
    """Everybody, and the channel; of a private one all but the onlooker are members."""
    for profile in PEOPLE.values():
        await introduce(tx, profile)
    members = frozenset(PEOPLE) - {"UON"} if private else None
    await keep_room(
        tx, Room("C1", "team", is_private=private, is_archived=False, is_member=True, members=members)
    )


async def with_people(tx: Tx, *invited: str) -> Retro:
    """A retro of those who were invited by name."""
    about = await collecting(tx)
    about.whole_channel = False
    await inviting.add(tx, about, ["UCO"], Part.CO_FACILITATOR)
    await inviting.add(tx, about, invited, Part.INVITED)
    return about


async def roles(tx: Tx, about: Retro, here: str | None = None) -> dict[str, Role]:
    return {user_id: await queries.role(tx, user_id, about, here=here) for user_id in PEOPLE}


async def test_what_people_are_to_a_retro_of_some(tx: Tx) -> None:
    await met(tx)
    about = await with_people(tx, "UIN", "UGU", "UST")
    assert await roles(tx, about) == {
        "U1": Role.FACILITATOR,
        "UCO": Role.CO_FACILITATOR,
        "UIN": Role.PARTICIPANT,
        "UON": Role.ONLOOKER,
        "UGU": Role.GUEST,
        "UST": Role.OUTSIDER,
        "UBO": Role.NOBODY,
        "UGO": Role.NOBODY,
    }


async def test_of_a_whole_channel_all_colleagues_take_part_and_guests_who_act_there(tx: Tx) -> None:
    await met(tx)
    about = await collecting(tx)
    found = await roles(tx, about)
    assert (found["UON"], found["UGU"], found["UST"]) == (Role.PARTICIPANT, Role.NOBODY, Role.NOBODY)
    there = await roles(tx, about, here="C1")
    assert (there["UGU"], there["UST"]) == (Role.GUEST, Role.NOBODY)


async def test_a_guest_who_acted_in_the_channel_is_known_in_the_form_it_opened(tx: Tx) -> None:
    await met(tx)
    about = await collecting(tx)
    for user_id in PEOPLE:
        await inviting.welcome(tx, user_id, about, "C1")
    assert list(await queries.people(tx, about.id, Part.INVITED)) == ["UGU"]
    assert (await roles(tx, about))["UGU"] is Role.GUEST


async def test_outside_of_a_private_channel_nobody_is_anything(tx: Tx) -> None:
    await met(tx, private=True)
    about = await with_people(tx, "UIN", "UON")
    assert (await roles(tx, about))["UON"] is Role.NOBODY


async def test_a_sentence_says_whom_it_is_for(tx: Tx) -> None:
    await met(tx)
    about = await with_people(tx, "UIN")
    tried = (("UIN", Doing.FACILITATE), ("UCO", Doing.RUN), ("UON", Doing.WRITE), ("UBO", Doing.READ))
    sentences = {}
    for user_id, doing in tried:
        with pytest.raises(UserError) as refused:
            await permitting.check(tx, user_id, about, doing)
        sentences[user_id] = refused.value.sentence
    assert sentences == {
        "UIN": "This is for R-1's facilitator mara and co-facilitators.",
        "UCO": "This is for R-1's facilitator mara.",
        "UON": "You are not invited to R-1. Its facilitator mara can invite you.",
        "UBO": "R-1 is for those who were invited to it.",
    }
