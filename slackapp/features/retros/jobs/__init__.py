"""What the clock asks of retros."""

from collections.abc import Sequence

from slackapp.core.jobs import Job

JOBS: Sequence[Job] = ()
