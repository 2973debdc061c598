"""What the form that starts a retro asks below More: times, votes, who facilitates, and whether it recurs."""

from collections.abc import Mapping

from slack_sdk.models.blocks import Block, InputBlock, TimePickerElement, UserMultiSelectElement

from slackapp.features.retros.rules import NEVER, USUAL_CAP, WEEKS, Every, Weekday
from slackapp.features.retros.rules.draft import MOST_HELPERS
from slackapp.slack.blocks import VALUE, Field, choice, element, entry, markdown, someone
from slackapp.slack.routes import Value

_USUAL_TIME = "10:00"


def more_inputs(typed: Mapping[str, Value], *, user_id: str, weekday: Weekday) -> list[Block]:
    def written(name: str) -> str | None:
        value = typed.get(name)
        return value if isinstance(value, str) and value else None

    def line(about: Field, placeholder: str | None = None) -> InputBlock:
        return entry(about, initial=written(about.block_id), placeholder=placeholder)

    helpers = typed.get("co_facilitators")
    weekdays = [(str(day.value), day.label) for day in Weekday]
    return [
        markdown("*Time*"),
        line(
            Field("collect", "To write notes", hint="Left empty: 2 days; live, 7 minutes.", optional=True),
            "2 days",
        ),
        line(Field("vote", "To vote", hint="Left empty: 1 day; live, 3 minutes.", optional=True), "1 day"),
        line(
            Field("topic", "For each topic", hint="Left empty: live, 5 minutes; else open.", optional=True),
            "5 min",
        ),
        markdown("*Votes*"),
        line(
            Field(
                "votes_each",
                "Votes for each person",
                hint="Left empty: as many as suit the number of topics.",
                optional=True,
            ),
            "4",
        ),
        entry(Field("votes_cap", "On one topic at most"), initial=written("votes_cap") or str(USUAL_CAP)),
        markdown("*Who leads it*"),
        someone(
            Field("facilitator", "Facilitator", hint="Who begins the next phase and closes it."),
            initial=written("facilitator") or user_id,
        ),
        element(
            Field("co_facilitators", "Who helps", hint="They may do so, too.", optional=True),
            UserMultiSelectElement(
                action_id=VALUE,
                initial_users=helpers if isinstance(helpers, list) and helpers else None,
                max_selected_items=MOST_HELPERS,
            ),
        ),
        markdown("*Again*"),
        choice(
            Field("recurs", "Does it recur?", hint="The next one opens by itself, unless one is open then."),
            [(NEVER, "No"), *((str(weeks), Every.of_weeks(weeks).label) for weeks in WEEKS)],
            initial=written("recurs") or NEVER,
        ),
        choice(Field("weekday", "On which day?"), weekdays, initial=written("weekday") or str(weekday.value)),
        element(
            Field("at", "At what time?", hint="Where the facilitator is."),
            TimePickerElement(action_id=VALUE, initial_time=written("at") or _USUAL_TIME),
        ),
    ]
