"""How retros look."""

from slackapp.features.retros.blocks.status import CONFIDE, FACILITATE, NEXT, PART, status, title

__all__ = ["CONFIDE", "FACILITATE", "NEXT", "PART", "status", "title"]
