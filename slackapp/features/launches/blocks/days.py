"""A launch's days in words: when it is planned for, and when it is asked about."""

from slackapp.core.words import written_day
from slackapp.features.launches.models import Launch


def planned_for(launch: Launch) -> str:
    """Planned for 12 Dec 2026, first for 1 Dec 2026, moved twice."""
    text = f"planned for {written_day(launch.day)}"
    if launch.slips and launch.first_day is not None:
        times = {1: "once", 2: "twice"}.get(launch.slips, f"{launch.slips} times")
        text += f" · first planned for {written_day(launch.first_day)}, moved {times}"
    return text


def asked_after(launch: Launch) -> str:
    """After 7, 30 and 90 days, in its own words."""
    days = [str(n) for n in launch.checkpoints]
    return f"after {' and '.join(filter(None, [', '.join(days[:-1]), days[-1]]))} days"
