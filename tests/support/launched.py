"""Launches as rows that no database has seen, for tests of how they look."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from slack_sdk.models.blocks import Block

from slackapp.features.launches.blocks import CardView
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import LaunchDraft, LaunchState
from slackapp.playground.slack.shown import blocks_text
from tests.support.spaces import as_seen

TODAY = date(2026, 9, 7)
NOW = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
NAMES = {"U1": "Mara", "U2": "Jonas", "C1": "team-onboarding"}
LAUNCH = {
    "title": "New onboarding",
    "problem": "New teams give up",
    "audience": "new teams",
    "metric": "Activation",
    "from_to": "40 % → 50 %",
    "because": "six of eight asked",
}
_SAME = set(LaunchDraft.__dataclass_fields__) & set(Launch.__table__.columns.keys())


def kept(draft: LaunchDraft, **columns: object) -> Launch:
    """The row that keeps this draft; `columns` are what else it holds."""
    row: dict[str, Any] = {name: getattr(draft, name) for name in _SAME}
    row |= {"owner_id": draft.owner, "backup_id": draft.backup, "slips": 0, "guardrail_loss": False}
    row |= {"systems": list(draft.systems), "checkpoints": list(draft.checkpoints)}
    return Launch(**row | columns)


def a_launch(typed: Mapping[str, object] | None = None, **columns: object) -> Launch:
    """Out since today, recorded by Mara in the team's channel, unless told otherwise."""
    draft = LaunchDraft.read({**LAUNCH, **(typed or {})}, owner="U1", today=TODAY)
    state = LaunchState.PLANNED if draft.planned else LaunchState.OUT
    row: dict[str, object] = {"id": 7, "number": 42, "channel_id": "C1", "recorder_id": "U1"}
    row |= {"state": state, "recorded_at": NOW, "frozen_at": None if draft.planned else NOW}
    return kept(draft, **row | columns)


def a_view(launch: Launch, **known: Any) -> CardView:  # noqa: ANN401 - whatever the view takes
    """Nothing but the launch is known, unless told otherwise."""
    nothing: dict[str, Any] = {"guardrails": [], "versions": [], "worked": 0, "before_spec": 0}
    nothing |= {"business_known": False, "reworks_label": None}
    return CardView(launch, **nothing | known)


def read(blocks: Sequence[Block]) -> list[str]:
    """The lines a person reads."""
    lines = blocks_text([block.to_dict() for block in blocks], {}, NAMES)
    return [as_seen(line) for line in lines]
