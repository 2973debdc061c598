"""What the clock asks of retros."""

from collections.abc import Sequence

from slackapp.core.jobs import Job
from slackapp.features.retros.jobs import deadlines, forgetting, offers, reminders, roll, series

JOBS: Sequence[Job] = (
    *roll.JOBS,
    *deadlines.JOBS,
    *reminders.JOBS,
    *forgetting.JOBS,
    *series.JOBS,
    *offers.JOBS,
)
