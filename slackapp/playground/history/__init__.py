"""Half a year of an invented company, made only by driving the app as its people would."""

from slackapp.playground.history.driver import HistoryError, Progress, live
from slackapp.playground.history.plan import END, START

__all__ = ["END", "START", "HistoryError", "Progress", "live"]
