"""What happened after a launch, in one line."""

from slackapp.core.words import clip
from slackapp.features.retros.rules.record import LookedBackOn
from slackapp.slack.blocks import Part, bold

_LONGEST = 150


def outcome(launch: LookedBackOn) -> list[Part]:
    """Activation 40 % → 44 %, 30 days later; hoped for 50 %. Verdict: moved."""
    if launch.change:
        return [bold(clip(launch.change, _LONGEST)), clip(launch.rest, _LONGEST)]
    return [clip(launch.rest, _LONGEST)]
