"""What the clock asks of polls."""

from slackapp.core.jobs import Job

JOBS: tuple[Job, ...] = ()
