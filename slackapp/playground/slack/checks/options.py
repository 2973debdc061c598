"""What an app answers when somebody types into an external select."""

from .objects import MENU_OPTION, OPTION_GROUP
from .problem import Problem
from .schema import array, not_both, obj, some_of

_OPTIONS = obj(
    {},
    {"options": array(MENU_OPTION, 0, 100), "option_groups": array(OPTION_GROUP, 0, 100)},
    some_of("options", "option_groups"),
    not_both("options", "option_groups"),
)


def check_options(answer: object) -> list[Problem]:
    """The options or option groups of the answer; none is a valid answer, too: `{"options": []}`."""
    return [Problem("invalid_options", found.pointer, found.message) for found in _OPTIONS(answer)]
