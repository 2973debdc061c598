"""What a channel's retros come to over time, in words and as a chart."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import Block

from slackapp.core.words import clip, counted, with_unit, written_day
from slackapp.features.retros.rules.history import FEWEST_RETROS, Held, History, Returning, returning
from slackapp.slack.blocks import Message, Part, actions, bold, bullets, button, paragraph, small
from slackapp.slack.charts import Chart
from slackapp.slack.replies import Whisper

CHART = "retros.chart"

_MOST_RETURNING, _MOST_SCORES = 5, 4
_TITLE = "Retros of this channel over time"
#: A line needs two points.
_FEWEST_POINTS = 2


def over_time(history: History) -> Whisper:
    if not history.is_enough:
        text = _not_enough(len(history.held))
        return Whisper(text, [paragraph(text)])
    blocks = list(_in_words(history))
    if list(_charts(history.held)):
        blocks.append(actions(button(CHART, "Send me this as a chart", "0")))
    return Whisper(_TITLE, blocks)


def chart(history: History) -> Message:
    """For the direct message of whoever asked: the charts, and the words below them."""
    words = list(_in_words(history))
    return Message(_TITLE, [*words, *_charts(history.held)], fallback=words)


def _not_enough(closed: int) -> str:
    have = "none is" if not closed else f"{closed} {'is' if closed == 1 else 'are'}"
    return f"Not enough yet: this needs {FEWEST_RETROS} closed retros, and {have} closed in this channel."


def _in_words(history: History) -> Iterator[Block]:
    held = history.held
    since = f"{written_day(held[0].closed_on)} to {written_day(held[-1].closed_on)}"
    yield paragraph(bold(_TITLE), f": {held[0].label} to {held[-1].label}, {since} (n = {len(held)})")
    yield bullets([_participation(held), _users(held), *_actions(history), *_scores(held)])
    if again := returning(held):
        yield paragraph(bold("Topics that keep coming back"))
        yield bullets([_again(each) for each in again[:_MOST_RETURNING]])
        if len(again) > _MOST_RETURNING:
            yield small(f"And {len(again) - _MOST_RETURNING} more.")
    else:
        yield paragraph("No topic came back so far.")


def _participation(held: Sequence[Held]) -> list[Part]:
    known = [each for each in held if each.invited]
    if not known:
        return ["Handed in: ", bold(f"{sum(each.handed_in for each in held)}"), " in all"]
    handed_in, invited = sum(each.handed_in for each in known), sum(each.invited or 0 for each in known)
    lately = f"; lately {known[-1].handed_in} of {known[-1].invited}"
    return [
        "Handed in: ",
        bold(f"{with_unit(f'{100 * handed_in / invited:.0f}', '%')} of those invited"),
        f" (n = {invited} over {counted(len(known), 'retro')}){lately}",
    ]


def _users(held: Sequence[Held]) -> list[Part]:
    skipped = sum(not each.is_answered for each in held)
    return ["What happened to users: ", bold(f"not answered in {skipped} of {len(held)}")]


def _actions(history: History) -> Iterator[list[Part]]:
    of = history.actions
    if not of.total:
        yield ["Action items: none came of these retros"]
        return
    still = of.total - of.done - of.dropped
    yield ["Action items: ", bold(f"{of.done} of {of.total} done"), f", {of.dropped} dropped, {still} open"]
    if of.done:
        silent = of.done - of.helped - of.did_not - of.unclear
        rest = f", {of.did_not} did not, {of.unclear} cannot be told, {silent} not said (n = {of.done} done)"
        yield ["Did they help: ", bold(f"{of.helped} did"), rest]


def _scores(held: Sequence[Held]) -> Iterator[list[Part]]:
    for question, marks in (
        ("Works as intended", [(each.label, each.works) for each in held]),
        ("What users needed", [(each.label, each.needed) for each in held]),
    ):
        shown = [f"{label} {mark.mean:.1f} (n = {mark.answers})" for label, mark in marks if mark.mean]
        if shown:
            lately = "lately " if len(shown) > _MOST_SCORES else ""
            yield [f"{question}, of 5: {lately}", ", ".join(shown[-_MOST_SCORES:])]


def _again(each: Returning) -> list[Part]:
    return [bold(clip(each.name, 100)), f": {', '.join(each.labels)}"]


def _charts(held: Sequence[Held]) -> Iterator[Block]:
    shares = [(each.label, each.share) for each in held if each.share is not None]
    if len(shares) >= _FEWEST_POINTS:
        labels = [label for label, _ in shares]
        yield Chart("Handed in, % of those invited", labels, [("handed in", [share for _, share in shares])])
    scored = [
        (each.label, each.works.mean, each.needed.mean)
        for each in held
        if each.works.mean is not None and each.needed.mean is not None
    ]
    if len(scored) >= _FEWEST_POINTS:
        works, needed = [works for _, works, _ in scored], [needed for _, _, needed in scored]
        lines = [("works as intended", works), ("what users needed", needed)]
        yield Chart("Scores of launches, of 5", [label for label, _, _ in scored], lines)
