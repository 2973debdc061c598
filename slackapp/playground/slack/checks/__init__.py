"""What Slack's Block Kit refuses: pure checks of message arguments and views."""

from .messages import check_message
from .options import check_options
from .problem import Problem
from .views import check_view

__all__ = ["Problem", "check_message", "check_options", "check_view"]
