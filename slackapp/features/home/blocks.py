"""How App Home looks, and the modal with the whole of one of its lists."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from slack_sdk.models.blocks import Block, DividerBlock, PlainTextObject, SectionBlock
from slack_sdk.models.views import View

from slackapp.core.words import clip, written_day
from slackapp.features.follow_ups.blocks import deciding, in_plain, outcome_in_short, team_rate
from slackapp.features.home.queries import Overview, Page, Row
from slackapp.features.home.rules import PAGE, Listed
from slackapp.features.launches.blocks import DETAILS, NEW, change_of
from slackapp.features.launches.models import Launch
from slackapp.features.launches.queries import Rate
from slackapp.features.launches.rules import Decision, LaunchState
from slackapp.features.prompts.blocks import Asking, asking
from slackapp.features.prompts.models import Prompt
from slackapp.features.workspaces.blocks import when_asked
from slackapp.slack.blocks import Message, actions, bullets, button, header, markdown, paragraph, small

ALL = "home.all"
TURN = "home.page"
SETTINGS = "home.settings"

#: In one view of Slack's.
_MOST_BLOCKS = 100
_LONGEST_TITLE = 100
_LONGEST_METRIC = 40
#: What a screen reader says of a button, at the most.
_LONGEST_LABEL = 75

_TITLES = {
    Listed.OPEN: "Your launches",
    Listed.OUTCOMES: "What came of yours",
    Listed.WORKED: "What you worked on",
}


@dataclass(frozen=True)
class Waiting:
    """An open question as its feature asks it, and until when it is put off."""

    prompt: Prompt
    question: Message
    until: date | None


def home(
    overview: Overview, waiting: Sequence[Waiting], more: int, sections: Sequence[Sequence[Block]]
) -> View:
    """What a colleague sees. `more`: so many questions wait beside these. `sections`: other features' own."""
    blocks: list[Block] = []
    if overview.is_empty:
        blocks.append(
            markdown("*Record what your team shipped, and later you are asked what happened to its metric.*")
        )
    blocks.append(
        actions(
            button(NEW, "Record a launch", style="primary"),
            button(SETTINGS, "Settings"),
        )
    )
    blocks.append(small(f"{when_asked(overview.settled)} /launch in a team's channel records a launch, too."))
    if waiting or not overview.is_empty:
        blocks += _waiting(waiting, more)
    for page in (overview.open, overview.outcomes, overview.worked):
        blocks += _listed(page, overview.user_id, overview.today)
    blocks += _rates(overview.rates)
    for section in sections:
        blocks += section
    return View(type="home", blocks=blocks[:_MOST_BLOCKS])


def for_guest(waiting: Sequence[Waiting], more: int) -> View:
    """What a guest sees, or somebody of another organisation: what they were asked."""
    return View(type="home", blocks=_waiting(waiting, more))


def whole_list(page: Page, today: date) -> View:
    """The list a page at a time, in a modal."""
    blocks = [_row(row, today) for row in page.rows] or [paragraph("Nothing is here any more.")]
    turn = []
    if page.offset:
        turn.append(button(f"{TURN}.newer", "Back", f"{page.listed}:{max(page.offset - PAGE, 0)}"))
    if page.left:
        turn.append(button(f"{TURN}.older", f"{page.left} more", f"{page.listed}:{page.offset + PAGE}"))
    if turn:
        blocks.append(actions(*turn))
    return View(
        type="modal",
        title=PlainTextObject(text=_TITLES[page.listed], emoji=False),
        close=PlainTextObject(text="Close", emoji=False),
        blocks=blocks,
    )


def _waiting(waiting: Sequence[Waiting], more: int) -> list[Block]:
    """The questions with the buttons they have in the message that asks them."""
    blocks: list[Block] = [header("Waiting for you")]
    if not waiting:
        return [*blocks, paragraph("No question is open for you.")]
    # A reply in words is written in the direct message, not here.
    asks = [Asking(each.prompt, replace(each.question, hint=""), each.until) for each in waiting]
    blocks += asking(asks, "", pace=None).blocks
    if more:
        blocks.append(small(f"and {more} more, once these are answered."))
    return blocks


def _listed(page: Page, user_id: str, today: date) -> list[Block]:
    if not page.rows:
        return []
    blocks: list[Block] = [DividerBlock(), header(_TITLES[page.listed]), *_rows(page, user_id, today)]
    if page.left:
        blocks.append(actions(button(f"{ALL}.{page.listed}", f"{page.left} more", page.listed)))
    return blocks


def _rows(page: Page, user_id: str, today: date) -> list[Block]:
    blocks: list[Block] = []
    for row in page.rows:
        answer = row.decided_by(user_id)
        blocks.append(_row(row, today, undecided=answer is not None))
        if answer is not None:
            blocks.append(deciding(row.launch, answer))
    return blocks


def _row(row: Row, today: date, *, undecided: bool = False) -> Block:
    launch = row.launch
    title = f"{launch.label} {clip(launch.title, _LONGEST_TITLE)}"
    lines = [title, _stands(row, today)]
    if row.learned and launch.verdict is not None:
        lines.append(f"Learned: {row.learned}")
    if undecided:
        lines.append("What do you do about it?")
    more = button(DETAILS, "More", str(launch.id))
    more.accessibility_label = clip(f"More about {title}", _LONGEST_LABEL)
    return SectionBlock(text=PlainTextObject(text="\n".join(lines), emoji=False), accessory=more)


def _stands(row: Row, today: date) -> str:
    """What came of it, or what it is about and when it is asked about."""
    launch = row.launch
    if launch.verdict is not None:
        return _outcome(row)
    aims = " ".join(filter(None, [clip(launch.metric or "", _LONGEST_METRIC), change_of(launch)]))
    return " · ".join(filter(None, [aims, _when(launch, row.asked_on, today)]))


def _outcome(row: Row) -> str:
    launch = row.launch
    if row.final is None:
        came = "It was never measured: no metric was named."
    else:
        came = in_plain(outcome_in_short(launch, row.final))
    if launch.decision:
        return f"{came} Decision: {Decision(launch.decision).label.lower()}."
    return came


def _when(launch: Launch, asked_on: date | None, today: date) -> str:
    if launch.state == LaunchState.PLANNED:
        return f"planned for {written_day(launch.day)}"
    if asked_on is not None:
        return f"asked about {'on' if asked_on > today else 'since'} {written_day(asked_on)}"
    return "nothing is asked about it now" if launch.metric else "no metric is named yet"


def _rates(rates: Sequence[Rate]) -> list[Block]:
    if not rates:
        return []
    return [DividerBlock(), header("Your teams"), bullets([team_rate(rate) for rate in rates])]
