"""Which launches a reader may see.

A launch is seen by its channel's members: of a public channel's everybody in the workspace who is no guest.
Until Slack has told us what kind of channel it is, it is seen there, and by its owner, backup and recorder.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, or_, select

from slackapp.core.transaction import Tx
from slackapp.features.launches.models import Launch
from slackapp.features.workspaces.models import Channel
from slackapp.features.workspaces.queries import is_away, open_channels


@dataclass(frozen=True)
class Reader:
    """Who is looking, and from where."""

    user_id: str
    channel_id: str


def visible(tx: Tx, reader: Reader) -> ColumnElement[bool]:
    """Which launches this reader may read of. Where they look from counts only where nothing is known."""
    theirs = or_(
        Launch.channel_id == reader.channel_id,
        Launch.owner_id == reader.user_id,
        Launch.backup_id == reader.user_id,
        Launch.recorder_id == reader.user_id,
    )
    return or_(
        Launch.channel_id.in_(open_channels(tx, reader.user_id)),
        and_(theirs, ~_is_known(tx), ~is_away(tx, reader.user_id)),
    )


def nameable(tx: Tx, channel_id: str) -> ColumnElement[bool]:
    """Which launches may be named in this channel: its own, and those of public channels."""
    public = select(Channel.channel_id).where(
        Channel.workspace_id == tx.workspace_id, Channel.is_private.is_(False)
    )
    return or_(Launch.channel_id == channel_id, Launch.channel_id.in_(public))


def _is_known(tx: Tx) -> ColumnElement[bool]:
    return exists().where(Channel.workspace_id == tx.workspace_id, Channel.channel_id == Launch.channel_id)
