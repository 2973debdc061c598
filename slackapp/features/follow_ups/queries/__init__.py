"""Follow-ups of this workspace, and what is known of an outcome as far as its reader may see it."""

from slackapp.features.follow_ups.queries.rows import (
    echoed,
    final_of_launch,
    follow_up,
    in_channel_message,
    is_shown,
    launches_waiting,
    note_planned,
    of_launch,
    planned_now,
    worker,
)
from slackapp.features.follow_ups.queries.stories import (
    Answer,
    Learned,
    Offer,
    Story,
    Watched,
    answer_of,
    offer,
    roles,
    story,
    watched,
)

__all__ = [
    "Answer",
    "Learned",
    "Offer",
    "Story",
    "Watched",
    "answer_of",
    "echoed",
    "final_of_launch",
    "follow_up",
    "in_channel_message",
    "is_shown",
    "launches_waiting",
    "note_planned",
    "of_launch",
    "offer",
    "planned_now",
    "roles",
    "story",
    "watched",
    "worker",
]
