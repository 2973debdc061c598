"""What stands in the form once another template is chosen: what somebody filled in themselves stays."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from slackapp.features.polls.rules.form import ANONYMOUS, Today, proposed
from slackapp.features.polls.rules.templates import Template

#: What says together how a question is answered: options of one kind are none of another.
ANSWER: Final = frozenset(
    {"kind", "options", "low_end", "high_end", "fewest", "most", "unit", "lowest", "highest"}
)
#: What no template proposes otherwise: it is never replaced.
WHOM: Final = frozenset({"audience", "people", "functions", "until"})


def own(typed: Mapping[str, object], template: Template, today: Today) -> frozenset[str]:
    """The inputs with something in them that `template`, which filled the form in, did not put there."""
    before = proposed(template, today)
    is_anonymous = typed.get("naming") == ANONYMOUS
    return frozenset(
        name
        for name, value in typed.items()
        if name != "template"
        and _plain(value, is_anonymous=is_anonymous) != _plain(before.get(name), is_anonymous=is_anonymous)
        # An input that was emptied has nothing in it to be lost; a list without ticks is a choice.
        and (_plain(value, is_anonymous=is_anonymous) or isinstance(value, list))
    )


def filled_anew(
    typed: Mapping[str, object], theirs: Collection[str], template: Template, today: Today
) -> dict[str, Any]:
    """What `template` proposes, and in place of that what somebody filled in themselves."""
    kept = {*theirs, *(ANSWER if ANSWER & {*theirs} else ())}
    values = proposed(template, today)
    # Of an answer of one's own nothing is mixed with the template's.
    values.update(dict.fromkeys({*kept} & ANSWER - {"kind"}, ""))
    return {**values, **{name: typed[name] for name in kept if name in typed}}


def _plain(value: object, *, is_anonymous: bool) -> object:
    """Comparable: lines without what nobody sees, ticks in any order."""
    if isinstance(value, list):
        # Without names it cannot be ticked.
        return sorted(each for each in value if not (is_anonymous and each == "by_function"))
    return "\n".join(line.strip() for line in value.strip().splitlines()) if isinstance(value, str) else ""
