"""What happened after a launch, in one line."""

from slackapp.core.words import clip, counted
from slackapp.features.retros.rules.record import LookedBackOn
from slackapp.slack.blocks import Part, bold


def outcome(launch: LookedBackOn) -> list[Part]:
    """Activation 40 % → 44 %, 30 days later; hoped for 50 %. Verdict: moved."""
    if not launch.metric:
        return ["No metric was named."]
    metric = clip(launch.metric, 40)
    if launch.unanswered:
        return [f"{metric} was not measured. {launch.unanswered}."]
    if not launch.after:
        return [f"{metric} is still to be measured."]
    was = f"{launch.before} → " if launch.before else ""
    hoped = f"; hoped for {launch.hoped}" if launch.hoped else ""
    loss = ", with guardrail loss" if launch.guardrail_loss else ""
    return [
        bold(f"{metric} {was}{launch.after}"),
        f", {counted(launch.days, 'day')} later{hoped}. Verdict: ",
        bold(launch.verdict or "unmeasured"),
        f"{loss}.",
    ]
