"""The part of the history that is about launches: those of every team."""

from collections.abc import Iterator

from slackapp.playground.history import billing, billing_later, onboarding, onboarding_later, platform
from slackapp.playground.history.diary import Entry
from slackapp.playground.history.launch import course

LAUNCHES = (
    *onboarding.LAUNCHES,
    *onboarding_later.LAUNCHES,
    *billing.LAUNCHES,
    *billing_later.LAUNCHES,
    *platform.LAUNCHES,
)


def acts(seed: int) -> Iterator[Entry]:
    for launch in LAUNCHES:
        yield from course(launch, seed)
