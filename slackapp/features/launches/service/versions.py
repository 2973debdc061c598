"""What stands once a launch is out, and the versions that changes of it make."""

from collections.abc import Mapping, Sequence

from slackapp.core.transaction import Tx
from slackapp.core.words import written_day
from slackapp.features.launches.models import Launch, LaunchVersion
from slackapp.features.launches.rules import GuardrailDraft, written_guardrails
from slackapp.features.metrics.rules import Direction, show, show_change

_DIRECTIONS = {
    Direction.UP: "it should rise",
    Direction.DOWN: "it should fall",
    Direction.HOLD_UP: "it should not fall",
    Direction.HOLD_DOWN: "it should not rise",
}


def frozen(launch: Launch, guardrails: Sequence[GuardrailDraft]) -> dict[str, str]:
    """What stands, by its label, as people read it; what is not there is left out."""
    stands = {
        "day": written_day(launch.day),
        "metric": launch.metric or "",
        "direction": _DIRECTIONS[Direction(launch.direction)] if launch.direction else "",
        "checkpoints": ", ".join(f"{days} days" for days in launch.checkpoints),
        "guardrails": "; ".join(written_guardrails(guardrails).splitlines()),
    }
    if launch.baseline is not None and launch.target is not None:
        stands["from → to"] = show_change(launch.baseline, launch.target, launch.unit)
    if launch.smallest_change is not None:
        stands["smallest change"] = show(launch.smallest_change, launch.unit)
    return {label: text for label, text in stands.items() if text}


async def keep_version(
    tx: Tx, launch: Launch, by: str, before: Mapping[str, str], after: Mapping[str, str]
) -> bool:
    """A change of what stands is a new version. False if nothing of it changed."""
    changed = [label for label in {**before, **after} if before.get(label) != after.get(label)]
    if not changed:
        return False
    launch.version += 1
    tx.session.add(
        LaunchVersion(
            workspace_id=tx.workspace_id,
            launch_id=launch.id,
            number=launch.version,
            changed_by=by,
            changed_at=tx.now,
            before={label: before[label] for label in changed if label in before},
            after={label: after[label] for label in changed if label in after},
        )
    )
    await tx.session.flush()
    return True
