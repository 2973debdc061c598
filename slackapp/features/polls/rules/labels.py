"""What the places of a question's answers stand for."""

from collections.abc import Sequence

from slackapp.features.polls.rules.answers import SCALE, Asked
from slackapp.features.polls.rules.kinds import Kind


def labels(question: Asked) -> Sequence[str]:
    """In the order in which results count them."""
    match question.kind:
        case Kind.YES_NO:
            return ["No", "Yes"]
        case Kind.SCALE:
            return [str(place) for place in SCALE]
        case Kind.SINGLE | Kind.MULTIPLE:
            return question.options
        case _:
            return ()
