"""How follow-ups look: the question, its modals, the outcome in the channel."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import Block, ButtonElement, DatePickerElement, PlainTextObject
from slack_sdk.models.views import View

from slackapp.core.words import clip, counted, written_day
from slackapp.features.follow_ups.models import FollowUp
from slackapp.features.follow_ups.rules import FollowUpState, NoNumber
from slackapp.features.launches.models import Launch
from slackapp.features.launches.queries import Rate
from slackapp.features.launches.rules import Decision
from slackapp.features.metrics.models import Reading
from slackapp.features.metrics.rules import Direction, Verdict, show
from slackapp.slack.blocks import (
    VALUE,
    Field,
    Message,
    Part,
    actions,
    bold,
    button,
    channel,
    choice,
    element,
    entry,
    paragraph,
    small,
    user,
)
from slackapp.slack.text import escape, quoted

RECORD = "follow_ups.record"
NO_NUMBER = "follow_ups.no_number"
NOBODY = "follow_ups.nobody_knows"
UNDO = "follow_ups.undo"
DECIDE = "follow_ups.decide"
DASHBOARD = "follow_ups.dashboard"


@dataclass(frozen=True)
class Answer:
    """A follow-up with the reading that answers it, if one does."""

    follow_up: FollowUp
    reading: Reading | None

    @property
    def shown(self) -> str:
        return show(self.reading.value, self.reading.unit) if self.reading else ""

    def days_after(self, launch: Launch) -> str:
        return counted((self.reading.observed_on - launch.day).days if self.reading else 0, "day")


def question(launch: Launch, answer: Answer, rate: Rate | None) -> Message:
    """The question as it should look now: open, answered, or no longer asked."""
    state = answer.follow_up.state
    if state == FollowUpState.OPEN:
        return _open(launch, answer.follow_up)
    if state in {FollowUpState.ANSWERED, FollowUpState.NO_NUMBER}:
        return _answered(launch, answer, rate)
    if state == FollowUpState.EXPIRED:
        return _expired(launch, answer.follow_up)
    if state == FollowUpState.DROPPED:
        text = f"{launch.label} {launch.title} was cancelled. There is nothing to do."
    else:
        text = f"A later check of {launch.label} {launch.title} took the place of this one."
    return Message(escape(text), [paragraph(text)])


def _open(launch: Launch, follow_up: FollowUp) -> Message:
    metric = launch.metric or ""
    buttons = [button(RECORD, "Record", str(follow_up.id), style="primary")]
    if launch.link:
        buttons.append(button(DASHBOARD, "Open the dashboard", url=launch.link))
    buttons.append(button(NO_NUMBER, "No number", str(follow_up.id)))
    return Message(
        text=f"What happened to {quoted(metric)} after {quoted(launch.title)} shipped?",
        blocks=[
            paragraph("What happened to ", bold(metric), " after ", bold(launch.title), " shipped?"),
            small(" · ".join(_background(launch, follow_up))),
            actions(*buttons),
            small("Or just reply with the number, like “44 %, but Black Friday”."),
        ],
    )


def _expired(launch: Launch, follow_up: FollowUp) -> Message:
    text = f"Nobody could say what happened to {launch.metric} after {launch.title} shipped."
    return Message(
        escape(text),
        [
            paragraph(text),
            small("It counts as unmeasured. If the number turns up, record it; nobody is asked again."),
            actions(button(RECORD, "Record", str(follow_up.id))),
        ],
    )


def does_anyone_know(asks: Sequence[tuple[Launch, Answer]]) -> Message:
    """What a channel is asked once a week, without names: all that the people asked did not answer."""
    blocks: list[Block] = []
    for launch, answer in asks:
        follow_up = answer.follow_up
        if follow_up.state in {FollowUpState.ANSWERED, FollowUpState.NO_NUMBER}:
            blocks.append(paragraph(*_result(launch, answer)))
            continue
        ask: list[Part] = ["Does anyone know what happened to ", bold(launch.metric or ""), " after "]
        blocks.append(paragraph(*ask, bold(launch.title), "?"))
        if follow_up.state == FollowUpState.OPEN:
            know = button(RECORD, "I know", str(follow_up.id), style="primary")
            blocks.append(actions(know, button(NOBODY, "Nobody does", str(follow_up.id))))
        else:
            blocks.append(small("Nobody is asked about it any more."))
    open_now = [launch for launch, answer in asks if answer.follow_up.state == FollowUpState.OPEN]
    if not open_now:
        return Message(text="Nothing is asked here any more.", blocks=blocks)
    more = f" (and {len(open_now) - 1} more)" if len(open_now) > 1 else ""
    about = f"{quoted(open_now[0].metric or '')} after {quoted(open_now[0].title)}"
    return Message(text=f"Does anyone know what happened to {about}?{more}", blocks=blocks)


def _background(launch: Launch, follow_up: FollowUp) -> list[str]:
    facts = [f"{launch.label}, out since {written_day(launch.day)}"]
    if launch.baseline is not None:
        facts.append(f"it was {show(launch.baseline, launch.unit)}")
    if launch.target is not None and not _holds(launch):
        facts.append(f"you hoped for {show(launch.target, launch.unit)}")
    if _holds(launch):
        facts.append(f"it should not {'fall' if launch.direction == Direction.HOLD_UP else 'rise'}")
    facts.append(f"{'the final check' if follow_up.final else 'a first look'}, after {follow_up.days} days")
    return facts


def _answered(launch: Launch, answer: Answer, rate: Rate | None) -> Message:
    follow_up = answer.follow_up
    blocks: list[Block] = [paragraph(*_result(launch, answer))]
    if answer.reading and answer.reading.note:
        blocks.append(small(f"Noted: {clip(answer.reading.note, 1000)}"))
    if follow_up.final:
        blocks.append(paragraph(*_verdict(launch)))
        if rate is not None and rate.measured + rate.unmeasured > 1:
            blocks.append(paragraph(*_rate(rate)))
        if launch.decision is None:
            blocks.append(paragraph("What do you do about it?"))
        else:
            decided = bold(Decision(launch.decision).label)
            blocks.append(paragraph("Decision: ", decided, ". Another button changes it."))
        blocks.append(actions(*_decisions(launch, follow_up)))
    if launch.decision is None:
        blocks.append(actions(button(UNDO, "Undo", str(follow_up.id))))
    recorded = f"Recorded: {quoted(launch.metric or '')} {escape(answer.shown)}".rstrip()
    return Message(text=f"{recorded} after {quoted(launch.title)}", blocks=blocks)


def _rate(rate: Rate) -> list[Part]:
    """8 of 24 measured launches moved; 6 more were never measured."""
    where: list[Part] = ["In ", channel(rate.channel_id), ": "]
    unmeasured = f"{rate.unmeasured} more {'was' if rate.unmeasured == 1 else 'were'} never measured."
    if not rate.measured:
        return [*where, f"none of {rate.unmeasured} launches was measured."]
    moved = f"{rate.moved} of {rate.measured} measured {'launch' if rate.measured == 1 else 'launches'} moved"
    return [*where, f"{moved}; {unmeasured}" if rate.unmeasured else f"{moved}."]


def _decisions(launch: Launch, follow_up: FollowUp) -> list[ButtonElement]:
    return [
        button(
            f"{DECIDE}.{decision}",
            decision.label,
            str(follow_up.id),
            style="primary" if decision == launch.decision else None,
        )
        for decision in Decision
    ]


def outcome(launch: Launch, answer: Answer) -> Message:
    """What the channel is told when the final question is answered."""
    follow_up = answer.follow_up
    blocks: list[Block] = [paragraph(*_result(launch, answer)), paragraph(*_verdict(launch))]
    if launch.decision:
        blocks.append(paragraph("Decision: ", bold(Decision(launch.decision).label)))
    told = [f"{launch.label}"]
    if answer.reading:
        told.append(f"read on {written_day(answer.reading.observed_on)}")
        if answer.reading.note:
            told.append(f"noted: {clip(answer.reading.note, 500)}")
    blocks.append(small(" · ".join(told)))
    assert follow_up.answered_by is not None
    blocks.append(paragraph("Recorded by ", user(follow_up.answered_by)))
    return Message(text=escape("".join(_text(part) for part in _result(launch, answer))), blocks=blocks)


def _result(launch: Launch, answer: Answer) -> list[Part]:
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
    if launch.target is not None and not _holds(launch):
        parts.append(f"; we hoped for {show(launch.target, launch.unit)}")
    return [*parts, "."]


def _verdict(launch: Launch) -> list[Part]:
    verdict = Verdict(launch.verdict or Verdict.UNMEASURED)
    least = "" if launch.smallest_change is None else show(launch.smallest_change, launch.unit)
    meaning = {
        Verdict.HIT: "it stayed where it should" if _holds(launch) else "it got where we hoped",
        Verdict.MOVED: f"by {least} or more, and short of what we hoped for",
        Verdict.FLAT: f"by less than {least} either way",
        Verdict.REGRESSED: f"the wrong way, by {least} or more",
        Verdict.UNMEASURED: "there is nothing to compare",
    }[verdict]
    return ["Verdict: ", bold(verdict.value), f", {meaning}."]


def taken_back(launch: Launch) -> Message:
    """What the channel reads in place of an outcome that was taken back."""
    text = f"The outcome of {launch.label} {launch.title} was taken back. The right one will stand here."
    return Message(escape(text), [paragraph(text)])


def undone(launch: Launch, shown: str) -> Message:
    """What stands in place of the echo of a reply that was taken back."""
    text = (
        f"Taken back: {shown} for {launch.label} {launch.title}. Reply again once you have the right number."
    )
    return Message(escape(text), [paragraph(text)])


def unclear(launch: Launch, sentence: str) -> Message:
    """A reply that could not be taken as the answer: why, and what to do."""
    about = f"This was about {launch.label} {launch.title}. Nothing is recorded yet."
    return Message(escape(f"{sentence} {about}"), [paragraph(sentence), small(about)])


def card_lines(launch: Launch, answers: Sequence[Answer]) -> list[list[Part]]:
    lines: list[list[Part]] = []
    for answer in answers:
        follow_up = answer.follow_up
        if follow_up.final and launch.verdict is not None:
            lines.append(["Outcome: ", *_result(launch, answer)])
            lines.append(_verdict(launch))
        elif answer.reading:
            lines.append(["So far: ", bold(answer.shown), f" after {answer.days_after(launch)}"])
    days = [written_day(a.follow_up.due_on) for a in answers if a.follow_up.state == FollowUpState.OPEN]
    if days:
        lines.append([f"Asked about on {' and '.join(days)}"])
    return lines


def record_modal(launch: Launch, follow_up: FollowUp, today: date) -> View:
    metric = clip(launch.metric or "", 60)
    background = _background(launch, follow_up)
    return View(
        type="modal",
        callback_id=RECORD,
        private_metadata=str(follow_up.id),
        title=PlainTextObject(text="What happened?"),
        submit=PlainTextObject(text="Record"),
        close=PlainTextObject(text="Cancel"),
        blocks=[
            paragraph("What happened to ", bold(metric), " after ", bold(launch.title), " shipped?"),
            small(" · ".join(background)),
            entry(
                Field("value", f"{metric} is now"),
                placeholder=show(launch.target, launch.unit) if launch.target is not None else "44 %",
                focus=True,
            ),
            element(
                Field("observed_on", "Read on", hint="The day the number is from."),
                DatePickerElement(action_id=VALUE, initial_date=today.isoformat()),
            ),
            entry(
                Field("note", "Anything to know about it?", optional=True),
                placeholder="Black Friday was in between",
                multiline=True,
                max_length=3000,
            ),
        ],
    )


def no_number_modal(launch: Launch, follow_up: FollowUp) -> View:
    return View(
        type="modal",
        callback_id=NO_NUMBER,
        private_metadata=str(follow_up.id),
        title=PlainTextObject(text="No number"),
        submit=PlainTextObject(text="Record"),
        close=PlainTextObject(text="Cancel"),
        blocks=[
            paragraph(
                "There is no number for ", bold(launch.metric or ""), " after ", bold(launch.title), "."
            ),
            choice(Field("reason", "Why?"), [(r, r.label) for r in NoNumber if r != NoNumber.NOBODY_KNOWS]),
        ],
    )


def _holds(launch: Launch) -> bool:
    return launch.direction is not None and Direction(launch.direction).holds


def _text(part: Part) -> str:
    return part if isinstance(part, str) else str(part.to_dict().get("text", ""))
