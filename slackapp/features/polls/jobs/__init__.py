"""What the clock asks of polls."""

from collections.abc import Sequence

from slackapp.core.jobs import Job
from slackapp.features.polls.jobs import asking, deadlines, forgetting, reminders, roll, rounds

JOBS: Sequence[Job] = (
    *deadlines.JOBS,
    *rounds.JOBS,
    *roll.JOBS,
    *asking.JOBS,
    *reminders.JOBS,
    *forgetting.JOBS,
)
