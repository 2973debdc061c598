"""All of what a round came to, on pages of a modal."""

from slack_sdk.models.blocks import Block, PlainTextObject
from slack_sdk.models.views import View

from slackapp.features.polls.blocks.tally import bars, brief, ordered
from slackapp.features.polls.blocks.words import ends
from slackapp.features.polls.queries.views import RoundView
from slackapp.features.polls.rules import Kind, Results
from slackapp.slack.blocks import actions, bold, bullets, button, paragraph, small

PAGE = "polls.results.page"

#: Options on a page, and in one of its blocks.
_OPTIONS, _OPTIONS_EACH = 25, 5
#: Texts of five hundred characters.
_TEXTS, _TEXTS_EACH = 15, 5


def results_sheet(
    view: RoundView, results: Results | None, why: str, *, page: int = 0, here: str = ""
) -> View:
    """`results`: what whoever asks may see; None: `why` they may not. `here`: the channel they act in."""
    question = view.question
    blocks: list[Block] = [paragraph(bold(question.text))]
    if results is None:
        blocks.append(paragraph(why))
    else:
        blocks += _page(view, results, page)
    return View(
        type="modal",
        private_metadata=f"{view.round.id}:{here}",
        title=PlainTextObject(text=f"Results of {view.poll.label}"[:24], emoji=False),
        close=PlainTextObject(text="Close", emoji=False),
        blocks=blocks,
    )


def _page(view: RoundView, results: Results, page: int) -> list[Block]:
    question = view.question
    meant = f" of {results.meant:,}" if results.meant else ""
    said = [small(f"Round {view.round.number}: {results.answered:,}{meant} answered.")]
    if results.is_withheld or not results.answered:
        return [*brief(question, results)]
    if question.kind == Kind.TEXT:
        chunks: list[Block] = [
            bullets([[text] for text in results.texts[start : start + _TEXTS_EACH]])
            for start in range(0, len(results.texts), _TEXTS_EACH)
        ]
        return [*said, *_turned(chunks, _TEXTS // _TEXTS_EACH, page)]
    if question.kind in {Kind.SINGLE, Kind.MULTIPLE}:
        rows = ordered(question, results)
        parts: list[Block] = [
            bars(rows[start : start + _OPTIONS_EACH]) for start in range(0, len(rows), _OPTIONS_EACH)
        ]
        return [*said, *_turned(parts, _OPTIONS // _OPTIONS_EACH, page)]
    scale = [small(ends(question))] if ends(question) else []
    return [*said, *scale, *brief(question, results)]


def _turned(parts: list[Block], on_page: int, page: int) -> list[Block]:
    pages = -(-len(parts) // on_page)
    page = min(page, pages - 1)
    turn = []
    if page > 0:
        turn.append(button(f"{PAGE}.back", f"Page {page} of {pages}", str(page - 1)))
    if page + 1 < pages:
        turn.append(button(f"{PAGE}.on", f"Page {page + 2} of {pages}", str(page + 1)))
    shown = parts[page * on_page : (page + 1) * on_page]
    return [*shown, *([actions(*turn, block_id="turn")] if turn else ())]
