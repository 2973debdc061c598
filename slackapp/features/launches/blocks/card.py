"""What a channel sees of a launch."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block, ButtonElement

from slackapp.core.words import clip, counted, written_day
from slackapp.features.launches.blocks.days import asked_after, planned_for
from slackapp.features.launches.blocks.typed_in import drafted
from slackapp.features.launches.models import Guardrail, Launch, LaunchVersion
from slackapp.features.launches.rules import (
    Decision,
    Evidence,
    FeltBy,
    Hypothesis,
    Kind,
    LaunchState,
    Piece,
    ReworkReason,
    cases,
    hypothesis,
    lint,
)
from slackapp.features.metrics.rules import Direction, show, show_change
from slackapp.slack.blocks import (
    CardPart,
    Message,
    Part,
    actions,
    bold,
    bullets,
    button,
    day_of,
    header,
    link,
    paragraph,
    small,
    user,
)
from slackapp.slack.text import quoted

WORKED = "launches.worked"
BEFORE_SPEC = "launches.before_spec"
EDIT = "launches.edit"
DETAILS = "launches.details"

#: Versions told on the card; the rest is in the details.
LATEST_VERSIONS = 3
#: Slack takes no more buttons in a row.
MOST_BUTTONS = 25
#: What one version may take of the card, in characters.
_LONGEST_VERSION = 300


@dataclass(frozen=True)
class CardView:
    """A launch with all that its card and its details show of it."""

    launch: Launch
    guardrails: Sequence[Guardrail]
    #: The oldest first.
    versions: Sequence[LaunchVersion]
    #: How many said that they worked on it, and that they were in before the spec.
    worked: int
    before_spec: int
    #: Somebody from business is known to have part in it.
    business_known: bool
    #: The launch it reworks: L-12.
    reworks_label: str | None


def card(view: CardView, parts: Sequence[CardPart]) -> Message:
    """What the channel sees of a launch, now."""
    launch = view.launch
    title = f"{launch.label} {launch.title}"
    blocks: list[Block] = [header(title)]
    if launch.state == LaunchState.PLANNED:
        planned = planned_for(launch)
        blocks.append(paragraph(bold(planned[0].upper() + planned[1:])))
    blocks += [paragraph(*_marked(hypothesis(as_hypothesis(launch)))), bullets(_facts(view))]
    blocks += _made_of(view)
    if lines := _lines(view, parts):
        blocks.append(bullets(lines))
    blocks += _small_print(view)
    if launch.state != LaunchState.DROPPED:
        blocks.append(actions(*_buttons(launch, parts)))
    return Message(text=quoted(title, 200), blocks=blocks)


def _facts(view: CardView) -> list[list[Part]]:
    launch = view.launch
    facts: list[list[Part]] = [["Problem: ", launch.problem]]
    if launch.outcomes:
        facts.append(["For users: ", launch.outcomes])
    if launch.state == LaunchState.PLANNED:
        facts.append(["Owner ", user(launch.owner_id)])
    else:
        since = "Out since " if launch.frozen_at is not None else "Was planned for "
        facts.append([since, bold(written_day(launch.day)), " · owner ", user(launch.owner_id)])
    if launch.link:
        facts.append(["Numbers: ", link(launch.link, "dashboard")])
    if launch.evidence:
        facts.append(["How well the numbers can tell: ", Evidence(launch.evidence).label])
    facts += [["Guardrail: ", *guardrail_line(each)] for each in view.guardrails]
    if view.reworks_label:
        why = f": {ReworkReason(launch.rework_reason).label.lower()}" if launch.rework_reason else ""
        facts.append([f"Reworks {view.reworks_label}{why}"])
    return facts


def guardrail_line(guardrail: Guardrail) -> list[Part]:
    """Churn should stay under 3.5 %; it was 3 %."""
    stays = drafted(guardrail).stays
    was = show(guardrail.baseline, guardrail.unit)
    return [bold(guardrail.metric), f" should stay {stays}; it was {was}"]


def _made_of(view: CardView) -> list[Block]:
    """What its kind asks for."""
    launch = view.launch
    if launch.state == LaunchState.DROPPED:
        return []
    if launch.kind == Kind.EXPERIMENT and not view.business_known:
        return [small("Nobody from business is known to take part in this experiment.")]
    if launch.kind != Kind.TECHNICAL:
        return []
    weak, strong = cases(as_hypothesis(launch))
    rows: list[list[Part]] = [["A weak case: ", *_marked(weak)], ["A strong case: ", *_marked(strong)]]
    if launch.felt_by:
        rows.append([f"{FeltBy(launch.felt_by).said}."])
    return [bullets(rows)]


def _lines(view: CardView, parts: Sequence[CardPart]) -> list[Sequence[Part]]:
    """What has come of it so far."""
    launch = view.launch
    if launch.state == LaunchState.DROPPED:
        assert launch.dropped_by is not None
        assert launch.dropped_at is not None
        return [["Cancelled by ", user(launch.dropped_by), " on ", day_of(launch.dropped_at), "."]]
    lines: list[Sequence[Part]] = [line for part in parts for line in part.lines]
    if launch.decision is not None:
        lines.append(["Decision: ", bold(Decision(launch.decision).label)])
    latest = view.versions[-LATEST_VERSIONS:]
    lines += [version_line(version) for version in reversed(latest)]
    if earlier := len(view.versions) - len(latest):
        lines.append([f"and {counted(earlier, 'earlier change')}"])
    return lines


def version_line(version: LaunchVersion) -> list[Part]:
    """Version 2: target 50 % → 45 %, changed by @Mara on 20 Nov."""
    before, after = version.before, version.after
    changes = [
        _changed(label, str(before.get(label) or ""), str(after.get(label) or ""))
        for label in {**before, **after}
    ]
    what = clip(", ".join(changes), _LONGEST_VERSION)
    by: list[Part] = ["changed by ", user(version.changed_by), " on ", day_of(version.changed_at)]
    return [f"Version {version.number}: ", f"{what}, " if what else "", *by]


def _changed(label: str, before: str, after: str) -> str:
    if not before or not after:
        return f"{label} added: {after}" if after else f"{label} removed: {before}"
    # A second arrow would leave open which of the numbers changed.
    return f"{label} {before}, now {after}" if "→" in before + after else f"{label} {before} → {after}"


def _small_print(view: CardView) -> list[Block]:
    launch = view.launch
    said = []
    if launch.state in {LaunchState.PLANNED, LaunchState.OUT} and (questions := lint(as_hypothesis(launch))):
        said.append(f"Worth an answer in this thread: {' '.join(questions)}")
    if fixed := _frozen(launch):
        said.append(fixed)
    if taken := counts(view):
        said.append(taken)
    return [small(text) for text in said]


def counts(view: CardView) -> str:
    """How many had part in it; empty if nobody said so."""
    said = []
    if view.worked:
        said.append(f"{view.worked} worked on it")
    if view.before_spec:
        said.append(f"{view.before_spec} {'was' if view.before_spec == 1 else 'were'} in before the spec")
    return " · ".join(said)


def _buttons(launch: Launch, parts: Sequence[CardPart]) -> list[ButtonElement]:
    theirs = [each for part in parts for each in part.buttons]
    value = str(launch.id)
    ours = [
        button(WORKED, "I worked on this", value),
        button(BEFORE_SPEC, "I was in before the spec", value),
        button(EDIT, "Edit", value),
        button(DETAILS, "More", value),
    ]
    return [*theirs[: MOST_BUTTONS - len(ours)], *ours]


def _frozen(launch: Launch) -> str:
    """What no longer changes unnoticed; empty if there is nothing of it."""
    if launch.frozen_at is None:
        return ""
    fixed = []
    if change := change_of(launch):
        fixed.append(change)
    if launch.smallest_change is not None:
        fixed.append(f"under {show(launch.smallest_change, launch.unit)} is no change")
    if launch.metric and launch.state != LaunchState.DROPPED:
        fixed.append(f"asked {asked_after(launch)}")
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
        kind=Kind(launch.kind),
        unlocks=launch.unlocks,
        felt_by=FeltBy(launch.felt_by) if launch.felt_by else None,
    )


def _marked(pieces: Sequence[Piece]) -> list[Part]:
    """People's own words in bold."""
    return [bold(words) if theirs else words for words, theirs in pieces]
