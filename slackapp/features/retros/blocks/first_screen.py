"""The first screen: what happened since the last retro, before anybody writes what they think of it."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, PlainTextObject, SectionBlock

from slackapp.core.words import clip, written_day
from slackapp.features.action_items.blocks import menu
from slackapp.features.action_items.blocks.words import came_of, due
from slackapp.features.follow_ups.queries import Answer
from slackapp.features.follow_ups.rules import FollowUpState, NoNumber
from slackapp.features.launches.models import Launch
from slackapp.features.metrics.rules import Direction, show
from slackapp.features.retros.queries.beginnings import FIRST_LOOK
from slackapp.features.retros.queries.first_screen import Action, Asked, FirstScreen, Pending, Told
from slackapp.slack.blocks import Message, Part, bold, bullets, header, paragraph, small

#: Of each kind; the rest is counted. All of it together stays below what Slack takes in one message.
MOST_ACTIONS = 8
MOST_DONE = 5
MOST_TOLD = 8
MOST_NAMED = 8
MOST_NOTES = 10
_LONGEST = 150


def first_screen(screen: FirstScreen) -> Message:
    title = f"Before you write: what happened {_since(screen)}"
    blocks = [
        *_told(screen),
        *_asked(screen.asked),
        *_looking_back(screen.launches),
        *_open_actions(screen),
        *_done_actions(screen.done_actions),
        *_notes(screen),
    ]
    if not blocks:
        nothing = "Nothing was measured here since then, nothing is left to do, and no note waited."
        blocks = [paragraph(f"{nothing} So it begins with what you write.")]
    return Message(title, [header(title), *blocks])


def _since(screen: FirstScreen) -> str:
    last = screen.last
    if last is None or last.ended_at is None:
        return f"in the last {FIRST_LOOK.days} days"
    return f"since {last.label} was closed on {written_day(last.ended_at.date())}"


def _told(screen: FirstScreen) -> list[Block]:
    rows = [_expected_and_happened(each) for each in screen.told[:MOST_TOLD]]
    return _listed("What we expected, and what happened", rows, len(screen.told), "/launch list")


def _expected_and_happened(told: Told) -> list[Part]:
    """New onboarding (L-42): we hoped for Activation 40 % → 50 %. After 30 days it was 44 %: moved."""
    launch = told.launch
    return [
        bold(clip(launch.title, 80)),
        f" ({launch.label}): {_expected(launch)} ",
        *_happened(launch, told.answer),
    ]


def _expected(launch: Launch) -> str:
    metric = clip(launch.metric or "", 40)
    was = "" if launch.baseline is None else show(launch.baseline, launch.unit)
    if launch.direction is not None and Direction(launch.direction).holds:
        course = "fall" if launch.direction == Direction.HOLD_UP else "rise"
        return f"we hoped that {metric} would not {course}{f' from {was}' if was else ''}."
    if launch.target is None:
        return f"{metric} was {was}." if was else f"nobody said where {metric} was to go."
    hoped = show(launch.target, launch.unit)
    return f"we hoped for {metric} {was} → {hoped}." if was else f"we hoped for {metric} at {hoped}."


def _happened(launch: Launch, answer: Answer) -> list[Part]:
    loss = ", with guardrail loss" if launch.guardrail_loss else ""
    if answer.reading is not None:
        verdict = f"{launch.standing or 'unmeasured'}{loss}"
        return [f"After {answer.days_after(launch)} it was ", bold(answer.shown), ": ", bold(verdict), "."]
    if answer.follow_up.state == FollowUpState.NO_NUMBER:
        why = NoNumber(answer.follow_up.no_number or NoNumber.DATA_MISSING).label
        return [bold("It was not measured"), f": {why[0].lower()}{why[1:]}."]
    return [bold("It was not measured.")]


def _asked(asked: Sequence[Asked]) -> list[Block]:
    rows: list[list[Part]] = [
        [
            f"What happened to {clip(each.launch.metric or '', 40)} after ",
            bold(clip(each.launch.title, 80)),
            f" ({each.launch.label})? ",
            "Nobody could say." if each.is_given_up else "Asked, and not answered yet.",
        ]
        for each in asked[:MOST_NAMED]
    ]
    return _listed("Questions without an answer", rows, len(asked), "/launch list due")


def _looking_back(launches: Sequence[Pending]) -> list[Block]:
    rows = [_so_far(each) for each in launches[:MOST_NAMED]]
    return _listed("Still to be measured", rows, len(launches), "/launch list")


def _so_far(pending: Pending) -> list[Part]:
    """New onboarding (L-42): we hoped for Activation 40 % → 50 %. So far 44 %, after 8 days."""
    launch, answer = pending.launch, pending.so_far
    row: list[Part] = [
        bold(clip(launch.title, 80)),
        f" ({launch.label}), out since {written_day(launch.day)}",
    ]
    if launch.metric is None:
        return [*row, ": nobody has said yet by what it is judged."]
    row.append(f": {_expected(launch)}")
    if answer is not None:
        row += [" So far ", bold(answer.shown), f", after {answer.days_after(launch)}."]
    return row


def _open_actions(screen: FirstScreen) -> list[Block]:
    found = screen.open_actions
    if not found:
        return []
    rows = [_action(each, due(each.item, screen.today)) for each in found[:MOST_ACTIONS]]
    more = len(found) - len(rows)
    return [
        paragraph(bold("Still to do: is it done?")),
        *rows,
        *([small(f"And {more} more: /retro actions")] if more else []),
    ]


def _done_actions(found: Sequence[Action]) -> list[Block]:
    if not found:
        return []
    rows = [_action(each, came_of(each.item)) for each in found[:MOST_DONE]]
    more = len(found) - len(rows)
    return [
        paragraph(bold("Done since then: did it help?")),
        *rows,
        *([small(f"And {more} more: /retro actions")] if more else []),
    ]


def _action(action: Action, stands: str) -> SectionBlock:
    """Its words, and a menu of what can be done with it. In plain text: a mention would call its owner."""
    item = action.item
    lines = [f"{item.label} {clip(item.text, _LONGEST)}", f"{clip(action.owner, 40)} · {stands}"]
    text = PlainTextObject(text="\n".join(lines), emoji=False)
    return SectionBlock(text=text, accessory=menu(item))


def _notes(screen: FirstScreen) -> list[Block]:
    rows: list[list[Part]] = [[clip(" ".join(text.split()), _LONGEST)] for text in screen.notes[:MOST_NOTES]]
    return _listed("Noted before, for this retro", rows, len(screen.notes), "")


def _listed(title: str, rows: Sequence[Sequence[Part]], number: int, where: str) -> list[Block]:
    if not rows:
        return []
    more = number - len(rows)
    rest = f"And {more} more{f': {where}' if where else ''}"
    return [paragraph(bold(title)), bullets(rows), *([small(rest)] if more else [])]
