"""The sentences about a question and its outcome, which several surfaces say."""

from collections.abc import Sequence

from slackapp.core.words import clip, with_unit, written_day
from slackapp.features.follow_ups.models import FollowUp
from slackapp.features.follow_ups.queries import Answer, Learned, Story, Watched
from slackapp.features.follow_ups.rules import FollowUpState, NoNumber
from slackapp.features.launches.models import Guardrail, Launch
from slackapp.features.launches.queries import Rate
from slackapp.features.launches.rules import GuardrailDraft
from slackapp.features.metrics.rules import Direction, Verdict, progress, show
from slackapp.slack.blocks import Part, bold, channel, user


def background(launch: Launch, follow_up: FollowUp) -> list[str]:
    facts = [f"{launch.label}, out since {written_day(launch.day)}"]
    if launch.baseline is not None:
        facts.append(f"it was {show(launch.baseline, launch.unit)}")
    if launch.target is not None and not holds(launch):
        facts.append(f"we hoped for {show(launch.target, launch.unit)}")
    if holds(launch):
        facts.append(f"it should not {'fall' if launch.direction == Direction.HOLD_UP else 'rise'}")
    facts.append(f"{'the final check' if follow_up.final else 'an early look'}, after {follow_up.days} days")
    return facts


def result(launch: Launch, answer: Answer) -> list[Part]:
    """Activation: 40 % → 44 %, 30 days after New onboarding; we hoped for 50 %."""
    metric = launch.metric or ""
    if answer.follow_up.state == FollowUpState.EXPIRED:
        return [bold(metric), " was not measured after ", bold(launch.title), ". Nobody could say."]
    if answer.reading is None:
        why = NoNumber(answer.follow_up.no_number or NoNumber.DATA_MISSING).label
        return [bold(metric), " was not measured after ", bold(launch.title), f". {why}."]
    change = answer.shown
    if launch.baseline is not None:
        change = f"{show(launch.baseline, launch.unit)} → {change}"
    parts: list[Part] = [
        bold(f"{metric}: {change}"),
        f", {answer.days_after(launch)} after ",
        bold(launch.title),
    ]
    if launch.target is not None and not holds(launch):
        parts.append(f"; we hoped for {show(launch.target, launch.unit)}")
    return [*parts, "."]


def outcome_in_short(launch: Launch, answer: Answer) -> list[Part]:
    """Activation 40 % → 44 %, 30 days later. Verdict: moved."""
    metric = launch.metric or ""
    if answer.follow_up.state == FollowUpState.EXPIRED:
        return [f"{metric} was not measured: nobody could say."]
    if answer.reading is None:
        why = NoNumber(answer.follow_up.no_number or NoNumber.DATA_MISSING).label
        return [f"{metric} was not measured. {why}."]
    was = "" if launch.baseline is None else f"{show(launch.baseline, launch.unit)} → "
    change = bold(f"{metric} {was}{answer.shown}")
    standing = launch.override or launch.verdict or Verdict.UNMEASURED
    loss = ", with guardrail loss" if launch.guardrail_loss else ""
    return [change, f", {answer.days_after(launch)} later. Verdict: {standing}{loss}."]


def verdict(launch: Launch, answer: Answer) -> list[Part]:
    """What was computed; where its owner says otherwise, that, the reason, and what was computed."""
    computed = Verdict(launch.verdict or Verdict.UNMEASURED)
    loss = ", with guardrail loss" if launch.guardrail_loss else ""
    if launch.override is None or launch.overridden_by is None:
        return [
            "Verdict: ",
            bold(f"{computed}{loss}"),
            f"{';' if loss else ','} {_meaning(launch, answer, computed)}.",
        ]
    says: list[Part] = ["Verdict: ", bold(f"{launch.override}{loss}"), ", says ", user(launch.overridden_by)]
    return [*says, f": {_sentence(launch.override_reason)} Computed: {computed}."]


def _meaning(launch: Launch, answer: Answer, computed: Verdict) -> str:
    least = "" if launch.smallest_change is None else show(launch.smallest_change, launch.unit)
    return {
        Verdict.HIT: "it stayed where it should" if holds(launch) else "it got where we hoped",
        Verdict.MOVED: f"by {least} or more, and {_how_far(launch, answer)} what we hoped for",
        Verdict.FLAT: f"by less than {least} either way",
        Verdict.REGRESSED: f"the wrong way, by {least} or more",
        Verdict.UNMEASURED: "there is nothing to compare",
    }[computed]


def _how_far(launch: Launch, answer: Answer) -> str:
    """40 % of the way to; rounded down, since what is short of it is not all of the way."""
    share = progress(launch.baseline, launch.target, answer.reading.value) if answer.reading else None
    if share is None:
        return "short of"
    return f"{with_unit(int(100 * share) or 'less than 1', '%')} of the way to"


def guardrails(watched: Sequence[Watched]) -> list[list[Part]]:
    """Churn 3 % → 3.6 %: worse than it should be."""
    rows: list[list[Part]] = []
    for each in watched:
        guardrail = each.guardrail
        was = show(guardrail.baseline, guardrail.unit)
        if each.reading is None:
            rows.append([bold(f"{guardrail.metric}: not read"), f"; it was {was}"])
            continue
        judged = "worse than it should be" if each.is_lost else "it stayed where it should"
        now = show(each.reading.value, each.reading.unit)
        rows.append([bold(f"{guardrail.metric} {was} → {now}"), f": {judged}"])
    return rows


def bound(guardrail: Guardrail) -> str:
    """it was 3 %, should stay under 3.5 %."""
    draft = GuardrailDraft(
        guardrail.metric,
        Direction(guardrail.direction),
        guardrail.unit,
        guardrail.baseline,
        guardrail.smallest_change,
    )
    return f"it was {show(guardrail.baseline, guardrail.unit)}, should stay {draft.stays}"


def others(launches: Sequence[Launch], longest: int) -> str:
    """In the same time: L-40 New pricing, on the same metric."""
    named = ", ".join(f"{launch.label} {clip(launch.title, longest)}" for launch in launches)
    return f"In the same time: {named}, on the same metric"


def beside(story: Story, longest: int) -> list[list[Part]]:
    """All that was said beside the number, each clipped to so many characters."""
    follow_up, rows = story.answer.follow_up, guardrails(story.watched)
    if story.others:
        rows.append([others(story.others, 80)])
    if follow_up.else_changed:
        rows.append(["What else changed: ", clip(follow_up.else_changed, longest)])
    if follow_up.users_said:
        rows.append(["What users said: ", clip(follow_up.users_said, longest)])
    if story.learned is not None:
        rows.append(learned(story.learned))
    return rows


def learned(what: Learned) -> list[Part]:
    """Learned: a checklist helps; supports L-12: people like to tick."""
    parts: list[Part] = ["Learned: ", bold(what.learning.text)]
    return [*parts, f" ({what.learning.stance} {what.about.label})"] if what.about else parts


def team_rate(rate: Rate) -> list[Part]:
    """8 of 24 measured launches moved; 6 more were never measured."""
    where: list[Part] = ["In ", channel(rate.channel_id), ": "]
    unmeasured = f"{rate.unmeasured} more {'was' if rate.unmeasured == 1 else 'were'} never measured."
    if not rate.measured:
        return [*where, f"none of {rate.unmeasured} launches was measured."]
    moved = f"{rate.moved} of {rate.measured} measured {'launch' if rate.measured == 1 else 'launches'} moved"
    return [*where, f"{moved}; {unmeasured}" if rate.unmeasured else f"{moved}."]


def holds(launch: Launch) -> bool:
    return launch.direction is not None and Direction(launch.direction).holds


def in_plain(parts: Sequence[Part]) -> str:
    return "".join(part if isinstance(part, str) else part.get("text", "") for part in parts)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
