"""Finding retros, their people and launches, and what somebody is to one."""

from slackapp.features.retros.queries.retros import (
    launches,
    must_be_open,
    numbered,
    open_in,
    people,
    retro,
    role,
)

__all__ = ["launches", "must_be_open", "numbered", "open_in", "people", "retro", "role"]
