"""The launch as a sentence that can turn out wrong, and what such a sentence still lacks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from slackapp.core.words import written_day
from slackapp.features.launches.rules.kinds import FeltBy, Kind
from slackapp.features.metrics.rules import Direction, show


@dataclass(frozen=True)
class Hypothesis:
    """What of a launch the sentence is made of."""

    title: str
    audience: str
    metric: str | None
    direction: Direction | None
    unit: str
    baseline: Decimal | None
    target: Decimal | None
    because: str
    day: date
    checkpoints: Sequence[int]
    kind: Kind = Kind.FEATURE
    #: Of technical work: the outcome it unlocks, and who feels it.
    unlocks: str = ""
    felt_by: FeltBy | None = None


#: A piece of the sentence, and whether the person's own words are in it.
Piece = tuple[str, bool]

_VERBS = {
    Direction.UP: "raise",
    Direction.DOWN: "reduce",
    Direction.HOLD_UP: "not let",
    Direction.HOLD_DOWN: "not let",
}
_HOLDS = {Direction.HOLD_UP: (" fall", " below "), Direction.HOLD_DOWN: (" rise", " above ")}
_SEVERAL = re.compile(r"\s(?:and|und|et|y|plus|&|\+)\s|[,;/]")


def hypothesis(of: Hypothesis) -> list[Piece]:
    """We believe {change} for {whom} will {raise, reduce} {metric} from … to … by {date}, because …"""
    title, audience, because = _within(of.title), _within(of.audience, "for"), _within(of.because, "because")
    pieces: list[Piece] = [("We believe ", False), (title, True), (" for ", False), (audience, True)]
    if of.metric is None:
        return [*pieces, (" will help, and no metric says so yet.", False)]
    if of.direction is None:
        pieces += [(" will change ", False), (of.metric, True)]
    else:
        pieces += [(f" will {_VERBS[of.direction]} ", False), (of.metric, True)]
        pieces += _numbers(of, of.direction)
    by = of.day + timedelta(days=max(of.checkpoints))
    holds = of.direction is not None and of.direction.holds
    pieces += [(f" {'until' if holds else 'by'} {written_day(by)}", False)]
    if because:
        pieces += [(", because ", False), (because, True)]
    return [*pieces, (".", False)]


def _within(words: str, said_before: str = "") -> str:
    """A person's words inside our sentence: without a full stop, and without what we say ourselves."""
    words = words.rstrip(" .") or words
    head, _, rest = words.partition(" ")
    return rest if rest and head.lower() == said_before else words


def _numbers(of: Hypothesis, direction: Direction) -> list[Piece]:
    if direction.holds:
        moves, past = _HOLDS[direction]
        if of.baseline is None:
            return [(moves, False)]
        return [(f"{moves}{past}", False), (show(of.baseline, of.unit), True)]
    if of.baseline is None or of.target is None:
        return []
    return [
        (" from ", False),
        (show(of.baseline, of.unit), True),
        (" to ", False),
        (show(of.target, of.unit), True),
    ]


def lint(of: Hypothesis) -> list[str]:
    """Questions about the sentence. They are asked, and block nothing."""
    questions = []
    if of.metric is None:
        questions.append(
            "How will you know whether it worked? No metric is named yet, so that is asked later."
        )
    elif of.baseline is None:
        questions.append("How much should it change? Without two numbers there will be no verdict.")
    if of.metric and _SEVERAL.search(of.metric):
        questions.append("Is this more than one metric? A launch is judged by one.")
    if not of.because:
        questions.append("Because of what? With a reason written down, the outcome teaches more.")
    if of.kind is Kind.TECHNICAL and not of.unlocks:
        questions.append("Which outcome does this work unlock?")
    if of.kind is Kind.TECHNICAL and of.felt_by is None:
        questions.append("Will users feel it, or does it make engineering more comfortable? Both are fine.")
    return questions


def cases(of: Hypothesis) -> tuple[list[Piece], list[Piece]]:
    """The case for technical work as it is usually made, and as it convinces; what is missing is named."""
    title = _within(of.title)
    weak = [("We should do ", False), (title, True), (": the code needs it.", False)]
    strong = [(title, True), (" unlocks ", False), _or_blank(_within(of.unlocks), "which outcome?")]
    strong += [(" for ", False), (_within(of.audience, "for"), True)]
    strong += [(", seen in ", False), _or_blank(of.metric, "which metric?"), (".", False)]
    return weak, strong


def _or_blank(words: str | None, blank: str) -> Piece:
    return (words, True) if words else (f"({blank})", False)
