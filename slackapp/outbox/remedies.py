"""What to do about a message that is dead, by its reason: one sentence for whoever reads it."""

from collections.abc import Mapping

#: `{channel}`: where it was to go. `{again}`: how the reader lets it be tried again.
_REMEDIES: Mapping[str, str] = {
    "not_in_channel": "I am not in {channel}. Type `/invite @Afterlaunch` there, then {again}.",
    "no_permission": "I am not in {channel}. Type `/invite @Afterlaunch` there, then {again}.",
    "channel_not_found": "I cannot see {channel}. "
    "If it is private, type `/invite @Afterlaunch` there, then {again}.",
    "is_archived": "{channel} is archived. Unarchive it and {again}, or leave it as it is.",
    "is_inactive": "{channel} is archived. Unarchive it and {again}, or leave it as it is.",
    "restricted_action": "Posting in {channel} is restricted. Ask an admin to let me post, then {again}.",
    "restricted_action_read_only_channel": "{channel} is read-only. "
    "Ask an admin to let me post, then {again}.",
    "user_disabled": "That person's account is deactivated. If it is active again, {again}.",
    "user_not_found": "That person is not in this workspace. If they are back, {again}.",
    "out_of_reach": "For a day Slack could not be reached, or took nothing. To go on trying, {again}.",
    "unknown_outcome": "Slack did not say whether it arrived. "
    "Look in {channel}; if it is not there, {again}.",
    "broken": "Something unexpected happened each time. Once it is mended, {again}.",
}
_OTHERWISE = "Slack refused it with `{reason}`. Once the cause is mended, {again}."


def remedy(reason: str, *, channel: str, again: str) -> str:
    """What to do, as a sentence or two in which code stands in backticks."""
    return _REMEDIES.get(reason, _OTHERWISE).format(channel=channel, again=again, reason=reason)
