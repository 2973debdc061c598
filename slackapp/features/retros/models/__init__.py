"""The tables of retros."""

from slackapp.features.retros.models.collected import Hand, Note, PrivateWord, WaitingLaunch, WaitingNote
from slackapp.features.retros.models.discussed import Decision, Purse, RetroAction, Score, Topic, Vote
from slackapp.features.retros.models.retro import Offer, PhaseEntry, Retro, RetroLaunch, RetroPerson, Series

__all__ = [
    "Decision",
    "Hand",
    "Note",
    "Offer",
    "PhaseEntry",
    "PrivateWord",
    "Purse",
    "Retro",
    "RetroAction",
    "RetroLaunch",
    "RetroPerson",
    "Score",
    "Series",
    "Topic",
    "Vote",
    "WaitingLaunch",
    "WaitingNote",
]
