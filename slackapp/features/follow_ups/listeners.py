"""What people answer in Slack: the buttons of the question, and its modals."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, Field, create_model

from slackapp.core.forms import clear, read_form
from slackapp.core.transaction import Tx
from slackapp.core.words import number, plain, tidy
from slackapp.features.follow_ups import blocks, queries, service
from slackapp.features.follow_ups.rules import AS_COMPUTED, Beside, Given, NoNumber, guardrail_of
from slackapp.features.launches.queries import launch
from slackapp.features.launches.rules import Decision
from slackapp.features.learnings.rules import LONGEST, NEITHER, read_link
from slackapp.features.metrics.rules import Quantity, Verdict, parse_quantity
from slackapp.features.workspaces.queries import today
from slackapp.slack.replies import CloseModal, Nothing, OpenModal, Reply
from slackapp.slack.routes import Click, OnAction, OnSubmit, Routes, Submission, Value

Number = Annotated[Quantity, BeforeValidator(clear(parse_quantity))]
Line = Annotated[str, BeforeValidator(lambda typed: plain(typed) if isinstance(typed, str) else typed)]
Lines = Annotated[str, BeforeValidator(lambda typed: tidy(typed) if isinstance(typed, str) else typed)]


class Added(BaseModel, arbitrary_types_allowed=True):
    """The inputs beside the number; the field names are their block ids. Guardrails have one each."""

    else_changed: Lines = Field("", max_length=1000)
    users_said: Lines = Field("", max_length=1000)
    learning: Line = Field("", max_length=LONGEST)
    stance: str = NEITHER
    about: str = NEITHER


class Recorded(Added):
    """The same with the number."""

    value: Number
    observed_on: date


class Unmeasurable(BaseModel):
    reason: NoNumber


class Overridden(BaseModel):
    verdict: Verdict | Literal["computed"]
    reason: Lines = Field("", max_length=500)


F = TypeVar("F", bound=Added)


def read_answer(kind: type[F], values: Mapping[str, Value]) -> tuple[F, Beside]:
    """The form, and what it says beside the number. Raises `FieldError` for all that cannot be read."""
    watched = {name: found for name in values if (found := guardrail_of(name)) is not None}
    inputs: dict[str, Any] = dict.fromkeys(watched, (Number | None, None))
    form = read_form(create_model(kind.__name__, __base__=kind, **inputs), values)
    beside = Beside(
        else_changed=form.else_changed,
        users_said=form.users_said,
        guardrails={guardrail_id: getattr(form, name) for name, guardrail_id in watched.items()},
        learning=form.learning if "learning" in values else None,
        link=read_link(form.learning, form.stance, form.about),
        asked_for_link="about" in values,
    )
    return form, beside


def read_place(metadata: str) -> tuple[int, str]:
    """Which follow-up a modal is about, and the channel it was opened in."""
    follow_up_id, _, here = metadata.partition(":")
    return number(follow_up_id), here


async def open_record(tx: Tx, click: Click) -> Reply:
    here, day = click.channel or "", await today(tx, click.user)
    follow_up = await service.open_question(tx, click.user, number(click.value), here=here)
    offer = await queries.offer(tx, follow_up, click.user, today=day, here=here)
    return OpenModal(blocks.record_modal(offer, day, here=here))


async def record(tx: Tx, submission: Submission) -> Reply:
    form, beside = read_answer(Recorded, submission.values)
    follow_up_id, here = read_place(submission.metadata)
    given = Given(form.value, form.observed_on, beside=beside)
    await service.record(tx, submission.user, follow_up_id, given, here=here)
    return CloseModal()


async def open_no_number(tx: Tx, click: Click) -> Reply:
    here = click.channel or ""
    follow_up = await service.open_question(tx, click.user, number(click.value), here=here)
    return OpenModal(blocks.no_number_modal(await launch(tx, follow_up.launch_id), follow_up, here=here))


async def record_no_number(tx: Tx, submission: Submission) -> Reply:
    form = read_form(Unmeasurable, submission.values)
    follow_up_id, here = read_place(submission.metadata)
    await service.record_no_number(tx, submission.user, follow_up_id, form.reason, here=here)
    return CloseModal()


async def nobody_knows(tx: Tx, click: Click) -> Reply:
    reason, here = NoNumber.NOBODY_KNOWS, click.channel
    await service.record_no_number(tx, click.user, number(click.value), reason, here=here)
    return Nothing()


async def open_add(tx: Tx, click: Click) -> Reply:
    follow_up = await service.open_answer(tx, click.user, number(click.value))
    day = await today(tx, click.user)
    return OpenModal(blocks.add_modal(await queries.offer(tx, follow_up, click.user, today=day)))


async def add(tx: Tx, submission: Submission) -> Reply:
    _, beside = read_answer(Added, submission.values)
    await service.add(tx, submission.user, number(submission.metadata), beside)
    return CloseModal()


async def undo(tx: Tx, click: Click) -> Reply:
    await service.undo(tx, click.user, number(click.value))
    return Nothing()


async def decide(tx: Tx, click: Click) -> Reply:
    decision = Decision(click.action_id.rpartition(".")[2])
    await service.decide(tx, click.user, number(click.value), decision)
    return Nothing()


async def change_next(tx: Tx, click: Click) -> Reply:
    answer = click.action_id.endswith(".yes")
    await service.change_next(tx, click.user, number(click.value), answer=answer)
    return Nothing()


async def open_override(tx: Tx, click: Click) -> Reply:
    about, follow_up = await service.open_verdict(tx, click.user, number(click.value))
    return OpenModal(blocks.override_modal(about, await queries.answer_of(tx, follow_up)))


async def override(tx: Tx, submission: Submission) -> Reply:
    form = read_form(Overridden, submission.values)
    verdict = None if form.verdict == AS_COMPUTED else Verdict(form.verdict)
    await service.override(tx, submission.user, number(submission.metadata), verdict, form.reason)
    return CloseModal()


async def follow_link(tx: Tx, click: Click) -> Reply:
    """The browser opens the link; Slack only wants to hear that we know."""
    del tx, click
    return Nothing()


ROUTES: Routes = (
    OnAction(blocks.RECORD, open_record),
    OnSubmit(blocks.RECORD, record),
    OnAction(blocks.NO_NUMBER, open_no_number),
    OnSubmit(blocks.NO_NUMBER, record_no_number),
    OnAction(blocks.NOBODY, nobody_knows),
    OnAction(blocks.ADD, open_add),
    OnSubmit(blocks.ADD, add),
    OnAction(blocks.UNDO, undo),
    *(OnAction(f"{blocks.DECIDE}.{decision}", decide) for decision in Decision),
    OnAction(f"{blocks.CHANGES_NEXT}.yes", change_next),
    OnAction(f"{blocks.CHANGES_NEXT}.no", change_next),
    OnAction(blocks.OVERRIDE, open_override),
    OnSubmit(blocks.OVERRIDE, override),
    OnAction(blocks.DASHBOARD, follow_link),
)
