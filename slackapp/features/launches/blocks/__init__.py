"""How launches look: the modal, the card, and what `/launch` answers."""

from slackapp.features.launches.blocks.card import CardPart, card
from slackapp.features.launches.blocks.lists import (
    CANCEL,
    TITLE,
    TURN,
    cancelled,
    confirm_cancel,
    help_text,
    listing,
    shown,
)
from slackapp.features.launches.blocks.modal import MORE, RECORD, FormState, new_launch

__all__ = [
    "CANCEL",
    "MORE",
    "RECORD",
    "TITLE",
    "TURN",
    "CardPart",
    "FormState",
    "cancelled",
    "card",
    "confirm_cancel",
    "help_text",
    "listing",
    "new_launch",
    "shown",
]
