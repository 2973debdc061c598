"""Words that several surfaces of a poll share: whom it names, how it is answered, what somebody said."""

from collections.abc import Sequence
from decimal import Decimal

from slackapp.core.words import clip, counted, plain
from slackapp.features.metrics.rules import show
from slackapp.features.polls.models import Poll, Question
from slackapp.features.polls.rules import FEWEST_SHOWN, Answer, Kind
from slackapp.features.polls.rules.answers import NO, SCALE, YES
from slackapp.features.polls.rules.templates import Template

#: Letters of an option that fit a button without being cut.
_SHORT = 30
#: Options that are asked for by a button each.
MOST_BUTTONS = 5

#: Letters of what somebody said, where it is said back to them in one line.
MOST_SAID = 150

ANONYMOUS = (
    "Anonymous: once this is closed nothing that is kept says who answered what. Results are shown then, "
    f"once, if {FEWEST_SHOWN} or more answered."
)
_NAMED = "Named: kept with your name; nobody is shown who said what, or who did not answer."
_BY_FUNCTION = (
    "Named: kept with your name so that it can be counted by function; nobody is shown who said what, or who "
    "did not answer. Functions of fewer than three are counted together."
)
_WHO_COMES = (
    "Named: kept with your name. Once this is closed the channel reads of which functions those are who will "
    "be there; nobody is shown who said what, or who did not answer."
)


def naming(poll: Poll) -> str:
    """What is kept of who answered."""
    return ANONYMOUS if poll.is_anonymous else names(poll.template, by_function=poll.by_function)


def names(template: str, *, by_function: bool) -> str:
    """The same of a poll with names."""
    if any(each.asks_who_comes and each == template for each in Template):
        # A function of which one alone comes is read, too.
        return _WHO_COMES
    return _BY_FUNCTION if by_function else _NAMED


def one_click(question: Question) -> Sequence[tuple[int, str]]:
    """What can be answered by a button: places and labels, or nothing if it takes a form."""
    match question.kind:
        case Kind.YES_NO:
            return [(YES, "Yes"), (NO, "No")]
        case Kind.SCALE:
            return [(place, str(place)) for place in SCALE]
        case Kind.SINGLE if (
            len(question.options) <= MOST_BUTTONS and max(map(len, question.options)) <= _SHORT
        ):
            return list(enumerate(question.options))
        case _:
            return []


def ends(question: Question) -> str:
    """What the ends of a scale mean; empty for others, and where nobody said."""
    if question.kind != Kind.SCALE or not any(question.options):
        return ""
    lowest, highest = (*question.options, "", "")[:2]
    named = [(SCALE[0], lowest), (SCALE[-1], highest)]
    return " · ".join(f"{place} = {plain(end)}" for place, end in named if end)


def how(question: Question) -> str:
    """How it is answered, where its buttons do not say so themselves."""
    match question.kind:
        case Kind.SCALE:
            return ends(question)
        case Kind.SINGLE:
            return "" if one_click(question) else f"Choose one of {len(question.options)} options."
        case Kind.MULTIPLE:
            return _how_many(question)
        case Kind.NUMBER:
            return _which_number(question)
        case Kind.TEXT:
            return "Answer in a few words."
        case _:
            return ""


def said(question: Question, answer: Answer) -> str:
    """The answer in words, in one line; plain, not escaped."""
    match question.kind:
        case Kind.YES_NO:
            return "Yes" if answer.option == YES else "No"
        case Kind.SCALE:
            return str(answer.option)
        case Kind.SINGLE:
            return clip(_option(question, answer.option or 0), MOST_SAID)
        case Kind.MULTIPLE:
            return clip(", ".join(chosen_of(question, answer)), MOST_SAID)
        case Kind.NUMBER:
            return show(answer.number or Decimal(0), question.unit)
        case _:
            return f"“{clip(plain(answer.text or ''), MOST_SAID)}”"


def chosen_of(question: Question, answer: Answer) -> Sequence[str]:
    """What was chosen of several, in the options' order."""
    return [_option(question, place) for place in answer.choices]


def _option(question: Question, place: int) -> str:
    return question.options[place] if place < len(question.options) else ""


def _how_many(question: Question) -> str:
    there = len(question.options)
    fewest, most = question.fewest or 1, question.most or there
    if fewest == most:
        return f"Choose {fewest} of {counted(there, 'option')}."
    if most == there:
        return f"Choose {'what fits' if fewest == 1 else f'at least {fewest}'} of {counted(there, 'option')}."
    return f"Choose {fewest} to {most} of {counted(there, 'option')}."


def _which_number(question: Question) -> str:
    low, high, unit = question.lowest, question.highest, question.unit
    if low is not None and high is not None:
        return f"Answer with a number from {show(low)} to {show(high, unit)}."
    if low is not None:
        return f"Answer with a number, {show(low, unit)} or more."
    if high is not None:
        return f"Answer with a number, {show(high, unit)} or less."
    return f"Answer with a number ({unit})." if unit else "Answer with a number."


def lasting(minutes: int) -> str:
    """A length of time in words: 4 hours, 2 days."""
    for size, name in ((24 * 60, "day"), (60, "hour")):
        if minutes % size == 0:
            return counted(minutes // size, name)
    return counted(minutes, "minute")
