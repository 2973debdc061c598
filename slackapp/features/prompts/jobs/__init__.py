"""What the clock asks of prompts, and what it will find due next."""

from slackapp.core.jobs import Job
from slackapp.features.prompts import queries
from slackapp.features.prompts.jobs.mornings import ask_what_is_due, due, people, rooms
from slackapp.features.prompts.jobs.upcoming import upcoming

__all__ = ["JOBS", "ask_what_is_due", "due", "rooms"]

JOBS = (
    Job(
        "prompts.ask_what_is_due",
        due,
        ask_what_is_due,
        rooms=rooms,
        people=people,
        next_at=queries.next_at,
        upcoming=upcoming,
    ),
)
