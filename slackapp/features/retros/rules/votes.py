"""Votes: how many a person has, how many on one topic, and in which order topics are talked about."""

from collections.abc import Callable, Mapping, Sequence
from math import isqrt

from slackapp.core.errors import FieldError
from slackapp.core.words import counted
from slackapp.features.retros.rules.draft import MOST_VOTES


def suggested_votes(topics: int) -> int:
    """For each person: the square root of the number of topics, rounded up."""
    return 1 + isqrt(topics - 1) if topics > 0 else 1


def check_budget(each: int | None, cap: int) -> None:
    """Raises `FieldError` at `votes_each` and `votes_cap`. None is not known yet."""
    mistakes = {}
    if each is not None and not 1 <= each <= MOST_VOTES:
        mistakes["votes_each"] = f"Choose between 1 and {MOST_VOTES} votes for each person."
    if not 1 <= cap <= MOST_VOTES:
        mistakes["votes_cap"] = f"Choose between 1 and {MOST_VOTES} votes on one topic."
    if mistakes:
        raise FieldError(mistakes)


def check_lowered(spent: int, stacked: int, *, each: int | None, cap: int) -> None:
    """Raises `FieldError` where somebody has voted more than that already.

    `spent` and `stacked` are the most that anybody has used in all, and on one topic.
    """
    mistakes = {}
    if each is not None and spent > each:
        mistakes["votes_each"] = f"Somebody has used {counted(spent, 'vote')} already: no fewer than that."
    if stacked > cap:
        mistakes["votes_cap"] = f"Somebody has {counted(stacked, 'vote')} on one topic: no fewer than that."
    if mistakes:
        raise FieldError(mistakes)


def ranked(
    topics: Sequence[tuple[int, int]],
    votes: Mapping[int, int],
    places: Mapping[int, int],
    lot: Callable[[], float],
) -> list[int]:
    """The ids of topics, the one to be talked about first at the beginning.

    `topics` are ids with the number of notes. More votes come first, then more notes, then the place a topic
    had before, and only what has never had one is drawn for.
    """

    def standing(topic: tuple[int, int]) -> tuple[int, int, int, float]:
        id_, notes = topic
        return -votes.get(id_, 0), -notes, places.get(id_, len(topics) + 1), lot()

    return [id_ for id_, _ in sorted(topics, key=standing)]
