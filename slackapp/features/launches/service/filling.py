"""A draft, checked against who and what there is, and put into a launch."""

from collections.abc import Sequence

from slackapp.core.errors import FieldError
from slackapp.core.transaction import Tx
from slackapp.features.launches import queries
from slackapp.features.launches.blocks import drafted
from slackapp.features.launches.models import Guardrail, Launch
from slackapp.features.launches.queries import Reader
from slackapp.features.launches.rules import GuardrailDraft, LaunchDraft, metric_key
from slackapp.features.workspaces.queries import may_be_asked, person

_PLAIN_FIELDS = (
    "title",
    "problem",
    "audience",
    "outcomes",
    "because",
    "link",
    "day",
    "kind",
    "evidence",
    "estimated_weeks",
    "goal",
    "bottleneck",
    "expected_value",
    "idea_of",
    "senior_id",
    "senior_before_spec",
    "significant",
    "rework_reason",
    "unlocks",
    "felt_by",
    "metric",
    "direction",
    "unit",
    "baseline",
    "target",
    "smallest_change",
)


async def fill(tx: Tx, user_id: str, launch: Launch, draft: LaunchDraft) -> None:
    """Everything of the draft but its guardrails. Raises `FieldError` for what cannot be, at its field."""
    await _check_people(tx, launch, draft)
    launch.reworks_id = await _reworked(tx, user_id, launch, draft)
    launch.owner_id, launch.backup_id = draft.owner, draft.backup
    launch.systems, launch.checkpoints = list(draft.systems), list(draft.checkpoints)
    for name in _PLAIN_FIELDS:
        setattr(launch, name, getattr(draft, name))
    launch.metric_key = metric_key(draft.metric) if draft.metric else None


async def set_guardrails(tx: Tx, launch: Launch, wanted: Sequence[GuardrailDraft]) -> None:
    """Exactly these. One that stays as it was keeps what was read of it."""
    kept: list[GuardrailDraft] = []
    for guardrail in await queries.guardrails(tx, launch.id):
        as_typed = drafted(guardrail)
        if as_typed in wanted and as_typed not in kept:
            kept.append(as_typed)
        else:
            await tx.session.delete(guardrail)
    await add_guardrails(tx, launch, [new for new in wanted if new not in kept])


async def add_guardrails(tx: Tx, launch: Launch, wanted: Sequence[GuardrailDraft]) -> list[Guardrail]:
    """These, beside those it has."""
    added = [
        Guardrail(
            workspace_id=tx.workspace_id,
            launch_id=launch.id,
            metric=new.metric,
            direction=new.direction,
            unit=new.unit,
            baseline=new.baseline,
            smallest_change=new.smallest_change,
        )
        for new in wanted
    ]
    tx.session.add_all(added)
    await tx.session.flush()
    return added


async def _check_people(tx: Tx, launch: Launch, draft: LaunchDraft) -> None:
    """The people of a launch must be colleagues, and members where its channel is private.

    Whoever has been on it stays, even if they have left: an edit of something else must not fail on them.
    """
    wrong: dict[str, str] = {}
    for field, chosen, before, what in (
        ("owner", draft.owner, launch.owner_id, "the owner is asked what happened"),
        ("backup", draft.backup, launch.backup_id, "who is asked when the owner does not answer"),
        ("senior_id", draft.senior_id, launch.senior_id, "who knows the technical side"),
    ):
        if chosen is None or chosen == before or await may_be_asked(tx, chosen, launch.channel_id):
            continue
        if (await person(tx, chosen)).can_be_asked:
            wrong[field] = "This person is not in the private channel. Invite them there, or choose a member."
        else:
            wrong[field] = f"Please choose a colleague: {what}."
    if wrong:
        raise FieldError(wrong)


async def _reworked(tx: Tx, user_id: str, launch: Launch, draft: LaunchDraft) -> int | None:
    if draft.reworks is None:
        return None
    if launch.reworks_id is not None:
        stands = await queries.launch(tx, launch.reworks_id)
        if stands.number == draft.reworks:
            return stands.id
    if draft.reworks == launch.number:
        raise FieldError({"reworks": f"This is {launch.label} itself. Write the number of the earlier one."})
    found = await queries.find_numbered(tx, draft.reworks, Reader(user_id, launch.channel_id))
    if found is None:
        raise FieldError({"reworks": f"There is no L-{draft.reworks} to see here. /launch list shows them."})
    return found.id
