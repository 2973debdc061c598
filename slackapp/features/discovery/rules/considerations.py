"""What a senior engineer said, as it is kept."""

from slackapp.core.errors import FieldError
from slackapp.core.words import tidy

#: What fits one text of Slack's.
LONGEST = 3000


def read_considerations(text: str) -> str:
    """Raises `FieldError` at `text` where there is nothing, or too much."""
    said = tidy(text)
    if not said:
        raise FieldError({"text": "Write what should be factored in; “none that I see” is an answer, too."})
    if len(said) > LONGEST:
        raise FieldError(
            {"text": f"Please keep this to {LONGEST} characters; the rest can go into the launch's thread."}
        )
    return said
