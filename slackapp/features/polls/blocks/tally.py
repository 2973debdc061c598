"""What a round came to, as bars of block characters with how many and which share."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block

from slackapp.core.words import clip, counted, plain
from slackapp.features.metrics.rules import show
from slackapp.features.polls.blocks.words import ends
from slackapp.features.polls.models import Question
from slackapp.features.polls.queries.views import RoundView
from slackapp.features.polls.rules import Kind, Numbers, Results, Share
from slackapp.features.polls.rules.functions import grouped
from slackapp.features.polls.rules.labels import labels
from slackapp.slack.blocks import Part, bold, bullets, italic, paragraph, small

#: Squares of a bar that stands for everybody.
_WIDE = 12
#: Options, and texts, that stand in a message.
TOP = 10
#: Different numbers that are listed with how often each was said.
_FEW_NUMBERS = 10
#: So many options are shown whether anybody chose them or not.
_ALL = 5
#: Letters of an option, and of a text, in a message; on a page they stand in full.
_BRIEF = 150

#: Options that one line names.
_TOP_IN_SHORT = 3

_NOBODY = "Nobody answered."
_WITHHELD = "Fewer than 5 people answered: nothing is shown, and what they said is deleted."


@dataclass(frozen=True)
class Row:
    """An option with how many chose it."""

    label: str
    share: Share


def brief(question: Question, results: Results) -> list[Block]:
    """The ten most frequent, and how many there are beside them."""
    if (nothing := _nothing(results)) is not None:
        return [paragraph(italic(nothing))]
    if question.kind == Kind.NUMBER:
        return [*_numbers(question, results), *_by_function(question, results)]
    if question.kind == Kind.TEXT:
        return _texts(results.texts[:TOP], len(results.texts))
    rows = ordered(question, results)
    shown = _worth_showing(question, rows)
    blocks: list[Block] = [bars(shown)]
    if len(rows) > len(shown):
        blocks.append(small(_left_out(rows[len(shown) :])))
    if mean := _mean(question, results):
        blocks.append(paragraph(*mean))
    return [*blocks, *_by_function(question, results)]


def how_many_answered(view: RoundView) -> str:
    if view.meant:
        return f"{view.answered:,} of {view.meant:,} answered."
    if not view.answered:
        return "Nobody has answered yet." if view.is_open else "Nobody answered."
    return f"{counted_people(view.answered)} answered."


def counted_people(number: int) -> str:
    return "1 person" if number == 1 else f"{number:,} people"


def has_more(question: Question, results: Results) -> bool:
    """Whether there is more than stands in a message."""
    if _nothing(results) is not None:
        return False
    return len(question.options) > TOP or len(results.texts) > TOP


def ordered(question: Question, results: Results) -> Sequence[Row]:
    """Scales by their numbers, from the highest; options by how many chose them, else as they were given."""
    rows = [Row(plain(label), share) for label, share in zip(labels(question), results.shares, strict=True)]
    if question.kind in {Kind.SCALE, Kind.YES_NO}:
        return rows[::-1]
    return sorted(rows, key=lambda row: -row.share.count)


def bars(rows: Sequence[Row]) -> Block:
    """Each option above its bar; numbers of one digit beside it."""
    between = "  " if all(len(row.label) == 1 for row in rows) else "\n"
    parts: list[Part] = []
    for row in rows:
        if parts:
            parts.append("\n")
        counted_as = f"{row.share.count} · {row.share.in_percent}"
        parts += [bold(clip(row.label, _BRIEF)), f"{between}{bar(row.share)}  {counted_as}"]
    return paragraph(*parts)


def bar(share: Share) -> str:
    """As long as the share; where somebody chose it, it is never empty."""
    filled = round(_WIDE * share.count / share.of) if share.of else 0
    if share.count:
        filled = max(filled, 1)
    return "█" * filled + "░" * (_WIDE - filled)


def _nothing(results: Results) -> str | None:
    if results.is_withheld:
        return _WITHHELD
    return None if results.answered else _NOBODY


def _worth_showing(question: Question, rows: Sequence[Row]) -> Sequence[Row]:
    """Of a few options all, of many those that somebody chose."""
    if question.kind == Kind.SCALE or len(rows) <= _ALL:
        return rows
    return [row for row in rows[:TOP] if row.share.count]


def _left_out(rows: Sequence[Row]) -> str:
    options = counted(len(rows), "more option")
    most = rows[0].share.count
    return f"And {options}, chosen by {most} at most." if most else f"And {options} that nobody chose."


def _mean(question: Question, results: Results) -> list[Part]:
    if question.kind != Kind.SCALE or results.numbers is None:
        return []
    of = results.numbers
    said = ends(question)
    meaning = f" ({said})" if said else ""
    return [bold(f"Mean {of.mean:.1f}, median {show(of.median)}"), f", n = {of.n}{meaning}"]


def _numbers(question: Question, results: Results) -> list[Block]:
    of = results.numbers
    if of is None:
        return [paragraph(italic(_NOBODY))]
    unit = question.unit
    average = bold(f"Median {show(round(of.median, 2), unit)}, mean {show(round(of.mean, 2), unit)}")
    blocks: list[Block] = [paragraph(average, f", n = {of.n}{_spread(of, unit)}")]
    if len(of.each) <= _FEW_NUMBERS:
        blocks.append(bars([Row(show(value, unit), Share(count, of.n)) for value, count in of.each]))
    return blocks


def _spread(of: Numbers, unit: str) -> str:
    """Of a single number there is none."""
    if of.lowest == of.highest:
        return ""
    first, third = (show(round(each, 2), unit) for each in of.quartiles)
    return f"\nFrom {show(of.lowest, unit)} to {show(of.highest, unit)}; the middle half {first} to {third}"


def _texts(texts: Sequence[str], of: int) -> list[Block]:
    blocks: list[Block] = [bullets([[clip(plain(text), _BRIEF)] for text in texts])]
    if of > len(texts):
        blocks.append(small(f"And {of - len(texts)} more."))
    return blocks


def _by_function(question: Question, results: Results) -> list[Block]:
    groups = grouped(results)
    if not groups:
        return []
    rows: list[list[Part]] = [[bold(name), f": {in_short(question, of)}"] for name, of in groups.items()]
    return [bullets(rows)]


def in_short(question: Question, of: Results) -> str:
    """What some people answered, in one line, with how many they are."""
    if not of.answered:
        return "nobody answered"
    n = f"(n = {of.answered})"
    match question.kind:
        case Kind.YES_NO:
            return f"{of.counts[1]} of {of.answered} yes, {of.shares[1].in_percent}"
        case Kind.SCALE if of.numbers is not None:
            return f"mean {of.numbers.mean:.1f} {n}"
        case Kind.NUMBER if of.numbers is not None:
            return f"median {show(round(of.numbers.median, 2), question.unit)} {n}"
        case Kind.SINGLE | Kind.MULTIPLE:
            top = ordered(question, of)[:_TOP_IN_SHORT]
            said = ", ".join(f"{clip(row.label, 40)} {row.share.count}" for row in top if row.share.count)
            return f"{said} {n}"
        case _:
            return f"{of.answered} answered"
