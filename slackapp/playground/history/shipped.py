"""The part of the history that is about launches: those of every team."""

from collections.abc import Iterator

from slackapp.playground.history import billing, onboarding, platform
from slackapp.playground.history.diary import Entry
from slackapp.playground.history.launch import course

LAUNCHES = (*onboarding.LAUNCHES, *billing.LAUNCHES, *platform.LAUNCHES)


def acts(seed: int) -> Iterator[Entry]:
    for launch in LAUNCHES:
        yield from course(launch, seed)
