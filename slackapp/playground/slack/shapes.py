"""The JSON shapes in which Slack speaks of people, channels and messages."""

import hashlib
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from slackapp.playground.slack.records import Account, Channel, Json, Message
from slackapp.playground.slack.workspace import Workspace


def user_json(workspace: Workspace, account: Account) -> Json:
    """A user object; a deactivated one has no zone and no roles, as in Slack."""
    shape: Json = {
        "id": account.id,
        "team_id": account.team_id,
        "name": account.username,
        "deleted": account.deleted,
        "profile": {
            "title": account.title,
            "real_name": account.name,
            "display_name": account.name,
            "real_name_normalized": account.name,
            "display_name_normalized": account.name,
            "avatar_hash": hashlib.sha256(account.id.encode()).hexdigest()[:12],
            "team": account.team_id,
        },
        "is_bot": account.is_bot,
        "is_app_user": False,
        "updated": int(workspace.clock()),
    }
    if account.deleted:
        return shape
    zone = ZoneInfo(account.tz)
    local = datetime.fromtimestamp(workspace.clock(), UTC).astimezone(zone)
    offset = local.utcoffset()
    shape |= {
        "color": "4bbe2e",
        "real_name": account.name,
        "tz": account.tz,
        "tz_label": local.tzname() or account.tz,
        "tz_offset": 0 if offset is None else int(offset.total_seconds()),
        "is_admin": account.is_admin or account.is_owner,
        "is_owner": account.is_owner,
        "is_primary_owner": False,
        "is_restricted": account.is_restricted,
        "is_ultra_restricted": account.is_ultra_restricted,
        "is_email_confirmed": not account.is_bot,
        "who_can_share_contact_card": "EVERYONE",
    }
    if account.is_stranger and not _shares_a_channel(workspace, account.id):
        shape["is_stranger"] = True
    return shape


def _shares_a_channel(workspace: Workspace, user: str) -> bool:
    """Slack calls a stranger only who is met in no channel of the app's; of others it tells their team."""
    return any(
        not channel.is_im and {user, workspace.bot_user_id} <= set(channel.members)
        for channel in workspace.channels.values()
    )


def channel_json(workspace: Workspace, channel: Channel) -> Json:
    """A conversation object, as the app's bot gets to see it."""
    if channel.person is not None:
        return {
            "id": channel.id,
            "created": channel.created,
            "is_im": True,
            "is_archived": False,
            "is_org_shared": False,
            "context_team_id": workspace.team_id,
            "user": channel.person,
            "is_user_deleted": workspace.accounts[channel.person].deleted,
            "is_open": True,
            "priority": 0,
        }
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not channel.private,
        "is_group": channel.private,
        "is_im": False,
        "is_mpim": False,
        "is_private": channel.private,
        "created": channel.created,
        "creator": channel.members[0] if channel.members else workspace.bot_user_id,
        "is_archived": channel.archived,
        "is_general": False,
        "is_shared": False,
        "is_ext_shared": False,
        "is_org_shared": False,
        "is_member": workspace.bot_user_id in channel.members,
        "context_team_id": workspace.team_id,
        "shared_team_ids": [workspace.team_id],
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "previous_names": [],
    }


def bot_json(workspace: Workspace) -> Json:
    return {
        "id": workspace.bot_id,
        "deleted": False,
        "name": workspace.names[workspace.bot_user_id],
        "updated": int(workspace.clock()),
        "app_id": workspace.app_id,
        "team_id": workspace.team_id,
        "icons": {"image_36": "", "image_48": "", "image_72": ""},
    }


def team_json(workspace: Workspace) -> Json:
    return {
        "id": workspace.team_id,
        "name": workspace.team_name,
        "domain": workspace.domain,
        "email_domain": "",
    }


def message_json(workspace: Workspace, message: Message, *, metadata: bool = True) -> Json:
    """A message object. Without `metadata` only the event's type is told, as history does by default."""
    shape: Json = {"type": "message", "ts": message.ts, "user": message.user, "text": message.text}
    if message.by_app:
        shape |= {
            "bot_id": workspace.bot_id,
            "app_id": workspace.app_id,
            "team": workspace.team_id,
            "bot_profile": bot_json(workspace),
        }
    elif message.subtype != "tombstone":
        shape["team"] = workspace.accounts[message.user].team_id
    for key in ("subtype", "blocks", "attachments", "edited", "files", "reactions"):
        if getattr(message, key):
            shape[key] = getattr(message, key)
    if message.metadata is not None:
        shape["metadata"] = message.metadata if metadata else {"event_type": message.metadata["event_type"]}
    if message.ephemeral:
        shape["is_ephemeral"] = True
    return shape | _thread_json(workspace, message)


def _thread_json(workspace: Workspace, message: Message) -> Json:
    if message.thread_ts is not None:
        shape: Json = {"thread_ts": message.thread_ts}
        parent = workspace.message(message.channel, message.thread_ts)
        if parent is not None and not message.ephemeral:
            shape["parent_user_id"] = parent.user
        if message.broadcast:
            shape["subtype"] = "thread_broadcast"
        return shape
    replies = [] if message.ephemeral else workspace.room(message.channel).replies(message.ts)
    if not replies:
        return {}
    people = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users_count": len(people),
        "reply_users": people[:5],
        "latest_reply": replies[-1].ts,
        "is_locked": False,
        "subscribed": False,
    }
