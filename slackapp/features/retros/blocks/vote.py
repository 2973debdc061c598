"""The modal to vote in, and the form that makes one topic of several."""

from dataclasses import dataclass

from slack_sdk.models.blocks import Block, DividerBlock, StaticMultiSelectElement
from slack_sdk.models.views import View

from slackapp.core.words import counted
from slackapp.features.retros.blocks.boards import (
    Piece,
    choices,
    listed,
    listed_notes,
    paged,
    sheet,
    titled,
    topic_choices,
    turning,
)
from slackapp.features.retros.queries.topics import Ballot, Board, TopicView
from slackapp.slack.blocks import (
    MOST_TYPED,
    VALUE,
    Field,
    actions,
    bold,
    button,
    element,
    entry,
    form,
    paragraph,
    small,
)

VOTE = "retros.vote"
VOTE_PAGE = "retros.vote.page"
MERGE = "retros.merge"


#: A hundred topics on few pages, with room for what stands around them.
_PAGE_BLOCKS = 84

#: Of a topic so many notes are shown to voters.
_FEW = 8


@dataclass(frozen=True)
class Voting:
    """What somebody sees while they vote."""

    ballot: Ballot
    may_merge: bool
    page: int = 0
    #: What came of what they pressed, if it is not what they wanted.
    notice: str = ""


def vote(voting: Voting) -> View:
    ballot = voting.ballot
    about = ballot.board.retro
    pages = paged((_topic(voting, view) for view in ballot.board.topics), blocks=_PAGE_BLOCKS)
    page = min(voting.page, len(pages) - 1)
    blocks: list[Block] = [
        *([paragraph(bold(voting.notice))] if voting.notice else ()),
        paragraph(bold(f"Votes: {ballot.remaining} of {ballot.budget} left."), f" {_cap(ballot)}"),
        small(
            "Nobody is shown how you voted, and nobody how topics stand before they are discussed. "
            "Your votes are kept with your name, so that nobody has more than others."
        ),
        *pages[page],
        *turning(VOTE_PAGE, page, len(pages)),
        actions(
            button(f"{VOTE_PAGE}.here", "Refresh", str(page)),
            *([button(MERGE, "Merge topics", str(page))] if voting.may_merge else ()),
        ),
    ]
    return sheet(f"Vote in {about.label}", blocks, metadata=f"{about.id}:{page}")


def _cap(ballot: Ballot) -> str:
    if ballot.cap >= ballot.budget:
        return "Put as many of them on one topic as you like."
    return f"At most {ballot.cap} on one topic." if ballot.cap > 1 else "One on a topic."


def _topic(voting: Voting, view: TopicView) -> Piece:
    ballot = voting.ballot
    mine = ballot.votes.get(view.topic.id, 0)
    # How many are left is said here too: what stands at the top may be out of sight.
    standing = f" · {counted(mine, 'vote')} of yours, {ballot.remaining} left" if mine else ""
    rows = listed_notes(ballot.board, view)
    if len(rows) > _FEW:
        rows[_FEW:] = [[f"… and {counted(len(rows) - _FEW, 'more note')}"]]
    shown = listed(titled(ballot.board, view, standing), rows)
    buttons = []
    if ballot.remaining and mine < ballot.cap:
        label = "One more" if mine else "Vote"
        buttons.append(button(f"{VOTE}.more", label, f"{view.topic.id}:{mine + 1}"))
    if mine:
        buttons.append(button(f"{VOTE}.less", "One less", f"{view.topic.id}:{mine - 1}"))
    row = [actions(*buttons, block_id=f"vote_{view.topic.id}")] if buttons else []
    blocks = [DividerBlock(), *(block for piece in shown for block in piece.blocks), *row]
    return Piece(blocks, sum(piece.letters for piece in shown))


def merge(board: Board, *, page: int) -> View:
    """For facilitators, while topics are voted for or discussed."""
    return form(
        "Merge topics",
        callback_id=MERGE,
        submit="Merge",
        metadata=f"{board.retro.id}:{page}",
        blocks=[
            element(
                Field("topics", "Which topics belong together?"),
                StaticMultiSelectElement(
                    action_id=VALUE, option_groups=choices("Topics", topic_choices(board.topics))
                ),
            ),
            entry(
                Field(
                    "name",
                    "Name",
                    hint="Empty: it is called as the first of them, or by what its notes share.",
                    optional=True,
                ),
                max_length=MOST_TYPED,
            ),
            small(
                "Votes follow. Whoever voted for several of them keeps the most they gave to one, "
                "and has the others back."
            ),
        ],
    )
