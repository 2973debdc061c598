"""Lists of action items: a channel's, a person's own, and their section of App Home."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import (
    Block,
    DividerBlock,
    Option,
    OverflowMenuElement,
    PlainTextObject,
    SectionBlock,
)
from slack_sdk.models.views import View

from slackapp.core.words import counted
from slackapp.features.action_items.blocks.question import DONE
from slackapp.features.action_items.blocks.words import came_of, due
from slackapp.features.action_items.models import ActionItem
from slackapp.features.action_items.rules import ActionState, Helped
from slackapp.slack.blocks import actions, bold, button, header, markdown, paragraph
from slackapp.slack.replies import Whisper

MENU = "action_items.menu"
TURN = "action_items.page"
ALL = "action_items.all"

#: On a page of a list, and on App Home.
PAGE = 10
FEW = 5

Section = list[Block]

_OPEN = (("done", "Done"), ("drop", "Drop"), ("new_date", "New date"), ("edit", "Edit"))
_AGAIN = ("reopen", "Open again")
_HELPED = (
    (Helped.YES, "It helped"),
    (Helped.NO, "It did not help"),
    (Helped.CANNOT_TELL, "Cannot tell whether it helped"),
)


@dataclass(frozen=True)
class Row:
    """An action item in a list."""

    item: ActionItem
    #: Its owner's name.
    owner: str


@dataclass(frozen=True)
class Page:
    rows: Sequence[Row]
    #: The channel whose they are; None: the reader's own.
    here: str | None
    #: Where the reader is.
    today: date
    #: How many come before these.
    offset: int
    #: How many are open, and how many there are in all.
    open: int
    total: int

    @property
    def left(self) -> int:
        """How many come after these."""
        return max(self.total - self.offset - len(self.rows), 0)


def menu(
    item: ActionItem, *, listed_from: int | None = None, beside_done: bool = False
) -> OverflowMenuElement:
    """What can be done with it. `listed_from`: it stands in a list from that offset on, drawn anew then.

    `beside_done`: an open one has a button for that already.
    """
    offered: Sequence[tuple[str, str]] = _OPEN[1:] if beside_done else _OPEN
    if item.state != ActionState.OPEN:
        said = _HELPED if item.state == ActionState.DONE else ()
        offered = [*((verb, label) for verb, label in said if verb != item.helped), _AGAIN]
    where = "" if listed_from is None else f":{listed_from}"
    return OverflowMenuElement(
        action_id=MENU,
        options=[Option(value=f"{verb}:{item.id}{where}", label=label) for verb, label in offered],
    )


def listing(page: Page) -> Whisper:
    """A page of a channel's, or of one's own, for the answer to a command."""
    if not page.rows:
        return _nothing(page)
    many = counted(page.open, "open action item") if page.open else "No open action item"
    title = f"{many} {'here' if page.here else 'of yours'}"
    return Whisper(title, [paragraph(bold(title)), *_rows(page), *_turn(page)])


def whole_list(page: Page) -> View:
    """One's own a page at a time, in a modal."""
    return View(
        type="modal",
        title=PlainTextObject(text="Your action items", emoji=False),
        close=PlainTextObject(text="Close", emoji=False),
        blocks=[*_rows(page), *_turn(page)] or [paragraph("Nothing is here any more.")],
    )


def section(page: Page) -> Section:
    """One's own on App Home: the first few, and the rest behind a button."""
    if not page.rows:
        return []
    blocks: list[Block] = [DividerBlock(), header("Your action items")]
    for row in page.rows:
        if row.item.state == ActionState.OPEN:
            done = button(DONE, "Done", str(row.item.id))
            blocks += [
                _text(row, page),
                actions(done, menu(row.item, beside_done=True), block_id=_block(row.item)),
            ]
        else:
            blocks.append(_text(row, page, menu(row.item)))
    if page.left:
        blocks.append(actions(button(ALL, f"{page.left} more", "0")))
    return blocks


def _nothing(page: Page) -> Whisper:
    where = "here" if page.here else "for you"
    text = f"No action item is open {where}. They come out of retros: `/retro start` begins one in a channel."
    return Whisper(text, [markdown(text)])


def _rows(page: Page) -> list[Block]:
    blocks: list[Block] = []
    was_open = True
    for row in page.rows:
        is_open = row.item.state == ActionState.OPEN
        if was_open and not is_open:
            blocks.append(paragraph(bold("Done or dropped lately")))
        was_open = is_open
        blocks.append(_text(row, page, menu(row.item, listed_from=page.offset)))
    return blocks


def _text(row: Row, page: Page, accessory: OverflowMenuElement | None = None) -> SectionBlock:
    item = row.item
    stands = due(item, page.today) if item.state == ActionState.OPEN else came_of(item)
    facts = [row.owner if page.here else "", stands, f"from “{item.about}”" if item.about else ""]
    lines = [f"{item.label} {item.text}", item.if_then, " · ".join(filter(None, facts))]
    text = PlainTextObject(text="\n".join(filter(None, lines)), emoji=False)
    return SectionBlock(text=text, accessory=accessory, block_id=_block(item) if accessory else None)


def _block(item: ActionItem) -> str:
    """Menus all have one action id: the block says whose it is."""
    return f"action_items:{item.id}"


def _turn(page: Page) -> list[Block]:
    turn = []
    if page.offset:
        turn.append(button(f"{TURN}.back", "Back", str(max(page.offset - PAGE, 0))))
    if page.left:
        turn.append(button(f"{TURN}.on", f"{page.left} more", str(page.offset + PAGE)))
    return [actions(*turn)] if turn else []
