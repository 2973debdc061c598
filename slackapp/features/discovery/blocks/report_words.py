"""What a report says, in words: read in twenty seconds, each number with what it is out of."""

from collections.abc import Iterator, Mapping, Sequence

from slack_sdk.models.blocks import Block

from slackapp.core.proportions import Proportion
from slackapp.core.words import counted, with_unit
from slackapp.features.discovery.rules import Contributed
from slackapp.features.discovery.rules.opinions import OPINIONS, Level, Opinion
from slackapp.features.discovery.rules.report import (
    FEWEST_FOR_MEDIAN,
    FEWEST_FOR_SHARE,
    Brought,
    Group,
    LeftOut,
    Report,
)
from slackapp.features.metrics.rules import show
from slackapp.features.workspaces.rules import Function
from slackapp.slack.blocks import Part, bold, bullets, paragraph, small

_Row = Sequence[Part]

_OTHERS = "Others: of functions of which fewer than three answered in a round, or that are not known."
_NOT_BY_FUNCTION = "Not by function: in no round did three of one function answer."


def in_words(shown: Report) -> Iterator[Block]:
    yield paragraph(bold("Who takes part"))
    yield bullets([*_who(shown)])
    if None in shown.said:
        yield small(_OTHERS if len(shown.said) > 1 else _NOT_BY_FUNCTION)
    if None in shown.clicks:
        yield small("Function not known: people say theirs in /launch settings.")
    yield paragraph(bold("How early"))
    yield bullets([_weeks(shown), *_early(shown)])
    if shown.activities:
        yield paragraph(bold("What engineering brought"))
        yield bullets([*_brought(shown.brought)])
    if shown.early.of:
        yield paragraph(bold("Launches with an engineer in before the spec, and without"))
        yield bullets([*_difference(shown.with_engineer, shown.without_engineer)])
        if how := _how_to_read(shown.with_engineer, shown.without_engineer):
            yield small(how)
    if shown.opinions:
        yield paragraph(bold("How people see it"))
        yield bullets([_seen(each) for each in shown.opinions])
    if left_out := _left_out(shown.left_out):
        yield small(left_out)


def _who(shown: Report) -> Iterator[_Row]:
    if shown.said:
        others = "others " if len(shown.said) > 1 else ""
        each = ", ".join(
            f"{others if function is None else f'{function.label} '}{_of(said)}"
            for function, said in shown.said.items()
        )
        yield [f"Said that they took part, over {counted(shown.rounds, 'round')}: ", each]
    else:
        yield ["No closed poll asked who took part: ", bold("/discovery poll"), " does"]
    if shown.activities:
        logged = "1 logged activity" if shown.activities == 1 else f"{shown.activities} logged activities"
        yield [f"There in {logged}: ", _times(shown.present) or "nobody is noted"]
    if shown.clicks:
        yield ["Were in before a spec: ", _times(shown.clicks)]


def _times(counts: Mapping[Function, int] | Mapping[Function | None, int]) -> str:
    return ", ".join(f"{_named(function)} {times}" for function, times in counts.items())


def _named(function: Function | None) -> str:
    return "function not known" if function is None else function.label


def _of(said: Proportion, thing: str = "") -> str:
    """18 of 24 (75 %); of few no percentage."""
    share = f" ({said.in_percent})" if _is_enough(said) else ""
    return f"{said.count} of {said.of}{thing}{share}"


def _weeks(shown: Report) -> _Row:
    found = shown.weeks_with_engineer
    since = "" if found.of == len(shown.period.weeks(None)) else ", since the first record here"
    return [
        "At least one engineer in discovery: ",
        bold(f"{found.count} of {counted(found.of, 'week')}"),
        since,
    ]


def _early(shown: Report) -> Iterator[_Row]:
    if not shown.early.of:
        yield ["No launch came out in these days"]
        return
    launches = " launch" if shown.early.of == 1 else " launches"
    yield ["Somebody in before the spec: ", bold(_of(shown.early, launches))]
    yield ["An engineer among them: ", bold(_of(shown.early_engineer, launches))]


def _brought(brought: Brought) -> Iterator[_Row]:
    found = [_thing(kind, times) for kind, times in brought.times.items() if times]
    said = ", ".join(found) or "nothing was noted so far"
    yield [said[0].upper() + said[1:]]
    if brought.weeks_said:
        n = f" in all, as people put it (n = {brought.weeks_said})"
        yield ["Weeks saved: ", bold(show(brought.weeks_saved)), n]


def _thing(kind: Contributed, times: int) -> str:
    match kind:
        case Contributed.CONSTRAINT:
            return f"{counted(times, 'constraint')} found"
        case Contributed.CHEAPER:
            return f"{counted(times, 'cheaper alternative')} found"
        case Contributed.SCOPE:
            return f"scope flagged {'once' if times == 1 else f'{times} times'}"
        case Contributed.ASSUMPTION:
            return f"{counted(times, 'assumption')} questioned"


def _difference(with_one: Group, without: Group) -> Iterator[_Row]:
    yield ["Hit or moved: ", *_shares(with_one.good, without.good)]
    if with_one.days_late or without.days_late:
        yield ["Against the day first planned: ", *_days(with_one, without)]
        if _is_enough(with_one.on_time) or _is_enough(without.on_time):
            yield ["Out by that day: ", *_shares(with_one.on_time, without.on_time)]


def _how_to_read(*groups: Group) -> str:
    """Below what is compared; nothing where there is nothing to read."""
    if any(_is_enough(group.good) or _is_enough(group.on_time) for group in groups):
        return f"After a share: its {with_unit(90, '%')} interval (Wilson). Association, not proof."
    return "Association, not proof." if any(group.median_late is not None for group in groups) else ""


def _is_enough(of: Proportion) -> bool:
    return of.of >= FEWEST_FOR_SHARE


def _shares(with_one: Proportion, without: Proportion) -> _Row:
    if not _is_enough(with_one) and not _is_enough(without):
        return [_not_enough(with_one.of, without.of, FEWEST_FOR_SHARE)]
    return [*_share(with_one, "with"), ", ", *_share(without, "without")]


def _share(of: Proportion, which: str) -> _Row:
    if not _is_enough(of):
        return [f"not enough yet {which} ({of.of} of {FEWEST_FOR_SHARE})"]
    low, high = of.interval.percents
    return [bold(of.in_percent), f" {which} ({low} to {with_unit(high, '%')}, n = {of.of})"]


def _days(with_one: Group, without: Group) -> _Row:
    if with_one.median_late is None and without.median_late is None:
        return [_not_enough(len(with_one.days_late), len(without.days_late), FEWEST_FOR_MEDIAN)]
    return [*_late(with_one, "with"), ", ", *_late(without, "without"), "; medians"]


def _late(group: Group, which: str) -> _Row:
    n, middle = len(group.days_late), group.median_late
    if middle is None:
        return [f"not enough yet {which} ({n} of {FEWEST_FOR_MEDIAN})"]
    how = "on the day"
    if middle:
        days = "1 day" if abs(middle) == 1 else f"{abs(middle):g} days"
        how = f"{days} {'late' if middle > 0 else 'early'}"
    return [bold(how), f" {which} (n = {n})"]


def _not_enough(with_one: int, without: int, fewest: int) -> str:
    return f"not enough yet ({with_one} with, {without} without; it needs {fewest} of one)"


def _seen(opinion: Opinion) -> _Row:
    before = f", {_level(opinion.before)} before" if opinion.before else ""
    return [f"{OPINIONS[opinion.template]}: ", bold(_level(opinion.lately)), before]


def _level(level: Level) -> str:
    if level.answered < FEWEST_FOR_MEDIAN:
        return f"not enough yet ({level.answered} of {FEWEST_FOR_MEDIAN} answers)"
    said = f"{level.mean:.1f} of 5" if level.yes is None else f"{level.yes.in_percent} yes"
    return f"{said} (n = {level.answered})"


def _left_out(rounds: LeftOut) -> str:
    said = []
    if rounds.withheld:
        said.append(f"{counted(rounds.withheld, 'anonymous round')} that too few answered")
    if rounds.without_function:
        those = counted(rounds.without_function, "round")
        said.append(f"{those} that asked who took part without counting by function")
    return f"Not in these numbers: {', '.join(said)}." if said else ""
