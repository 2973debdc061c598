"""Rows of a channel's discovery, for tests of what a report counts."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from slackapp.core.transaction import Tx
from slackapp.features.discovery.models import Activity, Contribution, Present
from slackapp.features.discovery.rules import ActivityKind, Contributed
from slackapp.features.launches.models import Launch, LaunchPerson
from slackapp.features.launches.rules import LaunchState, Took
from slackapp.features.metrics.rules import Verdict
from slackapp.features.polls.models import Poll, Question, Response, Round
from slackapp.features.polls.rules import Audience, Kind, Shows, Stage, Way
from slackapp.features.workspaces.models import Channel, Person
from slackapp.features.workspaces.rules import Function
from slackapp.features.workspaces.service import next_number
from tests.support.launched import a_launch

#: Who is of which function: E1 to E3, P1, D1; of X1 it is not known.
FUNCTIONS: Mapping[str, Function | None] = {
    "E1": Function.ENGINEERING,
    "E2": Function.ENGINEERING,
    "E3": Function.ENGINEERING,
    "P1": Function.PRODUCT,
    "D1": Function.DESIGN,
    "X1": None,
}


async def inhabit(tx: Tx, *, tz: str = "UTC", private: Sequence[str] = ()) -> None:
    """Channels C1 and C2, and these people."""
    tx.session.add_all(
        Channel(
            workspace_id=tx.workspace_id,
            channel_id=each,
            name=each.lower(),
            is_private=each in private,
            is_archived=False,
            is_member=True,
        )
        for each in ("C1", "C2")
    )
    tx.session.add_all(
        Person(workspace_id=tx.workspace_id, user_id=user, name=user, tz=tz, function=function)
        for user, function in FUNCTIONS.items()
    )
    await tx.session.flush()


async def ship(
    tx: Tx,
    day: date,
    *,
    verdict: Verdict | None = None,
    early: Sequence[str] = (),
    channel: str = "C1",
    **columns: object,
) -> Launch:
    """A launch that is out since that day; `early`: who said then that they were in before its spec."""
    number = await next_number(tx, "launch")
    state = LaunchState.OUT if verdict is None else LaunchState.MEASURED
    row: dict[str, object] = {"id": None, "workspace_id": tx.workspace_id, "number": number}
    row |= {"channel_id": channel, "day": day, "state": state, "verdict": verdict}
    launch = a_launch(None, **row | columns)
    tx.session.add(launch)
    await tx.session.flush()
    for user in early:
        await click(tx, launch, user)
    return launch


async def click(tx: Tx, launch: Launch, user: str, *, days_ago: float = 0) -> None:
    tx.session.add(
        LaunchPerson(
            workspace_id=tx.workspace_id,
            launch_id=launch.id,
            user_id=user,
            part=Took.BEFORE_SPEC,
            said_at=tx.now - timedelta(days=days_ago),
        )
    )
    await tx.session.flush()


async def log(  # noqa: PLR0913 - whatever an activity can be
    tx: Tx,
    day: date,
    present: Sequence[Function] = (Function.PRODUCT,),
    *,
    brought: Sequence[Contributed] = (),
    weeks_saved: str | None = None,
    launch: Launch | None = None,
    before_spec: bool | None = None,
    channel: str = "C1",
) -> None:
    activity = Activity(
        workspace_id=tx.workspace_id,
        channel_id=channel,
        kind=ActivityKind.INTERVIEW,
        day=day,
        launch_id=None if launch is None else launch.id,
        before_spec=before_spec,
        note="",
        weeks_saved=None if weeks_saved is None else Decimal(weeks_saved),
        logged_by="E1",
        logged_at=tx.now,
        round_id=None,
    )
    tx.session.add(activity)
    await tx.session.flush()
    ids = {"workspace_id": tx.workspace_id, "activity_id": activity.id}
    tx.session.add_all(Present(**ids, function=each) for each in present)
    tx.session.add_all(Contribution(**ids, kind=each) for each in brought)
    await tx.session.flush()


async def poll_of(
    tx: Tx,
    template: str,
    *,
    is_anonymous: bool = False,
    by_function: bool = False,
    channel: str = "C1",
    audience: Audience = Audience.CHANNEL,
) -> Poll:
    poll = Poll(
        workspace_id=tx.workspace_id,
        number=await next_number(tx, "poll"),
        channel_id=channel,
        created_by="P1",
        created_at=tx.now,
        template=template,
        thread="",
        is_anonymous=is_anonymous,
        way=Way.CHANNEL,
        audience=audience,
        functions=[],
        shows=Shows.AT_CLOSE,
        by_function=by_function,
        open_minutes=60,
        reminds=False,
        zone="UTC",
        in_own_zone=False,
    )
    tx.session.add(poll)
    await tx.session.flush()
    return poll


async def wording(
    tx: Tx, poll: Poll, text: str = "Did you take part?", kind: Kind = Kind.YES_NO, version: int = 1
) -> Question:
    asked = Question(
        workspace_id=tx.workspace_id,
        poll_id=poll.id,
        version=version,
        kind=kind,
        text=text,
        details="",
        options=[],
        unit="",
    )
    tx.session.add(asked)
    await tx.session.flush()
    return asked


async def round_of(
    tx: Tx,
    poll: Poll,
    asked: Question,
    day: date,
    answers: Mapping[str, int],
    *,
    stage: Stage = Stage.CLOSED,
) -> Round:
    """A round of that day in which these people gave these answers; too few of an anonymous poll are gone."""
    is_closed = stage is not Stage.OPEN
    is_withheld = is_closed and poll.is_anonymous and len(answers) < 5
    found = Round(
        workspace_id=tx.workspace_id,
        poll_id=poll.id,
        number=day.toordinal(),
        occurs_on=day,
        question_id=asked.id,
        stage=stage,
        opened_at=tx.now,
        closes_at=tx.now,
        closed_at=tx.now if is_closed else None,
        answered=len(answers) if is_closed else None,
        is_withheld=is_withheld,
    )
    tx.session.add(found)
    await tx.session.flush()
    tx.session.add_all(
        Response(
            workspace_id=tx.workspace_id,
            round_id=found.id,
            responder=f"random of {user}" if poll.is_anonymous else user,
            option=option,
            function=FUNCTIONS.get(user) if poll.by_function else None,
        )
        for user, option in answers.items()
        if not is_withheld
    )
    await tx.session.flush()
    return found
