"""Recording launches, planning them, changing them, and keeping their cards true.

Every transaction here takes the launch's lock before it changes anything of it.
"""

from slackapp.features.launches.service.drawing import card_key, redraw, view
from slackapp.features.launches.service.editing import edit
from slackapp.features.launches.service.inviting import invited
from slackapp.features.launches.service.metric import (
    give_up_metric,
    metric_expired,
    name_metric,
    want_metric,
    wants_metric,
)
from slackapp.features.launches.service.outcome import (
    changes_next,
    decided,
    measured,
    overrule,
    unmeasured_again,
)
from slackapp.features.launches.service.permitting import check, is_allowed
from slackapp.features.launches.service.planning import is_planned, release, slip
from slackapp.features.launches.service.recording import record
from slackapp.features.launches.service.replies import take_reply
from slackapp.features.launches.service.stopping import cancel, check_cancel, drop
from slackapp.features.launches.service.taking_part import asks_function, leave_part, take_part

__all__ = [
    "asks_function",
    "cancel",
    "card_key",
    "changes_next",
    "check",
    "check_cancel",
    "decided",
    "drop",
    "edit",
    "give_up_metric",
    "invited",
    "is_allowed",
    "is_planned",
    "leave_part",
    "measured",
    "metric_expired",
    "name_metric",
    "overrule",
    "record",
    "redraw",
    "release",
    "slip",
    "take_part",
    "take_reply",
    "unmeasured_again",
    "view",
    "want_metric",
    "wants_metric",
]
