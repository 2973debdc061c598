"""Which checkpoints are asked about and when, and who may answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from slackapp.core.errors import FieldError
from slackapp.core.words import written_day
from slackapp.features.metrics.rules import Quantity, common_unit

#: What prompts calls our questions.
KIND = "follow_up"


class FollowUpState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    #: Answered with: there is no number.
    NO_NUMBER = "no_number"
    #: Never answered, and a later checkpoint has taken its place.
    LAPSED = "lapsed"
    #: Asked of everybody who might know, and never answered. A late answer is still taken.
    EXPIRED = "expired"
    #: Its launch was cancelled.
    DROPPED = "dropped"


class NoNumber(StrEnum):
    CANNOT_MEASURE = "cannot_measure"
    DATA_MISSING = "data_missing"
    NO_LONGER_MATTERS = "no_longer_matters"
    #: Said by somebody in the channel, when the people asked did not answer.
    NOBODY_KNOWS = "nobody_knows"

    @property
    def label(self) -> str:
        return {
            NoNumber.CANNOT_MEASURE: "It cannot be measured",
            NoNumber.DATA_MISSING: "The data is missing",
            NoNumber.NO_LONGER_MATTERS: "It no longer matters",
            NoNumber.NOBODY_KNOWS: "Nobody in the channel knows",
        }[self]


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


def may_answer(
    user_id: str, *, asked_id: str, owner_id: str, backup_id: str | None, channel_asked: bool
) -> bool:
    """Once the channel was asked, anybody there may know."""
    return channel_asked or user_id in {asked_id, owner_id, backup_id}


#: Questions in one message to a channel: more would not fit Slack's fifty blocks, nor anybody's patience.
MOST_IN_CHANNEL = 10


def asked_in_channel_on(today: date) -> date:
    """The Monday on which a channel is asked next, all at once."""
    return today + timedelta(days=-today.weekday() % 7)


def check_reading(quantity: Quantity, unit: str, observed_on: date, *, day: date, today: date) -> Quantity:
    """The reading in the launch's unit. Raises `FieldError` where unit or day cannot be right."""
    fields = {}
    shared = common_unit(quantity.unit, unit)
    if shared is None:
        fields["value"] = f"This launch is measured in {unit}. Write the number in {unit}."
    if observed_on > today:
        fields["observed_on"] = "This day is still to come. When was the number read?"
    elif observed_on < day:
        fields["observed_on"] = f"The launch was out on {written_day(day)}; a reading comes after that."
    if fields:
        raise FieldError(fields)
    return Quantity(quantity.value, unit or quantity.unit)
