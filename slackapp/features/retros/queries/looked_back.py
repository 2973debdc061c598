"""The launches a retro looks back on: what happened after them, and what people say of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from slackapp.core.transaction import Tx
from slackapp.features.follow_ups.queries import Answer, answer_of, final_of_launch
from slackapp.features.follow_ups.rules import FollowUpState, NoNumber
from slackapp.features.launches.models import Launch
from slackapp.features.metrics.rules import show
from slackapp.features.retros.models import Retro, RetroLaunch, Score
from slackapp.features.retros.rules.record import LookedBackOn, Mark
from slackapp.features.workspaces.models import Channel

#: Launches in one form: Slack takes a hundred blocks.
ON_A_PAGE = 20


@dataclass(frozen=True)
class Scored:
    """A launch to score, and what this person said of it so far."""

    launch_id: int
    launch: LookedBackOn
    own: Score | None


@dataclass(frozen=True)
class Closing:
    """What the form of the close shows one person."""

    retro: Retro
    launches: Sequence[Scored]
    page: int
    is_last: bool
    facilitates: bool


async def scored_launches(tx: Tx, about: Retro) -> Sequence[Launch]:
    """The launches it looks back on, as far as they are its channel's, or anybody's to read."""
    public = select(Channel.channel_id).where(
        Channel.workspace_id == tx.workspace_id, Channel.is_private.is_(False)
    )
    found = await tx.session.scalars(
        select(Launch)
        .join(RetroLaunch, RetroLaunch.launch_id == Launch.id)
        .where(
            Launch.workspace_id == tx.workspace_id,
            RetroLaunch.workspace_id == tx.workspace_id,
            RetroLaunch.retro_id == about.id,
            or_(Launch.channel_id == about.channel_id, Launch.channel_id.in_(public)),
        )
        .order_by(Launch.number)
    )
    return found.all()


async def closing(tx: Tx, about: Retro, user_id: str, *, facilitates: bool, page: int = 0) -> Closing:
    """What the form of the close shows this person. Nobody's scores but their own."""
    launches = await scored_launches(tx, about)
    shown = launches[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    own = await own_scores(tx, about, user_id)
    return Closing(
        about,
        [Scored(each.id, await _looked_back_on(tx, each, ()), own.get(each.id)) for each in shown],
        page,
        is_last=(page + 1) * ON_A_PAGE >= len(launches),
        facilitates=facilitates,
    )


async def own_scores(tx: Tx, about: Retro, user_id: str) -> Mapping[int, Score]:
    """What this person said so far, by launch."""
    found = await tx.session.scalars(
        select(Score)
        .where(Score.workspace_id == tx.workspace_id, Score.retro_id == about.id, Score.voter == user_id)
        .execution_options(populate_existing=True)
    )
    return {score.launch_id: score for score in found}


async def looked_back_on(tx: Tx, about: Retro) -> Sequence[LookedBackOn]:
    """With the scores: of a closed retro alone."""
    scores: dict[int, list[Score]] = {}
    found = await tx.session.scalars(
        select(Score).where(Score.workspace_id == tx.workspace_id, Score.retro_id == about.id)
    )
    for score in found:
        scores.setdefault(score.launch_id, []).append(score)
    return [
        await _looked_back_on(tx, each, scores.get(each.id, ())) for each in await scored_launches(tx, about)
    ]


async def _looked_back_on(tx: Tx, launch: Launch, scores: Sequence[Score]) -> LookedBackOn:
    final = await final_of_launch(tx, launch.id)
    answer = None if final is None else await answer_of(tx, final)
    reading = None if answer is None else answer.reading
    return LookedBackOn(
        label=launch.label,
        title=launch.title,
        works=Mark.of([score.works for score in scores if score.works is not None]),
        needed=Mark.of([score.needed for score in scores if score.needed is not None]),
        metric=launch.metric or "",
        before="" if launch.baseline is None else show(launch.baseline, launch.unit),
        hoped="" if launch.target is None else show(launch.target, launch.unit),
        after="" if reading is None else show(reading.value, reading.unit),
        days=0 if reading is None else (reading.observed_on - launch.day).days,
        verdict=launch.standing or "",
        guardrail_loss=bool(launch.guardrail_loss),
        unanswered="" if answer is None or reading is not None else _why(answer),
    )


def _why(answer: Answer) -> str:
    """Why there is no number; empty while it is still to come."""
    match answer.follow_up.state:
        case FollowUpState.NO_NUMBER:
            return NoNumber(answer.follow_up.no_number or NoNumber.DATA_MISSING).label
        case FollowUpState.EXPIRED:
            return "Nobody could say"
        case _:
            return ""
