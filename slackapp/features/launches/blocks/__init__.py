"""How launches look: the form, the card, the details, and what `/launch` answers."""

from slackapp.features.launches.blocks.card import (
    BEFORE_SPEC,
    DETAILS,
    EDIT,
    WORKED,
    CardView,
    card,
    change_of,
)
from slackapp.features.launches.blocks.details import details
from slackapp.features.launches.blocks.lists import (
    CANCEL,
    TITLE,
    TURN,
    cancelled,
    confirm_cancel,
    help_text,
    listing,
    shown,
    status,
)
from slackapp.features.launches.blocks.modal import MORE, RECORD, FormState, Purpose, launch_form
from slackapp.features.launches.blocks.typed_in import as_typed_in
from slackapp.slack.blocks import CardPart

__all__ = [
    "BEFORE_SPEC",
    "CANCEL",
    "DETAILS",
    "EDIT",
    "MORE",
    "RECORD",
    "TITLE",
    "TURN",
    "WORKED",
    "CardPart",
    "CardView",
    "FormState",
    "Purpose",
    "as_typed_in",
    "cancelled",
    "card",
    "change_of",
    "confirm_cancel",
    "details",
    "help_text",
    "launch_form",
    "listing",
    "shown",
    "status",
]
