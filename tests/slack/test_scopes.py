"""What Slack says was granted, against what the manifest asks for."""

from hypothesis import given
from hypothesis import strategies as st

from slackapp.core.manifest import manifest
from slackapp.slack.outcomes import Done
from slackapp.slack.scopes import Scopes, compare

ASKED: list[str] = manifest()["oauth_config"]["scopes"]["bot"]


def named(scopes: list[str], separator: str = ",") -> Done:
    return Done({}, headers={"x-oauth-scopes": separator.join(scopes)})


@given(granted=st.lists(st.sampled_from([*ASKED, "reactions:read", "reactions:write"]), unique=True))
def test_what_is_missing_and_what_is_too_much_are_told_apart(granted: list[str]) -> None:
    found = compare(named(granted, ", "))
    assert found is not None
    assert set(found.missing).isdisjoint(granted)
    assert (set(found.missing) | set(granted)) - set(found.superfluous) == set(ASKED)


def test_the_manifests_own_scopes_lack_nothing_in_whatever_order() -> None:
    assert compare(named(ASKED[::-1])) == Scopes((), ())


def test_no_scope_at_all_lacks_them_all() -> None:
    assert compare(named([])) == Scopes(tuple(sorted(ASKED)), ())


def test_an_answer_that_names_no_scopes_tells_nothing() -> None:
    assert compare(Done({})) is None
