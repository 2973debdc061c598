"""What a follow-up can be, and the surface that tells what came of a launch."""

from dataclasses import dataclass
from enum import StrEnum

#: What prompts calls our questions.
KIND = "follow_up"
#: What it calls the outcome as it is told to whoever worked on the launch.
NEWS_KIND = "follow_ups.outcome"

#: Among the verdicts an owner can choose from: no other than the computed one.
AS_COMPUTED = "computed"


class FollowUpState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    #: Answered with: there is no number.
    NO_NUMBER = "no_number"
    #: Never answered, and a later checkpoint has taken its place.
    LAPSED = "lapsed"
    #: Asked of everybody who might know, and never answered. A late answer is still taken.
    EXPIRED = "expired"
    #: Its launch was cancelled, or is not asked about on that day any more.
    DROPPED = "dropped"


ANSWERS = frozenset({FollowUpState.ANSWERED, FollowUpState.NO_NUMBER})


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
class Answered:
    """An event: an answer about a launch was given, added to, changed or taken back, or nobody gave one."""

    launch_id: int
    #: A number came in just now.
    is_reading: bool = False


@dataclass(frozen=True)
class Outcome:
    """A surface: what the channel is told of a launch. Higher features add `Added` lines and buttons."""

    launch_id: int
