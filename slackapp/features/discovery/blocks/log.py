"""What was done to find out what to build: the form, and the message that says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import (
    Block,
    ConversationFilter,
    ConversationSelectElement,
    InputBlock,
    PlainTextObject,
)
from slack_sdk.models.views import View

from slackapp.core.forms import FormMemory
from slackapp.core.words import clip, written_day
from slackapp.features.discovery.queries import Logged
from slackapp.features.discovery.rules import NO_LAUNCH, ActivityKind, Contributed, Spec
from slackapp.features.launches.models import Launch
from slackapp.features.metrics.rules import show
from slackapp.features.workspaces.rules import Function
from slackapp.slack.blocks import (
    Confirm,
    Field,
    Message,
    Part,
    actions,
    bold,
    boxes,
    bullets,
    button,
    channel,
    choice,
    entry,
    form,
    paragraph,
    some_day,
    user,
)
from slackapp.slack.routes import Value
from slackapp.slack.text import escape

LOG = "discovery.log"
#: In that form another channel is chosen, and with it other launches.
CHANNEL = "discovery.log_channel"
EDIT = "discovery.edit"
REMOVE = "discovery.remove"

#: More than is kept, so that what was typed too long is not cut off but said to be so.
_ROOM = 3000

_REMOVE = Confirm("Remove it?", "It is not counted any more, and the launch's card says so.", "Remove")


@dataclass(frozen=True)
class LogState(FormMemory):
    """What the form has to remember between its redraws."""

    #: Where it was opened. Empty: in no channel, so it is asked.
    channel: str
    #: The activity it changes; 0: a new one.
    activity: int = 0


@dataclass(frozen=True)
class LogView:
    state: LogState
    today: date
    #: The function of whoever fills it in, if it is known.
    own: Function | None
    launches: Sequence[Launch]
    #: A poll counted who was there, and what came of it is still to be said.
    is_counted: bool = False


def log_form(view: LogView, typed: Mapping[str, Value]) -> View:
    """`typed` is what stands in its inputs already, by block id."""
    is_new = not view.state.activity
    return form(
        "Log discovery" if is_new else "What came of it?" if view.is_counted else "Edit what was logged",
        callback_id=LOG,
        submit="Log it" if is_new else "Save",
        metadata=view.state.write(),
        blocks=[
            *_where(view.state, typed),
            choice(
                Field("kind", "What was done?"),
                [(kind.value, kind.label) for kind in ActivityKind],
                initial=_one(typed, "kind"),
            ),
            some_day(Field("day", "Day"), initial=_one(typed, "day") or view.today),
            *_launch(view.launches, typed),
            choice(
                Field("spec", "Before or after the spec?"),
                [
                    (Spec.BEFORE, "Before the spec"),
                    (Spec.AFTER, "After the spec"),
                    (Spec.NOT_SAID, "Not said"),
                ],
                initial=_one(typed, "spec") or Spec.NOT_SAID,
            ),
            boxes(
                Field("present", "Who was there?", hint="Functions are counted, nobody's name is kept."),
                [(function.value, function.label) for function in Function],
                ticked=_several(typed, "present", [view.own] if view.own else []),
            ),
            boxes(
                Field("came", "What did engineering bring to it?", optional=True),
                [(each.value, each.label) for each in Contributed],
                ticked=_several(typed, "came", []),
            ),
            entry(
                Field(
                    "weeks_saved",
                    "Weeks saved",
                    hint="By a cheaper alternative, or by an assumption that was questioned in time.",
                    optional=True,
                ),
                initial=_one(typed, "weeks_saved"),
                placeholder="3",
                max_length=_ROOM,
            ),
            entry(
                Field("note", "What came of it, in a sentence", optional=True),
                initial=_one(typed, "note"),
                placeholder="Teams give up at the import, not at the invitation",
                multiline=True,
                max_length=_ROOM,
            ),
        ],
    )


def as_typed_in(logged: Logged) -> dict[str, Value]:
    """What stands, as it would be typed into the form."""
    activity = logged.activity
    return {
        "kind": activity.kind,
        "day": activity.day.isoformat(),
        "launch": NO_LAUNCH if activity.launch_id is None else str(activity.launch_id),
        "spec": Spec.of(activity.before_spec).value,
        "present": [each.value for each in logged.present],
        "came": [each.value for each in logged.contributions],
        "weeks_saved": None if activity.weeks_saved is None else show(activity.weeks_saved),
        "note": activity.note or None,
    }


def logged_message(logged: Logged) -> Message:
    """What the channel reads: what was done, with whom, and what came of it."""
    activity = logged.activity
    kind = ActivityKind(activity.kind).label
    when = f" on {written_day(activity.day)}"
    if (said := Spec.of(activity.before_spec)) is not Spec.NOT_SAID:
        when += f", {said.value} the spec"
    about: list[Part] = []
    if logged.launch is not None:
        of = " of " if said is not Spec.NOT_SAID else ", about "
        about = [of, bold(f"{logged.launch.label} {logged.launch.title}")]
    value = str(activity.id)
    by: list[Part] = ["Logged by ", user(activity.logged_by)]
    if logged.counted_by:
        by = [f"Counted by {logged.counted_by} of ", user(activity.logged_by)]
    blocks: list[Block] = [paragraph(bold(kind), when, *about, ".")]
    if rows := [*_present(logged), *_came(logged)]:
        blocks.append(bullets(rows))
    return Message(
        text=escape(f"{kind}{when}."),
        blocks=[
            *blocks,
            paragraph(*by),
            actions(button(EDIT, "Edit", value), button(REMOVE, "Remove", value, confirm=_REMOVE)),
        ],
    )


def removed(kind: ActivityKind, day: date, by: str) -> Message:
    """What stands in place of what was logged by mistake."""
    what = f"{kind.label} on {written_day(day)} was removed by "
    return Message(f"{kind.label} on {written_day(day)} was removed.", [paragraph(what, user(by), ".")])


def functions_named(functions: Sequence[Function]) -> str:
    """Engineering, product and design."""
    names = [function.label for function in functions]
    names = [names[0], *(name.lower() for name in names[1:])] if names else []
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _present(logged: Logged) -> list[list[Part]]:
    return [[f"{functions_named(logged.present)} took part"]] if logged.present else []


def _came(logged: Logged) -> list[list[Part]]:
    rows: list[list[Part]] = [[each.label] for each in logged.contributions]
    if (weeks := logged.activity.weeks_saved) is not None:
        rows.append([f"Saved about {show(weeks)} {'week' if weeks == 1 else 'weeks'}"])
    if logged.activity.note:
        rows.append([logged.activity.note])
    return rows


def _where(state: LogState, typed: Mapping[str, Value]) -> list[Block]:
    """What is logged stays in its channel; only a new one asks where."""
    if state.activity:
        return [paragraph("In ", channel(state.channel))]
    return [
        InputBlock(
            block_id="channel",
            label=PlainTextObject(text="Of which team?", emoji=False),
            hint="It is said in that channel, and counted there.",
            element=ConversationSelectElement(
                action_id=CHANNEL,
                initial_conversation=_one(typed, "channel") or state.channel or None,
                filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True),
            ),
            # Its launches are offered as soon as it is chosen.
            dispatch_action=True,
        )
    ]


def _launch(launches: Sequence[Launch], typed: Mapping[str, Value]) -> list[Block]:
    if not launches:
        return []
    options = [(str(each.id), clip(f"{each.label} {each.title}", 75)) for each in launches]
    chosen = _one(typed, "launch") or NO_LAUNCH
    return [
        choice(
            Field("launch", "About which launch?", hint="Its card counts it."),
            [(NO_LAUNCH, "No launch in particular"), *options],
            initial=chosen if chosen in {value for value, _ in options} else NO_LAUNCH,
        )
    ]


def _one(typed: Mapping[str, Value], block_id: str) -> str | None:
    stands = typed.get(block_id)
    return stands if isinstance(stands, str) else None


def _several(typed: Mapping[str, Value], block_id: str, otherwise: Sequence[str]) -> Sequence[str]:
    stands = typed.get(block_id, list(otherwise))
    return stands if isinstance(stands, list) else []
