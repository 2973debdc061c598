"""What people of each function answered, as far as that does not tell what one of them did."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from slackapp.features.polls.rules.tally import Numbers, Results
from slackapp.features.workspaces.rules import Function

#: In a team everybody knows who its one designer is: a function of fewer is counted with others.
FEWEST_OF_FUNCTION = 3

OTHERS = "Others"


def grouped(results: Results) -> Mapping[str, Results]:
    """By function, those of whom few answered together; nothing where that tells no more than the whole.

    Each group holds at least `FEWEST_OF_FUNCTION`, and so does what is left of the whole without any of them.
    """
    by_size = sorted(
        (each for each in results.by_function.items() if each[1].answered),
        key=lambda each: (each[1].answered, _name(each[0])),
    )
    together = [each for each in by_size if each[0] is None or each[1].answered < FEWEST_OF_FUNCTION]
    alone = [each for each in by_size if each not in together]
    while together and alone and sum(each.answered for _, each in together) < FEWEST_OF_FUNCTION:
        together.append(alone.pop(0))
    if not alone:
        return {}
    groups = {_name(function): each for function, each in sorted(alone, key=lambda each: _name(each[0]))}
    if together:
        groups[OTHERS] = _sum([each for _, each in together])
    return groups


def _name(function: Function | None) -> str:
    return OTHERS if function is None else function.label


def _sum(parts: Sequence[Results]) -> Results:
    """They answered the same question."""
    counts = [sum(each) for each in zip(*(part.counts for part in parts), strict=True)]
    found: Counter[Decimal] = Counter()
    for part in parts:
        if part.numbers is not None:
            found.update(dict(part.numbers.each))
    numbers = Numbers(sorted(found.items())) if found else None
    return Results(parts[0].kind, sum(part.answered for part in parts), None, counts=counts, numbers=numbers)
