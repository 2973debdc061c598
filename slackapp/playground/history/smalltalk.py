"""The part of the history that is small talk: what is said on its day, and what on some day."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from slackapp.playground.history.anyday import UNDATED
from slackapp.playground.history.chatter import DATED
from slackapp.playground.history.company import ON_LEAVE, Member
from slackapp.playground.history.diary import YEAR, Entry, moment
from slackapp.playground.history.dice import Dice
from slackapp.playground.history.talk import spoken

#: So much of what could be said on any day.
_SAID = 20
_FIRST_WEEK = date(YEAR, 5, 11)
_WEEKS = 24


def acts(seed: int) -> Iterator[Entry]:
    dice = Dice(seed, "smalltalk")
    for conversation in DATED:
        yield from spoken(conversation, moment(conversation.on, conversation.who), dice)
    chosen = dice.some(UNDATED, _SAID)
    weeks = dice.shuffled(range(_WEEKS))
    for week, conversation in zip(weeks, chosen, strict=False):
        day = _FIRST_WEEK + timedelta(weeks=week, days=dice.minutes(0, 4))
        while any(
            _on_leave(who, day) for who in (conversation.who, *(who for who, _ in conversation.answers))
        ):
            day += timedelta(weeks=1)
        zone = ZoneInfo(conversation.who.zone)
        at = datetime.combine(day, time(10), zone) + timedelta(minutes=dice.minutes(0, 360))
        yield from spoken(conversation, at, dice)


def _on_leave(who: Member, day: date) -> bool:
    first, last = ON_LEAVE.get(who, (date.max, date.max))
    return first <= day <= last
