"""What a channel sees of a launch."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from slackapp.core.words import written_day
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import Decision, Hypothesis, LaunchState, hypothesis, lint
from slackapp.features.metrics.rules import Direction, show, show_change
from slackapp.slack.blocks import Message, Part, bold, bullets, day_of, header, link, paragraph, small, user
from slackapp.slack.text import quoted

#: What another feature adds to a card: lines of text, each made of parts.
CardPart = Sequence[Sequence[Part]]


def card(launch: Launch, parts: Sequence[CardPart]) -> Message:
    """What the channel sees of a launch, now."""
    sentence = as_hypothesis(launch)
    title = f"{launch.label} {launch.title}"
    blocks: list[Block] = [
        header(title),
        paragraph(*(bold(text) if theirs else text for text, theirs in hypothesis(sentence))),
        bullets(_facts(launch)),
    ]
    lines: list[Sequence[Part]] = [line for part in parts for line in part]
    if launch.state == LaunchState.DROPPED:
        assert launch.dropped_by is not None
        assert launch.dropped_at is not None
        lines = [["Cancelled by ", user(launch.dropped_by), " on ", day_of(launch.dropped_at), "."]]
    elif launch.decision is not None:
        lines.append(["Decision: ", bold(Decision(launch.decision).label)])
    if lines:
        blocks.append(bullets(lines))
    if launch.state == LaunchState.OUT and (questions := lint(sentence)):
        blocks.append(small(f"Worth an answer in this thread: {' '.join(questions)}"))
    if fixed := _frozen(launch):
        blocks.append(small(fixed))
    return Message(text=f"{quoted(title, 200)}", blocks=blocks)


def _facts(launch: Launch) -> list[list[Part]]:
    facts: list[list[Part]] = [["Problem: ", launch.problem]]
    if launch.outcomes:
        facts.append(["For users: ", launch.outcomes])
    facts.append(["Out since ", bold(written_day(launch.day)), " · owner ", user(launch.owner_id)])
    if launch.link:
        facts.append(["Numbers: ", link(launch.link, "dashboard")])
    return facts


def _frozen(launch: Launch) -> str:
    """What no longer changes; empty if there is nothing of it."""
    fixed = []
    if change := change_of(launch):
        fixed.append(change)
    if launch.smallest_change is not None:
        fixed.append(f"under {show(launch.smallest_change, launch.unit)} is no change")
    if launch.metric and launch.state != LaunchState.DROPPED:
        days = [str(n) for n in launch.checkpoints]
        asked = " and ".join(filter(None, [", ".join(days[:-1]), days[-1]]))
        fixed.append(f"asked after {asked} days")
    return f"Fixed: {' · '.join(fixed)}" if fixed else ""


def change_of(launch: Launch) -> str:
    """From where to where, or what it should hold; empty without numbers."""
    if launch.baseline is None or launch.target is None:
        return ""
    if launch.direction in {Direction.HOLD_UP, Direction.HOLD_DOWN}:
        side = "below" if launch.direction == Direction.HOLD_UP else "above"
        return f"not {side} {show(launch.baseline, launch.unit)}"
    return show_change(launch.baseline, launch.target, launch.unit)


def as_hypothesis(launch: Launch) -> Hypothesis:
    return Hypothesis(
        title=launch.title,
        audience=launch.audience,
        metric=launch.metric,
        direction=Direction(launch.direction) if launch.direction else None,
        unit=launch.unit,
        baseline=launch.baseline,
        target=launch.target,
        because=launch.because,
        day=launch.day,
        checkpoints=launch.checkpoints,
    )
