"""What a launch's card says of its discovery, and which leg it lacks."""

from slackapp.features.discovery.blocks.considerations import on_card
from slackapp.features.discovery.queries import Known
from slackapp.slack.blocks import CardPart, Part


def card_part(known: Known, missing: str | None) -> CardPart | None:
    """None where there is nothing to say."""
    lines: list[list[Part]] = []
    if known.consideration is not None:
        lines.append(on_card(known.consideration))
    if known.activities:
        logged = "1 activity" if known.activities == 1 else f"{known.activities} activities"
        before = f", {known.before_spec} before the spec" if known.before_spec else ""
        lines.append([f"Discovery: {logged}{before}"])
    if missing:
        lines.append([missing])
    return CardPart(lines) if lines else None
