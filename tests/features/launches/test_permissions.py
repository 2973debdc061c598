"""Who may do what with a launch, and that the page about it says the same."""

from itertools import chain, combinations

import pytest

from slackapp.features.launches.rules import ALLOWED, Action, Role, may
from tests.support.permissions_page import table

#: The page's words for what is done and for who does it.
ACTIONS = {
    "See it": Action.SEE,
    "Edit it": Action.EDIT,
    "Cancel it": Action.CANCEL,
    "Say whether it is out or dropped, move its day": Action.RELEASE,
    "Record an answer, take it back, decide": Action.ANSWER,
    "Snooze": Action.SNOOZE,
    "Ask someone else": Action.PASS_ON,
    "Override the verdict": Action.OVERRIDE,
    "Say that one worked on it, or was in before the spec": Action.TAKE_PART,
}
ROLES = {
    "owner": Role.OWNER,
    "backup": Role.BACKUP,
    "recorder": Role.RECORDER,
    "workspace admin": Role.ADMIN,
    "person asked": Role.ASKED,
    "in its channel": Role.MEMBER,
    "once the channel was asked": Role.CHANNEL,
}
EVERY_ROLE = frozenset(Role)
ASKED = frozenset({Role.ASKED, Role.CHANNEL})


def test_the_page_says_what_the_code_does() -> None:
    assert table("", ACTIONS, ROLES) == ALLOWED


def test_every_action_and_every_role_has_its_place() -> None:
    assert set(ALLOWED) == set(Action)
    assert set(ROLES.values()) == set(Role)


def alone(action: Action) -> set[Role]:
    """Who may, of people in the channel who are but one thing besides."""
    return {role for role in Role if may(action, frozenset({Role.MEMBER, role}))}


@pytest.mark.parametrize("action", [Action.EDIT, Action.CANCEL])
def test_owner_backup_recorder_and_admins_change_a_launch(action: Action) -> None:
    assert alone(action) == {Role.OWNER, Role.BACKUP, Role.RECORDER, Role.ADMIN}


@pytest.mark.parametrize("action", [Action.SNOOZE, Action.PASS_ON])
def test_the_person_asked_the_owner_and_the_backup_put_off_and_pass_on(action: Action) -> None:
    assert alone(action) == {Role.ASKED, Role.OWNER, Role.BACKUP}


def test_they_answer_and_so_does_the_channel_once_it_was_asked() -> None:
    assert alone(Action.ANSWER) == {Role.ASKED, Role.OWNER, Role.BACKUP, Role.CHANNEL}


def test_the_owner_alone_overrides_a_verdict() -> None:
    assert alone(Action.OVERRIDE) == {Role.OWNER}


@pytest.mark.parametrize("action", [Action.SEE, Action.TAKE_PART])
def test_everybody_in_the_channel_sees_it_and_may_have_part_in_it(action: Action) -> None:
    assert alone(action) == EVERY_ROLE


@pytest.mark.parametrize("action", Action)
def test_who_is_not_in_the_channel_can_do_only_what_they_are_asked(action: Action) -> None:
    """A guest, somebody of another organisation, or an owner who left a private channel."""
    outside = EVERY_ROLE - {Role.MEMBER} - ASKED
    assert not may(action, outside)
    assert may(action, outside | {Role.ASKED}) == (Role.ASKED in ALLOWED[action])
    assert may(action, outside | {Role.CHANNEL}) == (Role.CHANNEL in ALLOWED[action])


def test_being_one_thing_more_never_takes_anything_away() -> None:
    sets = [frozenset(some) for some in chain.from_iterable(combinations(Role, n) for n in range(len(Role)))]
    for action in Action:
        for roles in sets:
            assert not may(action, roles) or all(may(action, roles | {role}) for role in Role)
