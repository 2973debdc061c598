"""What the clock asks of retros."""

from collections.abc import Sequence

from slackapp.core.jobs import Job
from slackapp.features.retros.jobs import deadlines, reminders

JOBS: Sequence[Job] = (*deadlines.JOBS, *reminders.JOBS)
