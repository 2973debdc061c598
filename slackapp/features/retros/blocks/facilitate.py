"""The Facilitate form: everything a facilitator may do besides going on."""

from slack_sdk.models.blocks import (
    Block,
    StaticMultiSelectElement,
    UserMultiSelectElement,
)
from slack_sdk.models.views import View

from slackapp.core.words import clip
from slackapp.features.retros.blocks.moments import lasting, moment
from slackapp.features.retros.blocks.status import FACILITATE, next_button, title
from slackapp.features.retros.blocks.waiting import cancel_button
from slackapp.features.retros.models import Retro
from slackapp.features.retros.queries.facilitating import Facilitating
from slackapp.features.retros.rules import NAMES, Doing, Phase, before, length
from slackapp.features.retros.rules.draft import MOST_HELPERS, MOST_PEOPLE
from slackapp.features.retros.rules.facilitating import YES
from slackapp.slack.blocks import (
    VALUE,
    Confirm,
    Field,
    Part,
    actions,
    bold,
    boxes,
    button,
    element,
    entry,
    form,
    paragraph,
    small,
    someone,
)
from slackapp.slack.plain import Choice, Plain

BACK = "retros.back"
END_SERIES = "retros.end_series"

#: Phases in which the number of votes still matters.
_BEFORE_VOTES_COUNT = frozenset({Phase.COLLECT, Phase.GROUP, Phase.VOTE})


def facilitate(known: Facilitating) -> View:
    about = known.progress.retro
    phase = Phase(about.phase)
    if not phase.is_open:
        return over(about)
    blocks: list[Block] = [paragraph(bold(title(about))), paragraph(*_stands(about)), _steps(known)]
    blocks += _timing(about) + _voting(about) + _people(known) + _launches(known)
    if Doing.RUN in known.doings:
        blocks += _running(known)
    return form(
        "Facilitate",
        callback_id=FACILITATE,
        submit="Save",
        metadata=f"{about.id}:{about.step}",
        blocks=blocks,
    )


def over(about: Retro) -> View:
    """In place of the form: there is nothing left to facilitate."""
    return View(
        type="modal",
        title=Plain("Facilitate"),
        close=Plain("Close"),
        blocks=[paragraph(f"{title(about)}: {NAMES[Phase(about.phase)].lower()}.")],
    )


def _stands(about: Retro) -> list[Part]:
    now: list[Part] = [f"{NAMES[Phase(about.phase)]}"]
    if about.phase_ends_at is not None:
        return [*now, " ", moment("until", about.phase_ends_at, is_live=about.is_live), "."]
    return [*now, ", until a facilitator goes on."]


def _steps(known: Facilitating) -> Block:
    about = known.progress.retro
    found = [next_button(about)]
    earlier = before(Phase(about.phase), known.progress.notes)
    if earlier is not None:
        name = NAMES[earlier].lower()
        asks = Confirm(
            "Go back?",
            f"Everybody is back at {name}. What was done since stays as far as it still fits.",
            "Go back",
        )
        found.append(button(BACK, f"Back to {name}", f"{about.id}:{about.step}", confirm=asks))
    if about.series_id is not None:
        asks = Confirm("End the series?", "This retro goes on. No other opens by itself.", "End it")
        found.append(button(END_SERIES, "End the series", str(about.id), confirm=asks))
    if Doing.RUN in known.doings:
        found.append(cancel_button(about))
    return actions(*found)


def _timing(about: Retro) -> list[Block]:
    usual = length(Phase(about.phase), collect_minutes=about.collect_minutes, vote_minutes=about.vote_minutes)
    if usual is None:
        return []
    lasts = lasting(int(usual.total_seconds()) // 60)
    blocks: list[Block] = [
        entry(
            Field(
                "ends_in",
                "End this phase in",
                hint="Such as 5 min, 4 hours or 2 days from now. Empty: it stays as it is.",
                optional=True,
            ),
            placeholder=lasts,
            max_length=30,
        ),
    ]
    if about.phase_ends_at is not None:
        endless = Field("endless", "Deadline", optional=True)
        blocks.append(boxes(endless, [(YES, "None: it lasts until a facilitator goes on")]))
    return blocks


def _voting(about: Retro) -> list[Block]:
    if Phase(about.phase) not in _BEFORE_VOTES_COUNT:
        return []
    return [
        entry(
            Field(
                "votes_each", "Votes each", hint="Empty: as many as fit the number of topics.", optional=True
            ),
            initial=str(about.votes_each) if about.votes_each is not None else None,
            max_length=10,
        ),
        entry(Field("votes_cap", "At most on one topic"), initial=str(about.votes_cap), max_length=10),
    ]


def _people(known: Facilitating) -> list[Block]:
    about = known.progress.retro
    who = "Everybody in the channel takes part." if about.whole_channel else "They are told by you."
    return [
        element(
            Field("invited", "Invite more people", hint=who, optional=True),
            UserMultiSelectElement(action_id=VALUE, max_selected_items=MOST_PEOPLE),
        )
    ]


def _launches(known: Facilitating) -> list[Block]:
    if not known.launches:
        return []
    options = [
        Choice(str(launch.id), clip(f"{launch.label} {launch.title}", 75)) for launch in known.launches
    ]
    return [
        element(
            Field("launches", "Look back on more launches", optional=True),
            StaticMultiSelectElement(action_id=VALUE, options=options),
        )
    ]


def _running(known: Facilitating) -> list[Block]:
    about = known.progress.retro
    blocks: list[Block] = [
        element(
            Field(
                "helpers", "Co-facilitators", hint="They go on, go back and close as you do.", optional=True
            ),
            UserMultiSelectElement(
                action_id=VALUE, initial_users=list(known.helpers) or None, max_selected_items=MOST_HELPERS
            ),
        ),
        someone(
            Field("facilitator", "Facilitator", hint="Choose another to hand it over."),
            initial=about.facilitator_id,
        ),
    ]
    if about.is_anonymous:
        return [*blocks, small("This retro is anonymous. That cannot be turned off.")]
    return [
        *blocks,
        boxes(
            Field(
                "anonymous",
                "Without names",
                hint="Who wrote what is erased, also of what is there. It cannot be turned off again.",
                optional=True,
            ),
            [(YES, "Make it anonymous")],
        ),
    ]
