"""The modals about an answer: the number and what to say beside it, no number, another verdict."""

from datetime import date

from slack_sdk.models.blocks import Block, DatePickerElement
from slack_sdk.models.views import View

from slackapp.core.words import clip
from slackapp.features.follow_ups.blocks.question import ADD, NO_NUMBER, OVERRIDE, RECORD
from slackapp.features.follow_ups.blocks.words import background, bound, others
from slackapp.features.follow_ups.models import FollowUp
from slackapp.features.follow_ups.queries import Answer, Offer
from slackapp.features.follow_ups.rules import AS_COMPUTED, NoNumber, guardrail_block
from slackapp.features.launches.models import Launch
from slackapp.features.learnings.rules import NEITHER, Stance
from slackapp.features.metrics.rules import Verdict, show
from slackapp.slack.blocks import (
    MOST_TYPED,
    VALUE,
    Field,
    bold,
    choice,
    element,
    entry,
    form,
    paragraph,
    small,
)


def record_modal(offer: Offer, today: date, *, here: str = "") -> View:
    """The form of an answer: the number alone is required. `here` is the channel it was opened in."""
    launch, follow_up = offer.launch, offer.answer.follow_up
    metric = clip(launch.metric or "", 60)
    return form(
        "What happened?",
        callback_id=RECORD,
        submit="Record",
        metadata=f"{follow_up.id}:{here}",
        blocks=[
            paragraph("What happened to ", bold(metric), " after ", bold(launch.title), " shipped?"),
            small(" · ".join(background(launch, follow_up))),
            entry(
                Field("value", f"{metric} is now"),
                placeholder=show(launch.target, launch.unit) if launch.target is not None else "44 %",
                focus=True,
            ),
            element(
                Field("observed_on", "Read on", hint="The day the number is from."),
                DatePickerElement(action_id=VALUE, initial_date=today.isoformat()),
            ),
            *_beside(offer),
        ],
    )


def add_modal(offer: Offer) -> View:
    """What can be said beside an answer, later."""
    launch, answer = offer.launch, offer.answer
    said: list[Block] = [
        paragraph(bold(f"{launch.label} {launch.title}"), f": {answer.shown or 'no number'}")
    ]
    return form(
        "Add more",
        callback_id=ADD,
        submit="Save",
        metadata=str(answer.follow_up.id),
        blocks=[*said, *_beside(offer)],
    )


def _beside(offer: Offer) -> list[Block]:
    follow_up = offer.answer.follow_up
    blocks: list[Block] = []
    if offer.others:
        blocks.append(small(f"{others(offer.others, 80)}."))
    blocks += [
        entry(
            Field("else_changed", "What else changed?", optional=True),
            initial=follow_up.else_changed,
            placeholder="Black Friday was in between",
            multiline=True,
            max_length=MOST_TYPED,
        ),
        entry(
            Field("users_said", "What did users say? Any incidents?", optional=True),
            initial=follow_up.users_said,
            placeholder="Two teams asked where the old page went",
            multiline=True,
            max_length=MOST_TYPED,
        ),
    ]
    if follow_up.final:
        blocks += [*_guardrails(offer), *_learning(offer)]
    return blocks


def _guardrails(offer: Offer) -> list[Block]:
    return [
        entry(
            Field(
                guardrail_block(each.guardrail.id),
                f"{each.guardrail.metric} is now",
                hint=bound(each.guardrail),
                optional=True,
            ),
            initial=show(each.reading.value, each.reading.unit) if each.reading else None,
            placeholder=show(each.guardrail.baseline, each.guardrail.unit),
        )
        for each in offer.watched
    ]


def _learning(offer: Offer) -> list[Block]:
    learning = offer.learning
    blocks: list[Block] = [
        entry(
            Field("learning", "What did this teach us?", hint="One sentence others can use.", optional=True),
            initial=learning.text if learning else None,
            placeholder="A checklist helps teams that start alone",
            max_length=MOST_TYPED,
        )
    ]
    if offer.earlier is None:
        return blocks
    stances = [(NEITHER, "It is about no earlier one"), *((s.value, f"It {s.value}") for s in Stance)]
    earlier = [(NEITHER, "None"), *((str(found.learning.id), found.label) for found in offer.earlier)]
    linked = learning is not None and learning.about_id is not None and learning.stance is not None
    return [
        *blocks,
        choice(
            Field("stance", "Does it support or contradict an earlier one?", optional=True),
            stances,
            initial=learning.stance if linked and learning else NEITHER,
        ),
        choice(
            Field("about", "Which one?", optional=True),
            earlier,
            initial=str(learning.about_id) if linked and learning else NEITHER,
        ),
    ]


def no_number_modal(launch: Launch, follow_up: FollowUp, *, here: str = "") -> View:
    reasons = [(r.value, r.label) for r in NoNumber if r != NoNumber.NOBODY_KNOWS]
    return form(
        "No number",
        callback_id=NO_NUMBER,
        submit="Record",
        metadata=f"{follow_up.id}:{here}",
        blocks=[
            paragraph(
                "There is no number for ", bold(launch.metric or ""), " after ", bold(launch.title), "."
            ),
            choice(Field("reason", "Why?"), reasons),
        ],
    )


def override_modal(launch: Launch, answer: Answer) -> View:
    """The owner says otherwise than what was computed."""
    computed = Verdict(launch.verdict or Verdict.UNMEASURED)
    verdicts = [(AS_COMPUTED, f"As computed: {computed}")]
    verdicts += [(each.value, each.value.capitalize()) for each in Verdict]
    return form(
        "Override the verdict",
        callback_id=OVERRIDE,
        submit="Save",
        metadata=str(answer.follow_up.id),
        blocks=[
            paragraph("Computed: ", bold(computed.value), f", for {launch.label} {launch.title}."),
            small("Both verdicts are kept and shown, with your name and the reason."),
            choice(Field("verdict", "What would you say?"), verdicts, initial=launch.override or AS_COMPUTED),
            entry(
                Field("reason", "Why?", hint="Needed for any verdict but the computed one.", optional=True),
                initial=launch.override_reason,
                placeholder="The control group was broken",
                multiline=True,
                max_length=MOST_TYPED,
            ),
        ],
    )
