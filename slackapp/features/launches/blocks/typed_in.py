"""A launch there is, as it would be typed into its form again."""

from collections.abc import Sequence

from slackapp.features.launches.models import Guardrail, Launch
from slackapp.features.launches.rules import FROM_NUMBERS, NOT_SAID, GuardrailDraft, written_guardrails
from slackapp.features.metrics.rules import Direction, read_direction, show, show_change
from slackapp.slack.routes import Value


def as_typed_in(
    launch: Launch, guardrails: Sequence[Guardrail], *, reworks_label: str | None
) -> dict[str, Value]:
    """What stands in each input; read again it gives the same draft.

    `reworks_label` is the label of the launch it reworks, as people see it: L-42.
    """
    return {
        "title": launch.title,
        "problem": launch.problem,
        "audience": launch.audience,
        "metric": launch.metric,
        "outcomes": launch.outcomes,
        "link": launch.link,
        "day": launch.day.isoformat(),
        "owner": launch.owner_id,
        "backup": launch.backup_id,
        **_numbers(launch),
        "checkpoints": [str(days) for days in launch.checkpoints],
        "evidence": launch.evidence or NOT_SAID,
        "guardrails": written_guardrails(map(drafted, guardrails)),
        "kind": launch.kind,
        "unlocks": launch.unlocks,
        "felt_by": launch.felt_by or NOT_SAID,
        "systems": ", ".join(launch.systems),
        "estimated_weeks": None if launch.estimated_weeks is None else show(launch.estimated_weeks),
        "significant": ["yes"] if launch.significant else [],
        "reworks": reworks_label,
        "rework_reason": launch.rework_reason or NOT_SAID,
        "because": launch.because,
        "goal": launch.goal,
        "bottleneck": launch.bottleneck or NOT_SAID,
        "expected_value": launch.expected_value,
        "idea_of": launch.idea_of or NOT_SAID,
        "senior_id": launch.senior_id,
        "senior_before_spec": {None: NOT_SAID, True: "yes", False: "no"}[launch.senior_before_spec],
    }


def drafted(guardrail: Guardrail) -> GuardrailDraft:
    return GuardrailDraft(
        guardrail.metric,
        Direction(guardrail.direction),
        guardrail.unit,
        guardrail.baseline,
        guardrail.smallest_change,
    )


def _numbers(launch: Launch) -> dict[str, Value]:
    """What the numbers say themselves is not said again, so that it follows them when they change."""
    typed: dict[str, Value] = {"from_to": None, "smallest_change": None}
    if launch.baseline is not None and launch.target is not None:
        typed["from_to"] = show_change(launch.baseline, launch.target, launch.unit)
    if launch.smallest_change is not None:
        typed["smallest_change"] = show(launch.smallest_change, launch.unit)
    read = read_direction(launch.baseline, launch.target)
    return {
        **typed,
        "direction": FROM_NUMBERS if launch.direction == read else launch.direction,
        "unit": None if any(typed.values()) else launch.unit,
    }
