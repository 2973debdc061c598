"""A poll as charts, for the direct message of whoever asks: its last round, and how it went over time."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import Block

from slackapp.core.words import clip
from slackapp.features.polls.blocks.tally import brief, ordered
from slackapp.features.polls.models import Question, Round
from slackapp.features.polls.queries.listed import OverTime
from slackapp.features.polls.rules import Kind, Results
from slackapp.slack.blocks import Message, bold, paragraph
from slackapp.slack.charts import Chart, ChartType
from slackapp.slack.text import quoted

#: What Slack takes, and what can be read.
_POINTS, _LABEL, _TITLE = 20, 20, 50
#: A line needs two points.
_FEWEST_POINTS = 2


def chart(found: OverTime) -> Message:
    label = found.poll.label
    shown = [each for each in found.rounds if not each[2].is_withheld and each[2].answered]
    round_, question, results = shown[-1]
    words = [
        paragraph(bold(f"{label}: "), question.text),
        paragraph(f"Round {round_.number}, of {results.answered} answers"),
        *brief(question, results),
    ]
    return Message(
        f"{label}: {quoted(question.text, 100)}",
        [*words, *_last(question, results), *_over_time(question, shown)],
        fallback=words,
    )


def _last(question: Question, results: Results) -> Iterator[Block]:
    if results.counts:
        rows = ordered(question, results)[:_POINTS]
        if question.kind == Kind.SCALE:
            # From left to right as people count.
            rows = rows[::-1]
        labels = _distinct([clip(row.label, _LABEL) for row in rows])
        counts = [float(row.share.count) for row in rows]
        yield Chart("The last round", labels, [("answers", counts)], ChartType.BAR)


def _over_time(question: Question, shown: Sequence[tuple[Round, Question, Results]]) -> Iterator[Block]:
    """Rounds with the same wording as the last one alone: others do not compare."""
    same = [(of, results) for of, asked, results in shown if asked.id == question.id][-_POINTS:]
    points = [
        (f"Round {of.number}", value) for of, each in same if (value := _point(question, each)) is not None
    ]
    if len(points) >= _FEWEST_POINTS:
        labels, values = [label for label, _ in points], [value for _, value in points]
        name = {Kind.YES_NO: "yes, %", Kind.SCALE: "mean"}.get(Kind(question.kind), "median")
        yield Chart("Round by round", labels, [(name, values)])


def _point(question: Question, results: Results) -> float | None:
    match question.kind:
        case Kind.YES_NO:
            return float(results.shares[1].percent)
        case Kind.SCALE if results.numbers is not None:
            return round(float(results.numbers.mean), 2)
        case Kind.NUMBER if results.numbers is not None:
            return round(float(results.numbers.median), 2)
        case _:
            return None


def _distinct(labels: Sequence[str]) -> list[str]:
    """Two that were cut to the same are told apart by their number."""
    seen: set[str] = set()
    found = []
    for number, label in enumerate(labels, 1):
        named = label if label not in seen else f"{clip(label, _LABEL - 4)} {number}"
        seen.add(named)
        found.append(named)
    return found
