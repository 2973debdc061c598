"""Which checkpoints are asked about and when, also after the launch was edited."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from slackapp.features.follow_ups.rules.kinds import ANSWERS, FollowUpState

#: Questions in one message to a channel: more would not fit Slack's fifty blocks, nor anybody's patience.
MOST_IN_CHANNEL = 10


@dataclass(frozen=True)
class Checkpoint:
    days: int
    due_on: date
    final: bool
    #: Its day has come already when the launch is recorded, so it is asked right away.
    at_once: bool


def plan(day: date, checkpoints: Sequence[int], today: date) -> list[Checkpoint]:
    """What to ask about: of the checkpoints whose day has come only the latest, and all to come."""
    all_of_them = [
        Checkpoint(days, due := day + timedelta(days=days), days == max(checkpoints), at_once=due <= today)
        for days in sorted(checkpoints)
    ]
    elapsed = [checkpoint for checkpoint in all_of_them if checkpoint.at_once]
    return elapsed[-1:] + [checkpoint for checkpoint in all_of_them if not checkpoint.at_once]


@dataclass(frozen=True)
class Stand:
    """How the question of one checkpoint stands when its launch is edited."""

    state: FollowUpState
    #: It was put to somebody.
    asked: bool


class Turn(Enum):
    """What an edit makes of a checkpoint's question."""

    #: It stays as it is.
    KEEP = auto()
    #: It is open and was not asked yet: it may be asked on another day.
    MOVE = auto()
    #: There was none, or it was closed: it is asked.
    ASK = auto()
    #: A later one takes its place.
    LAPSE = auto()
    #: It is not asked any more.
    DROP = auto()


def final_of(stands: Mapping[int, Stand], checkpoints: Sequence[int]) -> int | None:
    """The days of the checkpoint that gives the verdict: the last one, or one answered later still."""
    answered = [days for days, stand in stands.items() if stand.state in ANSWERS]
    return max([*checkpoints, *answered]) if checkpoints else None


def replan(
    stands: Mapping[int, Stand], day: date, checkpoints: Sequence[int], today: date
) -> dict[int, Turn]:
    """What becomes of each question, by its days, now that the launch was edited.

    What was answered is never asked again, nor is what comes before it. What was asked and still is a
    checkpoint stays. The final one is always answered or asked.
    """
    last = final_of(stands, checkpoints)
    answered = max((days for days, stand in stands.items() if stand.state in ANSWERS), default=-1)
    wanted = {point.days for point in plan(day, checkpoints, today)} if checkpoints else set()
    turns = {}
    for days in sorted({*stands, *checkpoints}):
        stand = stands.get(days, Stand(FollowUpState.DROPPED, asked=False))
        is_open = stand.state == FollowUpState.OPEN
        to_ask = days in wanted and days > answered
        if stand.state in ANSWERS:
            turn = Turn.KEEP
        elif days not in checkpoints:
            turn = Turn.DROP if is_open else Turn.KEEP
        elif is_open and stand.asked:
            turn = Turn.KEEP
        elif is_open:
            turn = Turn.MOVE if to_ask else Turn.LAPSE
        elif to_ask and (stand.state == FollowUpState.DROPPED or days == last):
            turn = Turn.ASK
        else:
            turn = Turn.KEEP
        turns[days] = turn
    return turns


def asked_in_channel_on(today: date) -> date:
    """The Monday on which a channel is asked next, all at once."""
    return today + timedelta(days=-today.weekday() % 7)
