"""What the person who typed `/launch` sees: one launch, a list of them, the help."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from slackapp.core.words import clip, written_day
from slackapp.features.launches.blocks.card import CardView, card, change_of
from slackapp.features.launches.models import Launch
from slackapp.features.launches.queries import PAGE, Page
from slackapp.features.launches.rules import Decision, FeltBy, Kind, LaunchState
from slackapp.slack.blocks import (
    CardPart,
    Part,
    actions,
    bold,
    bullets,
    button,
    italic,
    markdown,
    paragraph,
    small,
)
from slackapp.slack.replies import Whisper
from slackapp.slack.text import quoted

CANCEL = "launches.cancel"
TURN = "launches.page"
TITLE = "launches.title"

#: In one message of Slack's.
MOST_BLOCKS = 50


def shown(view: CardView, parts: Sequence[CardPart], below: Sequence[Block] = ()) -> Whisper:
    """The card, and what higher features offer this reader below it, as far as Slack has room for it."""
    message = card(view, parts)
    return Whisper(message.text, [*message.blocks, *below][:MOST_BLOCKS])


def confirm_cancel(launch: Launch) -> Whisper:
    text = f"Cancel {launch.label} {quoted(launch.title)}?"
    return Whisper(
        text,
        [
            paragraph("Cancel ", bold(f"{launch.label} {launch.title}"), "?"),
            small("Its card stays, marked as cancelled. Nothing is asked about it any more."),
            actions(button(CANCEL, "Cancel this launch", str(launch.id), style="danger")),
        ],
    )


def cancelled(launch: Launch) -> Whisper:
    rest = " is cancelled. Nothing is asked about it any more."
    return Whisper(
        f"{launch.label} {quoted(launch.title)}{rest}",
        [paragraph(bold(f"{launch.label} {launch.title}"), rest)],
    )


_TITLES = {
    "here": "Launches of this channel",
    "mine": "Your launches",
    "open": "Launches of this channel without an outcome yet",
    "due": "Launches waiting for an answer",
}
_NONE = {
    "here": "Nothing is recorded in this channel yet. `/launch New onboarding` records the first launch.",
    "mine": "You have no launches yet. In a team's channel, `/launch New onboarding` records one.",
    "open": "No launch of this channel is without its outcome.",
    "due": "No launch is waiting for an answer.",
}


def listing(page: Page, only: str) -> Whisper:
    if not page.launches and not page.offset:
        return Whisper(_NONE[only], [markdown(_NONE[only])])
    blocks: list[Block] = [paragraph(bold(_TITLES[only]))]
    comfort = [launch for launch in page.launches if _is_comfort(launch)]
    if others := [launch for launch in page.launches if not _is_comfort(launch)]:
        blocks.append(bullets([_row(launch) for launch in others]))
    if comfort:
        blocks.append(paragraph(bold(FeltBy.ENGINEERING.said)))
        blocks.append(bullets([_row(launch) for launch in comfort]))
    turn = []
    if page.offset:
        turn.append(button(f"{TURN}.newer", "Newer", f"{only}:{max(page.offset - PAGE, 0)}"))
    if page.has_more:
        turn.append(button(f"{TURN}.older", "Older", f"{only}:{page.offset + PAGE}"))
    if turn:
        blocks.append(actions(*turn))
    blocks.append(small(f"/launch show {page.launches[0].label} shows all about one."))
    return Whisper(_TITLES[only], blocks)


def _is_comfort(launch: Launch) -> bool:
    return launch.kind == Kind.TECHNICAL and launch.felt_by == FeltBy.ENGINEERING


def _row(launch: Launch) -> list[Part]:
    day = written_day(launch.day)
    when = day if launch.frozen_at is not None else f"planned for {day}"
    row: list[Part] = [bold(launch.label), " ", clip(launch.title, 80), f" · {when}"]
    if launch.metric:
        row.append(f" · {clip(launch.metric, 40)}")
    if change := change_of(launch):
        row.append(f" {change}")
    return [*row, " · ", italic(status(launch))]


def status(launch: Launch) -> str:
    """Where the launch stands, in a few words."""
    if launch.state == LaunchState.DROPPED:
        return "cancelled"
    if launch.state == LaunchState.PLANNED:
        return "not out yet"
    if launch.verdict is None:
        return "no outcome yet"
    said = f"{launch.override} (computed: {launch.verdict})" if launch.override else launch.verdict
    if launch.guardrail_loss:
        said += ", with guardrail loss"
    return f"{said}, {Decision(launch.decision).label.lower()}" if launch.decision else said


def help_text(title: str = "") -> Whisper:
    """What `/launch` does. `title` is what was typed, if it may have been meant as one."""
    blocks: list[Block] = [
        markdown(
            "*`/launch` keeps a record of what shipped, and asks later what happened.*\n"
            "`/launch New onboarding` records a launch, or plans one for a day to come\n"
            "`/launch list` shows this channel's launches; `/launch list mine`, `open` or `due` narrows it\n"
            "`/launch show L-42` shows one\n"
            "`/launch cancel L-42` stops all questions about one\n"
            "`/launch learnings onboarding` finds what was learned; without a word it shows the latest\n"
            "`/launch settings` says when and where you are asked\n"
            "`/launch help` shows this\n"
            "The questions come as direct messages; replying with the number answers them. From a message, "
            "*Record as launch* in its menu brings the outcome back to that thread.",
        ),
    ]
    if title:
        blocks += [
            paragraph("If ", bold(clip(title, 150)), " is something that shipped:"),
            actions(button(TITLE, "Record it", clip(title, 2000))),
        ]
    return Whisper("What /launch does", blocks)
