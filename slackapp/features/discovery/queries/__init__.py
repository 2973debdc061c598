"""Reads of discovery."""

from slackapp.features.discovery.queries.activities import Logged, activity, find, logged, offered, roles
from slackapp.features.discovery.queries.attendance import Attendance, attendance
from slackapp.features.discovery.queries.considerations import consideration, echoed, roles_for
from slackapp.features.discovery.queries.legs import Known, known

__all__ = [
    "Attendance",
    "Known",
    "Logged",
    "activity",
    "attendance",
    "consideration",
    "echoed",
    "find",
    "known",
    "logged",
    "offered",
    "roles",
    "roles_for",
]
