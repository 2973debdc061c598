"""Topics by likeness: the same whatever the order of the notes, and of nothing that is not alike."""

from hypothesis import given
from hypothesis import strategies as st

from slackapp.features.retros.rules.similarity import name_of, suggest
from tests.support.topics import ALONE, NOTES, WRITTEN


def named(texts: list[str]) -> dict[str, set[str]]:
    return {alike.name: {texts[place] for place in alike.notes} for alike in suggest(texts)}


def test_what_a_team_wrote_comes_out_as_a_person_would_group_it() -> None:
    assert named(NOTES) == {
        "Deploy": set(WRITTEN["deploys"]),
        "Reviews": set(WRITTEN["reviews"]),
        "Onboarding checklist": set(WRITTEN["onboarding"]),
        "Meetings": set(WRITTEN["meetings"]),
        "Scope changes": set(WRITTEN["scope"]),
    }


@given(st.permutations(NOTES))
def test_the_order_of_the_notes_is_all_one(texts: list[str]) -> None:
    assert named(texts) == named(NOTES)


def test_slips_of_the_finger_and_other_forms_of_a_word_are_the_same_word() -> None:
    [alike] = suggest(["Deployment pipeline broken", "Our deploy pipelnie broke", "Cake"])
    assert alike.notes == [0, 1]


def test_one_word_that_everybody_says_makes_no_topic_of_all() -> None:
    words = ["alpha", "bravo", "carrot", "delta", "echo", "golf", "hotel", "india", "juliet", "kilo", "lima"]
    texts = [f"Onboarding {one} {other}" for one in words for other in words if one < other]
    assert len(texts) == 55
    assert max(len(alike.notes) for alike in suggest(texts)) < 20


WORDS = st.sampled_from(["deploy", "deploys", "review", "slow", "the", "👍", "ünder", "42", "Pricing", "…"])


@given(st.lists(st.lists(WORDS, max_size=5).map(" ".join) | st.text(max_size=30), max_size=25))
def test_a_note_is_in_one_topic_at_most_and_each_topic_has_two_and_a_name(texts: list[str]) -> None:
    found = suggest(texts)
    places = [place for alike in found for place in alike.notes]
    assert len(places) == len(set(places))
    assert all(len(alike.notes) > 1 and alike.name for alike in found)
    assert all(len(alike.name) <= 60 for alike in found)
    # Notes of the same words are not parted.
    for alike in found:
        same = {texts[place] for place in alike.notes}
        assert all(place in alike.notes for place, text in enumerate(texts) if text in same)


def test_a_topic_is_called_by_what_most_of_its_notes_share_or_by_one_of_them() -> None:
    assert name_of(["CI is slow", "We waited for CI", "The CI is flaky"]) == "CI"
    assert name_of(list(ALONE[:2])) in ALONE
    assert name_of(["👍", "👍"]) == "👍"
    assert name_of([]) == ""
    assert name_of(["w" * 500]) == "w" * 59 + "…"
