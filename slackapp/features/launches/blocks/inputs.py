"""The eight inputs of a launch, who and why before how, and how any input shows what was typed into it."""

from collections.abc import Mapping, Sequence
from datetime import date

from slack_sdk.models.blocks import Block, InputBlock

from slackapp.features.launches.rules import NOT_SAID
from slackapp.slack.blocks import MOST_TYPED, Field, choice, entry, some_day
from slackapp.slack.routes import Value

NEW_VERSION = "Changing this makes a new version, and the card says so."


def eight_inputs(typed: Mapping[str, Value], today: date, *, frozen: bool, focus: bool) -> list[Block]:
    """`frozen`: what counts stands already. `focus`: the writing begins at the first that is empty."""
    problem = "What user problem are we solving with this feature?"
    metric = "How will this feature impact our key business metrics?"
    from_to = "Where it stands, and where you hope it goes."
    outcomes = "What are the desired outcomes for our users?"
    link = "Where do you look the number up?"
    first = next((each for each in ("title", "problem", "audience", "metric") if not typed.get(each)), "")

    def ask(about: Field, placeholder: str, *, multiline: bool = False) -> InputBlock:
        return text(typed, about, placeholder, multiline=multiline, focus=focus and first == about.block_id)

    return [
        ask(Field("title", "What shipped?"), "New onboarding"),
        ask(Field("problem", problem), "New teams give up before they see anything of value", multiline=True),
        ask(Field("audience", "For whom?"), "teams in their first week"),
        ask(Field("metric", metric, hint("Name one metric.", frozen=frozen), optional=True), "Activation"),
        ask(Field("from_to", "From → to", hint(from_to, frozen=frozen), optional=True), "40 % → 50 %"),
        ask(
            Field("outcomes", outcomes, optional=True),
            "They invite a colleague on the first day",
            multiline=True,
        ),
        ask(Field("link", link, "A link to the dashboard.", optional=True), "https://"),
        some_day(
            Field(
                "day",
                "Day",
                hint("The day it was out for its users, or is planned for.", frozen=frozen),
            ),
            initial=written(typed, "day") or today,
        ),
    ]


def hint(words: str, *, frozen: bool) -> str:
    return f"{words} {NEW_VERSION}" if frozen else words


def written(typed: Mapping[str, Value], block_id: str) -> str | None:
    """What stands in an input that takes one thing."""
    stands = typed.get(block_id)
    return stands if isinstance(stands, str) else None


def text(
    typed: Mapping[str, Value],
    about: Field,
    placeholder: str,
    *,
    multiline: bool = False,
    focus: bool = False,
) -> InputBlock:
    return entry(
        about,
        initial=written(typed, about.block_id),
        placeholder=placeholder,
        multiline=multiline,
        max_length=MOST_TYPED,
        focus=focus,
    )


def one_of(typed: Mapping[str, Value], about: Field, options: Sequence[tuple[str, str]]) -> InputBlock:
    """One of these, or nothing said."""
    unsaid = [(NOT_SAID, "Not said"), *options]
    return choice(about, unsaid, initial=written(typed, about.block_id) or NOT_SAID)
