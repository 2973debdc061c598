"""A launch as a person filled it in, as a whole: what fits together, completed with defaults."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from slackapp.core.errors import FieldError
from slackapp.features.launches.rules.form import Form
from slackapp.features.launches.rules.guardrails import GuardrailDraft, metric_key
from slackapp.features.launches.rules.kinds import Bottleneck, Evidence, FeltBy, Kind, ReworkReason
from slackapp.features.launches.rules.lifecycle import LONGEST_AHEAD
from slackapp.features.metrics.rules import (
    Direction,
    Quantity,
    check_change,
    common_unit,
    default_smallest_change,
    read_direction,
)
from slackapp.features.workspaces.rules import Function

#: How far back a launch may be recorded: what is older nobody can look up.
LONGEST_AGO = timedelta(days=730)


@dataclass(frozen=True)
class LaunchDraft:
    """A launch that may be recorded as it is. Numbers are in `unit`."""

    title: str
    problem: str
    audience: str
    outcomes: str
    because: str
    link: str | None
    day: date
    #: The day is still to come.
    planned: bool
    owner: str
    backup: str | None
    #: Where it was said to belong; None: where it is recorded.
    channel: str | None

    metric: str | None
    direction: Direction | None
    unit: str
    baseline: Decimal | None
    target: Decimal | None
    smallest_change: Decimal | None
    checkpoints: tuple[int, ...]
    evidence: Evidence | None
    guardrails: tuple[GuardrailDraft, ...]

    kind: Kind
    unlocks: str
    felt_by: FeltBy | None
    systems: tuple[str, ...]
    estimated_weeks: Decimal | None
    significant: bool
    #: The number of the launch that this one reworks: 42 of L-42.
    reworks: int | None
    rework_reason: ReworkReason | None

    goal: str
    bottleneck: Bottleneck | None
    expected_value: str
    idea_of: Function | None
    senior_id: str | None
    senior_before_spec: bool | None

    @classmethod
    def read(
        cls,
        values: Mapping[str, Any],
        *,
        owner: str,
        today: date,
        planned_ok: bool = True,
        stands: date | None = None,
    ) -> "LaunchDraft":
        """Raises `FieldError` for everything that has to change, each at its field.

        `planned_ok`: the day may be still to come. `stands` is the day it has already, which may be long ago.
        """
        form = Form.read(values, owner=owner, today=today)
        if form.day != stands:
            _check_day(form.day, today)
        if form.day > today and not planned_ok:
            raise FieldError(
                {"day": "This day is still to come. When was it out? Choose that day, or today."}
            )
        _check_fit(form)
        baseline, target = form.from_to or (None, None)
        start = baseline.value if baseline else None
        goal = target.value if target else None
        unit = _unit(form, target)
        direction = form.direction if isinstance(form.direction, Direction) else read_direction(start, goal)
        smallest = form.smallest_change.value if form.smallest_change else None
        if direction is None and form.from_to:
            raise FieldError({"from_to": _SAME})
        if direction is not None:
            check_change(direction, start, goal, smallest)
        return cls(
            title=form.title,
            problem=form.problem,
            audience=form.audience,
            outcomes=form.outcomes,
            because=form.because,
            link=form.link or None,
            day=form.day,
            planned=form.day > today,
            owner=form.owner,
            backup=form.backup if form.backup != form.owner else None,
            channel=form.channel,
            metric=form.metric or None,
            direction=direction,
            unit=unit,
            baseline=start,
            target=goal,
            smallest_change=smallest if smallest is not None else default_smallest_change(start, goal),
            checkpoints=tuple(form.checkpoints),
            evidence=form.evidence,
            guardrails=form.guardrails,
            kind=form.kind,
            unlocks=form.unlocks,
            felt_by=form.felt_by,
            systems=form.systems,
            estimated_weeks=form.estimated_weeks,
            significant=bool(form.significant),
            reworks=form.reworks,
            rework_reason=form.rework_reason,
            goal=form.goal,
            bottleneck=form.bottleneck,
            expected_value=form.expected_value,
            idea_of=form.idea_of,
            senior_id=form.senior_id,
            senior_before_spec=form.senior_before_spec,
        )


_SAME = (
    "Both numbers are the same. Write where it should go, like 40 % → 50 %; "
    "if it should stay where it is, say so under More, Direction."
)


def _check_day(day: date, today: date) -> None:
    if day > today + LONGEST_AHEAD:
        raise FieldError({"day": "Please choose a day within the next two years; it can be moved later."})
    if day < today - LONGEST_AGO:
        raise FieldError(
            {"day": "Please choose a day within the last two years: older numbers are hard to find."}
        )


def _check_fit(form: Form) -> None:
    fields = {}
    if form.from_to and not form.metric:
        fields["metric"] = "Which metric goes from one number to the other? Please name it."
    if form.metric and metric_key(form.metric) in {metric_key(each.metric) for each in form.guardrails}:
        fields["guardrails"] = (
            f"“{form.metric}” is what this launch is judged by already. Name metrics that should not suffer."
        )
    if form.rework_reason and not form.reworks:
        fields["rework_reason"] = "Which launch does this one rework? Write it above, like L-42."
    if fields:
        raise FieldError(fields)


def _unit(form: Form, target: Quantity | None) -> str:
    """The unit of all the launch's numbers; where one of them names another, it is asked about there."""
    written = target.unit if target else ""
    unit = common_unit(written, form.unit)
    if unit is None:
        raise FieldError(
            {"unit": f"The numbers above are in {written}. Write the same here, or leave this empty."}
        )
    if form.smallest_change:
        shared = common_unit(unit, form.smallest_change.unit)
        if shared is None:
            raise FieldError(
                {"smallest_change": f"The numbers above are in {unit}. Write this one in {unit}, too."}
            )
        unit = shared
    return unit
