"""Everything that is known of a launch and not on its card."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, PlainTextObject
from slack_sdk.models.views import View

from slackapp.core.words import clip, written_day
from slackapp.features.launches.blocks.card import CardView, counts, guardrail_line, version_line
from slackapp.features.launches.blocks.days import asked_after
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import (
    Bottleneck,
    Evidence,
    FeltBy,
    Kind,
    LaunchState,
    ReworkReason,
)
from slackapp.features.metrics.rules import Direction, show
from slackapp.features.workspaces.rules import Function
from slackapp.slack.blocks import Part, bold, bullets, channel, day_of, markdown, paragraph, small, user

#: Versions in the history; who needs more has the database.
MOST_VERSIONS = 30

_DIRECTIONS = {
    Direction.UP: "should rise",
    Direction.DOWN: "should fall",
    Direction.HOLD_UP: "should not fall",
    Direction.HOLD_DOWN: "should not rise",
}


def details(view: CardView, added: Sequence[Block] = ()) -> View:
    """What was said below More, as far as anything was, and what has changed since.

    `added` is what higher features know of it.
    """
    launch = view.launch
    blocks: list[Block] = [paragraph(bold(f"{launch.label} {launch.title}"))]
    for heading, rows in (
        ("Who and where", _who_and_where(view)),
        ("The numbers", _numbers(view)),
        ("The work", _work(view)),
        ("Why", _why(launch)),
    ):
        if rows:
            blocks += [markdown(f"*{heading}*"), bullets(rows)]
    blocks += added
    if latest := list(reversed(view.versions))[:MOST_VERSIONS]:
        blocks += [markdown("*What has changed since*"), bullets([version_line(each) for each in latest])]
        if earlier := len(view.versions) - len(latest):
            blocks.append(small(f"and {earlier} earlier"))
    return View(
        type="modal",
        title=PlainTextObject(text=clip(launch.label, 24)),
        close=PlainTextObject(text="Close"),
        blocks=blocks,
    )


def _who_and_where(view: CardView) -> list[list[Part]]:
    launch = view.launch
    rows: list[list[Part]] = [["Owner: ", user(launch.owner_id)]]
    if launch.backup_id:
        rows.append(["Backup: ", user(launch.backup_id)])
    rows.append(["Recorded by ", user(launch.recorder_id), " on ", day_of(launch.recorded_at)])
    rows.append(["Channel: ", channel(launch.channel_id)])
    if launch.state == LaunchState.PLANNED:
        rows.append([f"Planned for {written_day(launch.day)}"])
    if launch.first_day is not None and launch.slips:
        rows.append([f"First planned for {written_day(launch.first_day)}"])
    if taken := counts(view):
        rows.append([taken])
    return rows


def _numbers(view: CardView) -> list[list[Part]]:
    launch = view.launch
    rows: list[list[Part]] = []
    if launch.metric:
        goes = f" {_DIRECTIONS[Direction(launch.direction)]}" if launch.direction else ""
        rows.append([bold(launch.metric), goes])
        rows.append([f"Asked {asked_after(launch)}"])
    if launch.smallest_change is not None:
        rows.append([f"Under {show(launch.smallest_change, launch.unit)} is no change"])
    if launch.evidence:
        rows.append(["How well the numbers can tell: ", Evidence(launch.evidence).label])
    rows += [["Guardrail: ", *guardrail_line(each)] for each in view.guardrails]
    return rows


def _work(view: CardView) -> list[list[Part]]:
    launch = view.launch
    rows: list[list[Part]] = [["Kind: ", Kind(launch.kind).label]]
    if launch.unlocks:
        rows.append(["Unlocks: ", launch.unlocks])
    if launch.felt_by:
        rows.append([FeltBy(launch.felt_by).said])
    if launch.systems:
        rows.append(["Systems touched: ", ", ".join(launch.systems)])
    if launch.estimated_weeks is not None:
        weeks = "week" if launch.estimated_weeks == 1 else "weeks"
        rows.append([f"Estimated: {show(launch.estimated_weeks)} {weeks}"])
    if launch.significant:
        rows.append(["A significant launch"])
    if view.reworks_label:
        rows.append([f"Reworks {view.reworks_label}"])
    if launch.rework_reason:
        rows.append(["Why it is reworked: ", ReworkReason(launch.rework_reason).label.lower()])
    return rows


def _why(launch: Launch) -> list[list[Part]]:
    rows: list[list[Part]] = []
    if launch.because:
        rows.append(["Because: ", launch.because])
    if launch.goal:
        rows.append(["Goal: ", launch.goal])
    if launch.bottleneck:
        rows.append(["Goes for the bottleneck: ", Bottleneck(launch.bottleneck).label.lower()])
    if launch.expected_value:
        rows.append(["Expected value: ", launch.expected_value])
    if launch.idea_of:
        rows.append(["The idea came from ", Function(launch.idea_of).label.lower()])
    if launch.senior_id:
        rows.append(["Senior engineer: ", user(launch.senior_id)])
    if launch.senior_before_spec is not None:
        saw = "saw it before the spec" if launch.senior_before_spec else "did not see it before the spec"
        rows.append([f"A senior engineer {saw}"])
    return rows
