"""The status message of a retro: how it stands, what comes next, and buttons for it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from slack_sdk.models.blocks import Block, ButtonElement

from slackapp.core.words import clip, counted
from slackapp.features.launches.models import Launch
from slackapp.features.retros.blocks.moments import lasting, moment
from slackapp.features.retros.models import Retro
from slackapp.features.retros.queries.progress import Progress
from slackapp.features.retros.rules import FEWEST_HANDS, NAMES, Doing, Phase, Stop, Template, went_back
from slackapp.slack.blocks import Confirm, Message, Part, actions, bold, button, channel, paragraph, small
from slackapp.slack.replies import Whisper
from slackapp.slack.text import quoted

PART = "retros.part"
NEXT = "retros.next"
MORE_TIME = "retros.more_time"
FACILITATE = "retros.facilitate"
CONFIDE = "retros.confide"
TAKE_OVER = "retros.take_over"

#: What people press to do their part.
PARTS: Mapping[Phase, str] = {
    Phase.COLLECT: "Write notes",
    Phase.GROUP: "Group notes",
    Phase.VOTE: "Vote",
    Phase.DISCUSS: "Discuss",
    Phase.CLOSE: "Score",
}
#: For whom that is.
FOR: Mapping[Phase, Doing] = {
    Phase.COLLECT: Doing.WRITE,
    Phase.GROUP: Doing.GROUP,
    Phase.VOTE: Doing.VOTE,
    Phase.DISCUSS: Doing.READ,
    Phase.CLOSE: Doing.SCORE,
}
#: What facilitators press to go on.
NEXTS: Mapping[Phase, str] = {
    Phase.COLLECT: "Reveal the notes",
    Phase.GROUP: "Begin voting",
    Phase.VOTE: "Begin discussing",
    Phase.DISCUSS: "Begin closing",
    Phase.CLOSE: "Close it",
}
_REVEAL = Confirm(
    "Reveal the notes?",
    "Everybody reads them then, and nobody can change theirs any more. You can go back to collect more.",
    "Reveal them",
)
#: What one press adds to a live phase.
MORE = timedelta(minutes=2)
#: Launches that are named.
_MOST_LAUNCHES = 3
_LONGEST_TITLE = 80


def title(about: Retro) -> str:
    """R-7 Post-launch review."""
    template = Template(about.template)
    if template is Template.CUSTOM:
        return f"{about.label} {clip(', '.join(about.columns), 150)}"
    return f"{about.label} {template.label}"


def status(progress: Progress) -> Message:
    """The message in the channel, the same for everybody."""
    about = progress.retro
    return Message(
        text=f"{quoted(title(about), 150)}: {NAMES[Phase(about.phase)]}",
        blocks=[*_words(progress), *_row(buttons(progress, frozenset(Doing)))],
    )


def status_for(progress: Progress, doings: Collection[Doing]) -> Whisper:
    """The same for one person, with the buttons for what they may do, and where the message is."""
    about = progress.retro
    where = paragraph(
        "Its message stands in ", channel(about.channel_id), ", and what came of it in its thread."
    )
    return Whisper(
        text=f"{quoted(title(about), 150)}: {NAMES[Phase(about.phase)]}",
        blocks=[*_words(progress), *_row(buttons(progress, doings)), where],
    )


def next_button(about: Retro) -> ButtonElement:
    """Begins the phase after the one that whoever presses it saw."""
    phase = Phase(about.phase)
    confirm = _REVEAL if phase is Phase.COLLECT else None
    return button(NEXT, NEXTS[phase], f"{about.id}:{about.step}", confirm=confirm)


def part_button(progress: Progress) -> ButtonElement | None:
    """What those who take part do now; None where there is nothing to do."""
    about = progress.retro
    phase = Phase(about.phase)
    if phase is Phase.CLOSE and not progress.launches:
        return None
    return button(PART, PARTS[phase], str(about.id), style="primary")


def buttons(progress: Progress, doings: Collection[Doing]) -> list[ButtonElement]:
    """For what somebody may do now who may do these things."""
    about, value = progress.retro, str(progress.retro.id)
    phase = Phase(about.phase)
    if not phase.is_open:
        return []
    part = part_button(progress)
    found = [part] if part is not None and FOR[phase] in doings else []
    if Doing.FACILITATE in doings:
        found += [next_button(about), *_more_time(about), button(FACILITATE, "Facilitate", value)]
    if Doing.CONFIDE in doings:
        found.append(button(CONFIDE, "Tell the facilitator", value))
    if progress.is_abandoned and Doing.TAKE_OVER in doings:
        found.append(button(TAKE_OVER, "Take over", value))
    return found


def _more_time(about: Retro) -> list[ButtonElement]:
    """In one sitting nobody has the time to fill in a form for that. Pressed twice it gives it once."""
    if about.phase_ends_at is None or not about.is_live:
        return []
    wanted = about.phase_ends_at + MORE - about.phase_began_at
    value = f"{about.id}:{about.step}:{wanted // timedelta(seconds=1)}"
    return [button(MORE_TIME, f"{lasting(MORE // timedelta(minutes=1))} more", value)]


def _row(found: Sequence[ButtonElement]) -> list[Block]:
    # The same id each time, so that whoever presses while it is drawn anew presses what is there then.
    return [actions(*found, block_id="retro")] if found else []


def _words(progress: Progress) -> list[Block]:
    about = progress.retro
    phase = Phase(about.phase)
    head: list[Part] = [bold(title(about))]
    if progress.launches:
        head += [", on ", _named(progress.launches)]
    if not phase.is_open:
        return [paragraph(*head), paragraph(*_ended(progress))]
    lines = [paragraph(*head), paragraph(bold(NAMES[phase]), *_stands(progress))]
    lines += [paragraph(*line) for line in _besides(progress)]
    return [*lines, *(small(line) for line in _quietly(progress))]


def _named(launches: Sequence[Launch]) -> str:
    names = [f"{launch.label} {clip(launch.title, _LONGEST_TITLE)}" for launch in launches[:_MOST_LAUNCHES]]
    left = len(launches) - len(names)
    return ", ".join(names) + (f" and {left} more" if left else "")


def _stands(progress: Progress) -> list[Part]:
    """After the phase's name: until when, and how far."""
    about = progress.retro
    until: list[Part] = []
    if about.phase_ends_at is not None:
        until = [" ", moment("until", about.phase_ends_at, is_live=about.is_live)]
    match Phase(about.phase):
        case Phase.COLLECT:
            return [*until, f" · {_of(progress.handed_in, progress.meant)} handed in"]
        case Phase.VOTE:
            return [*until, f" · {_of(progress.voters, progress.meant)} voted"]
        case Phase.GROUP:
            return [f" · {counted(progress.notes, 'note')}, {counted(progress.topics, 'topic')} so far"]
        case Phase.DISCUSS:
            return _discussed(progress)
        case _:
            return [" · What happened to users?"]


def _of(number: int, meant: int | None) -> str:
    return str(number) if meant is None else f"{number} of {meant}"


def _discussed(progress: Progress) -> list[Part]:
    about, now = progress.retro, progress.discussed
    if now is None:
        left = (
            f" · {counted(progress.topics, 'topic')}"
            if progress.topics
            else " · what happened, without notes"
        )
        return [left]
    said: list[Part] = [f" · topic {now.topic.place} of {now.topics}: ", bold(now.topic.name)]
    if about.is_live and now.topic.discussed_from is not None:
        said += [", ", moment("since", now.topic.discussed_from, is_live=about.is_live)]
    if about.topic_minutes:
        said.append(f", {lasting(about.topic_minutes)} each")
    return said


def _besides(progress: Progress) -> list[list[Part]]:
    """What is not as usual, each in a line of its own."""
    about = progress.retro
    lines: list[list[Part]] = []
    if progress.is_abandoned:
        lines.append(
            [f"{progress.facilitator}, who facilitated, is not here any more. Somebody can take over."]
        )
    if about.phase == Phase.COLLECT and about.phase_ends_at is None and about.late_since is not None:
        lines.append([_why_it_waits(progress)])
    if went_back([Phase(entry.phase) for entry in progress.log]):
        lines.append(["The retro went back to this. Notes that were revealed can still be read."])
    return lines


def _why_it_waits(progress: Progress) -> str:
    waits = f"It waits for its facilitator {progress.facilitator} to go on, or to give it more time."
    if progress.handed_in == 0:
        return f"The time is over, and nobody has handed in anything. {waits}"
    if progress.stop is Stop.TOO_FEW:
        return f"The time is over, and of fewer than {FEWEST_HANDS} people nothing is revealed. {waits}"
    return f"What is handed in now is marked as late. {waits}"


def _quietly(progress: Progress) -> list[str]:
    about = progress.retro
    helpers = f", with {', '.join(progress.co_facilitators)}" if progress.co_facilitators else ""
    return [f"{_next(about)} Facilitator: {clip(progress.facilitator + helpers, 300)}.", _promise(about)]


def _next(about: Retro) -> str:
    match Phase(about.phase):
        case Phase.COLLECT:
            return "First see in the thread what happened. Next: everybody reads the notes and votes."
        case Phase.GROUP:
            return f"Next: voting, for {lasting(about.vote_minutes)}."
        case Phase.VOTE:
            return "Next: the topics are discussed, those with the most votes first."
        case Phase.DISCUSS:
            return "Next: closing, with what happened to users."
        case _:
            return "Next: the summary comes here."


def _promise(about: Retro) -> str:
    if about.phase == Phase.VOTE:
        return "Nobody is shown how you voted."
    if not about.is_anonymous:
        return "Not anonymous: your name stands beside your notes once they are revealed."
    if about.phase == Phase.COLLECT:
        return (
            "Anonymous: notes are kept without author and time, and revealed together and shuffled, "
            f"once {FEWEST_HANDS} people or more have written some."
        )
    return "Anonymous: it is kept nowhere who wrote what."


def _ended(progress: Progress) -> list[Part]:
    about, last = progress.retro, progress.log[-1]
    when = moment("Cancelled" if about.phase == Phase.CANCELLED else "Closed", last.began_at, is_live=False)
    if about.phase == Phase.CANCELLED:
        return [when, ". Its notes are erased."]
    people = "1 person" if progress.handed_in == 1 else f"{progress.handed_in} people"
    return [when, f". {people} handed in."]
