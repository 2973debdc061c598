"""`/discovery report`: in words, for whoever asked, for the channel, and with charts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from slack_sdk.models.blocks import Block

from slackapp.core.proportions import Proportion
from slackapp.core.words import counted, written_day
from slackapp.features.discovery.rules import Contributed
from slackapp.features.discovery.rules.opinions import OPINIONS, Level, Opinion
from slackapp.features.discovery.rules.periods import PERIODS
from slackapp.features.discovery.rules.report import (
    FEWEST_FOR_MEDIAN,
    FEWEST_FOR_SHARE,
    Group,
    LeftOut,
    Report,
)
from slackapp.features.metrics.rules import show
from slackapp.features.workspaces.rules import Function
from slackapp.slack.blocks import (
    Message,
    Part,
    actions,
    bold,
    bullets,
    button,
    channel,
    paragraph,
    small,
    user,
)
from slackapp.slack.charts import Chart, ChartType
from slackapp.slack.replies import Whisper

#: Its buttons; `PERIOD` has one for each of `PERIODS`.
PERIOD = "discovery.report"
CHART = "discovery.report_chart"
POST = "discovery.report_post"

_TITLE = "Discovery"
#: What Slack draws on one chart, at most; and what is worth drawing.
_MOST_POINTS, _FEWEST_POINTS = 20, 2
_A_MINUTE = 60
_NOBODY_KNOWS = "function not known"

Row = Sequence[Part]


def report(shown: Report, *, done: str = "", is_posted: bool = False) -> Whisper:
    """`done`: what a press of one of its buttons came to."""
    said = [paragraph(done)] if done else []
    blocks = [*said, *_in_words(shown), _buttons(shown, is_posted=is_posted)]
    return Whisper(done or _notice(shown), blocks)


def posted(shown: Report, by: str) -> Message:
    """For the channel."""
    words = [*_in_words(shown), paragraph("Asked for by ", user(by), ".")]
    return Message(_notice(shown), [*words, *_charts(shown)], fallback=words)


def chart(shown: Report) -> Message:
    """For the direct message of whoever asked: the charts, and the words below them."""
    words = list(_in_words(shown))
    return Message(_notice(shown), [*_charts(shown), *words], fallback=words)


def has_chart(shown: Report) -> bool:
    return any(_charts(shown))


def _notice(shown: Report) -> str:
    return f"{_TITLE}, {_days(shown)}"


def _days(shown: Report) -> str:
    return f"{written_day(shown.period.first)} to {written_day(shown.period.last)}"


def _buttons(shown: Report, *, is_posted: bool) -> Block:
    value = f"{shown.period.days}.{int(shown.made_at.timestamp()) // _A_MINUTE}"
    found = [button(f"{PERIOD}.{days}", f"Last {days} days") for days in PERIODS if days != shown.period.days]
    if has_chart(shown):
        found.append(button(CHART, "Send me this as a chart", value))
    if not shown.is_empty and not is_posted:
        found.append(button(POST, "Post here", value))
    return actions(*found)


def _in_words(shown: Report) -> Iterator[Block]:
    yield paragraph(bold(_TITLE), " in ", channel(shown.channel_id), f", {_days(shown)}")
    if shown.is_empty:
        yield from _first_steps()
        return
    yield paragraph(bold("Who takes part"))
    yield bullets([*_took_part(shown)])
    yield paragraph(bold("How early"))
    yield bullets([_weeks(shown), *_early(shown)])
    if shown.activities:
        yield paragraph(bold("What engineering brought"))
        yield bullets([*_brought(shown)])
    if shown.early.of:
        yield paragraph(bold("Launches with an engineer in before the spec, and without"))
        yield bullets([*_made_a_difference(shown.with_engineer, shown.without_engineer)])
        yield small("In brackets: where the true share lies, 9 times in 10. Association, not proof.")
    if shown.opinions:
        yield paragraph(bold("How it is seen"))
        yield bullets([_seen(each) for each in shown.opinions])
    if left_out := _left_out(shown.left_out):
        yield small(left_out)


def _first_steps() -> Iterator[Block]:
    yield paragraph("Nothing is recorded here for these days. It begins with one of these:")
    yield bullets(
        [
            ["Press ", bold("I was in before the spec"), " on the card of a launch you had part in early."],
            ["/discovery log", ": an interview, a support review, a deep dive, and who was there."],
            ["/discovery poll", ": every two weeks one question, who took part, counted by function."],
        ]
    )


def _took_part(shown: Report) -> Iterator[Row]:
    if shown.said:
        each = ", ".join(f"{_named(function)} {_of(said)}" for function, said in shown.said.items())
        yield [f"Said yes in {counted(shown.rounds, 'round')}: ", each]
    else:
        yield ["Nobody was asked in these days: ", bold("/discovery poll"), " does that every two weeks"]
    if shown.activities:
        yield [f"There in {_activities(shown.activities)}: ", _times(shown.present) or "nobody is noted"]
    if shown.clicks:
        yield ["In before a spec: ", _times(shown.clicks)]


def _activities(number: int) -> str:
    return "1 logged activity" if number == 1 else f"{number} logged activities"


def _times(counts: Mapping[Function, int] | Mapping[Function | None, int]) -> str:
    return ", ".join(f"{_named(function)} {times}" for function, times in counts.items())


def _named(function: Function | None) -> str:
    return _NOBODY_KNOWS if function is None else function.label


def _of(said: Proportion) -> str:
    """18 of 24 (75 %); of few no percentage."""
    share = f" ({said.percent} %)" if said.of >= FEWEST_FOR_SHARE else ""
    return f"{said.count} of {said.of}{share}"


def _weeks(shown: Report) -> Row:
    found = shown.weeks_with_engineer
    return [
        "Weeks with at least one engineer in discovery: ",
        bold(f"{found.count} of {found.of}"),
    ]


def _early(shown: Report) -> Iterator[Row]:
    if not shown.early.of:
        yield ["No launch came out in these days"]
        return
    yield ["Launches with somebody in before the spec: ", bold(_of(shown.early))]
    yield ["With an engineer among them: ", bold(_of(shown.early_engineer))]


def _brought(shown: Report) -> Iterator[Row]:
    times = shown.brought.times
    found = [f"{_THINGS[kind](times[kind])}" for kind in Contributed if times[kind]]
    yield [", ".join(found) if found else "Nothing was noted so far"]
    if shown.brought.weeks_said:
        weeks = show(shown.brought.weeks_saved)
        yield ["Weeks saved, as people put it: ", bold(weeks), f" in all (n = {shown.brought.weeks_said})"]


_THINGS = {
    Contributed.CONSTRAINT: lambda n: f"{counted(n, 'constraint')} found",
    Contributed.CHEAPER: lambda n: counted(n, "cheaper alternative"),
    Contributed.SCOPE: lambda n: f"scope flagged {_often(n)}",
    Contributed.ASSUMPTION: lambda n: f"{counted(n, 'assumption')} questioned",
}


def _often(times: int) -> str:
    return {1: "once", 2: "twice"}.get(times, f"{times} times")


def _made_a_difference(with_one: Group, without: Group) -> Iterator[Row]:
    yield ["Hit or moved: with ", *_share(with_one.good), "; without ", *_share(without.good)]
    if with_one.days_late or without.days_late:
        yield ["Days out later than first planned: with ", *_late(with_one), "; without ", *_late(without)]
        yield ["Out by that day: with ", *_share(with_one.on_time), "; without ", *_share(without.on_time)]


def _share(of: Proportion) -> Row:
    if of.of < FEWEST_FOR_SHARE:
        return [f"not enough yet ({of.of} of the {FEWEST_FOR_SHARE} it needs)"]
    low, high = of.interval.percents
    return [bold(f"{of.percent} %"), f" ({low} to {high} %, n = {of.of})"]


def _late(group: Group) -> Row:
    n = len(group.days_late)
    if (middle := group.median_late) is None:
        return [f"not enough yet ({n} of the {FEWEST_FOR_MEDIAN} it needs)"]
    return [bold(f"{middle:g}"), f" (median, n = {n})"]


def _seen(opinion: Opinion) -> Row:
    before = f"; before {_level(opinion.before)}" if opinion.before else ""
    return [f"{OPINIONS[opinion.template]}: ", bold(_level(opinion.lately)), before]


def _level(level: Level) -> str:
    if level.answered < FEWEST_FOR_MEDIAN:
        return f"not enough yet ({level.answered} of the {FEWEST_FOR_MEDIAN} it needs)"
    said = f"{level.mean:.1f} of 5" if level.yes is None else f"{level.yes.percent} % yes"
    return f"{said} (n = {level.answered})"


def _left_out(rounds: LeftOut) -> str:
    said = []
    if rounds.withheld:
        said.append(f"Too few answered {counted(rounds.withheld, 'anonymous round')} to show anything of it.")
    if rounds.without_function:
        said.append(
            f"{counted(rounds.without_function, 'round')} asked who took part without counting by function."
        )
    return " ".join([*said, "None of that is in these numbers."]) if said else ""


def _week(monday: date) -> str:
    return written_day(monday).rpartition(" ")[0]


def _charts(shown: Report) -> Iterator[Block]:
    weeks = shown.weeks[-_MOST_POINTS:]
    if len(weeks) >= _FEWEST_POINTS and any(times for _, times in weeks):
        labels = [_week(monday) for monday, _ in weeks]
        yield Chart(
            "Times an engineer was in discovery, by week",
            labels,
            [("times", [n for _, n in weeks])],
            ChartType.BAR,
        )
    enough = [(_named(f).capitalize(), said) for f, said in shown.said.items() if said.of >= FEWEST_FOR_SHARE]
    if len(enough) >= _FEWEST_POINTS:
        yes = [float(said.percent) for _, said in enough]
        yield Chart("Took part, % of answers", [name for name, _ in enough], [("yes", yes)], ChartType.BAR)
