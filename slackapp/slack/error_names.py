"""Every error that Slack documents for the methods we call, by its name, and what follows from it.

Of November 2026: chat.postMessage, chat.postEphemeral, chat.update, conversations.open, .history, .replies,
.info and .members, files.getUploadURLExternal, .completeUploadExternal and .info, users.info, views.open,
.push, .update and .publish, auth.test, apps.connections.open.
"""

from collections.abc import Mapping
from enum import StrEnum


class Means(StrEnum):
    #: Nothing was done, and it ends by itself: try again.
    NOT_SENT = "not sent"
    #: It may have been done.
    UNKNOWN = "unknown"
    #: Nothing was done, nor ever will be as it was asked.
    REFUSED = "refused"
    #: Nothing is done for this workspace until people mend the app's way in: wait, and lose nothing.
    TOKEN_TROUBLE = "token trouble"  # noqa: S105 - a class of errors; it opens nothing


#: A name that is not here is taken as refused, and logged.
ERRORS: Mapping[str, Means] = {
    # Passing.
    "ratelimited": Means.NOT_SENT,
    "rate_limited": Means.NOT_SENT,
    # A workspace without a paid plan writes too much at the moment.
    "message_limit_exceeded": Means.NOT_SENT,
    # Admins suspended messages, in one channel or all, by withdrawing a key, and may give it back. The
    # workspace does not pause: one such channel would stop all others.
    "ekm_access_denied": Means.NOT_SENT,
    "external_channel_migrating": Means.NOT_SENT,
    "streaming_state_conflict": Means.NOT_SENT,
    # Slack's own trouble. Of the first two it says that some of it may have been done.
    "fatal_error": Means.UNKNOWN,
    "internal_error": Means.UNKNOWN,
    "service_unavailable": Means.UNKNOWN,
    # By its description nothing arrived whole; by its name somebody waited. It costs a search to be sure.
    "request_timeout": Means.UNKNOWN,
    "update_failed": Means.UNKNOWN,
    "file_update_failed": Means.UNKNOWN,
    "fetch_members_failed": Means.UNKNOWN,
    # The token, or what it stands for.
    "account_inactive": Means.TOKEN_TROUBLE,
    "invalid_auth": Means.TOKEN_TROUBLE,
    "not_authed": Means.TOKEN_TROUBLE,
    "token_expired": Means.TOKEN_TROUBLE,
    "token_revoked": Means.TOKEN_TROUBLE,
    "two_factor_setup_required": Means.TOKEN_TROUBLE,
    # An organisation took the workspace out of the app's reach.
    "team_access_not_granted": Means.TOKEN_TROUBLE,
    # The network this runs in is not on the workspace's list.
    "accesslimited": Means.TOKEN_TROUBLE,
    # The workspace is being moved into an organisation: it ends, but not surely within a day.
    "org_login_required": Means.TOKEN_TROUBLE,
    "team_added_to_org": Means.TOKEN_TROUBLE,
    # What the token may do; these two close one method only.
    "missing_scope": Means.TOKEN_TROUBLE,
    "not_allowed_token_type": Means.TOKEN_TROUBLE,
    # The place.
    "channel_not_found": Means.REFUSED,
    "not_in_channel": Means.REFUSED,
    "is_archived": Means.REFUSED,
    # What an update is told where a post would hear is_archived.
    "is_inactive": Means.REFUSED,
    # Slack's advice on it is to be a member of the channel: it is about that one, not about the token.
    "no_permission": Means.REFUSED,
    "access_denied": Means.REFUSED,
    "restricted_action": Means.REFUSED,
    "restricted_action_read_only_channel": Means.REFUSED,
    "restricted_action_thread_only_channel": Means.REFUSED,
    # The thread. Where there is none, or may be none, a reply goes to the channel; a locked one is respected.
    "restricted_action_non_threadable_channel": Means.REFUSED,
    "restricted_action_thread_locked": Means.REFUSED,
    "cannot_reply_to_message": Means.REFUSED,
    "thread_not_found": Means.REFUSED,
    # Of an update it means that somebody deleted the message.
    "message_not_found": Means.REFUSED,
    "messages_tab_disabled": Means.REFUSED,
    "method_not_supported_for_channel_type": Means.REFUSED,
    "posting_to_channel_denied": Means.REFUSED,
    "team_not_found": Means.REFUSED,
    "enterprise_is_restricted": Means.REFUSED,
    # The person.
    "user_not_found": Means.REFUSED,
    "user_not_visible": Means.REFUSED,
    "user_disabled": Means.REFUSED,
    "user_not_in_channel": Means.REFUSED,
    "cannot_dm_bot": Means.REFUSED,
    "invalid_user_combination": Means.REFUSED,
    "not_enough_users": Means.REFUSED,
    "too_many_users": Means.REFUSED,
    "users_list_not_supplied": Means.REFUSED,
    # What it says.
    # The row's simpler blocks come next, if it has any.
    "invalid_blocks": Means.REFUSED,
    "invalid_blocks_format": Means.REFUSED,
    "msg_blocks_too_long": Means.REFUSED,
    "msg_too_long": Means.REFUSED,
    "no_text": Means.REFUSED,
    "markdown_text_conflict": Means.REFUSED,
    "block_mismatch": Means.REFUSED,
    "invalid_attachments": Means.REFUSED,
    "too_many_attachments": Means.REFUSED,
    "attachment_payload_limit_exceeded": Means.REFUSED,
    "too_many_contact_cards": Means.REFUSED,
    "invalid_metadata_format": Means.REFUSED,
    "invalid_metadata_schema": Means.REFUSED,
    "metadata_must_be_sent_from_app": Means.REFUSED,
    "metadata_too_large": Means.REFUSED,
    "missing_file_data": Means.REFUSED,
    "file_not_found": Means.REFUSED,
    "file_deleted": Means.REFUSED,
    "file_is_deleted": Means.REFUSED,
    "file_share_limit_reached": Means.REFUSED,
    "max_file_sharing_exceeded": Means.REFUSED,
    "file_type_not_allowed": Means.REFUSED,
    "file_upload_size_restricted": Means.REFUSED,
    "file_uploads_disabled": Means.REFUSED,
    "file_uploads_except_images_disabled": Means.REFUSED,
    "storage_limit_reached": Means.REFUSED,
    "channels_limit_exceeded": Means.REFUSED,
    "alt_txt_too_large": Means.REFUSED,
    "snippet_too_large": Means.REFUSED,
    "unknown_snippet_type": Means.REFUSED,
    "unknown_subtype": Means.REFUSED,
    "unable_to_share_files": Means.REFUSED,
    "blocked_file_type": Means.REFUSED,
    "slack_connect_blocked_file_type": Means.REFUSED,
    "slack_connect_canvas_sharing_blocked": Means.REFUSED,
    "slack_connect_clip_sharing_blocked": Means.REFUSED,
    "slack_connect_file_link_sharing_blocked": Means.REFUSED,
    "slack_connect_file_upload_sharing_blocked": Means.REFUSED,
    "slack_connect_lists_sharing_blocked": Means.REFUSED,
    # They speak of an id that only Slack's own clients send.
    "duplicate_channel_not_found": Means.REFUSED,
    "duplicate_message_not_found": Means.REFUSED,
    # What may be changed.
    "cant_update_message": Means.REFUSED,
    "cant_broadcast_message": Means.REFUSED,
    "no_dual_broadcast_content_update": Means.REFUSED,
    "edit_window_closed": Means.REFUSED,
    # Modals and Home, where nothing is tried again: whoever clicked is there and may click again.
    "duplicate_external_id": Means.REFUSED,
    "exchanged_trigger_id": Means.REFUSED,
    "expired_trigger_id": Means.REFUSED,
    "invalid_trigger_id": Means.REFUSED,
    "hash_conflict": Means.REFUSED,
    "not_enabled": Means.REFUSED,
    "not_found": Means.REFUSED,
    "push_limit_reached": Means.REFUSED,
    "view_too_large": Means.REFUSED,
    # Reading.
    "invalid_cursor": Means.REFUSED,
    "invalid_limit": Means.REFUSED,
    "invalid_ts_latest": Means.REFUSED,
    "invalid_ts_oldest": Means.REFUSED,
    "invalid_metadata_filter_keys": Means.REFUSED,
    "pagination_not_available": Means.REFUSED,
    # How it was asked: only another version of the app will ask differently.
    "as_user_not_supported": Means.REFUSED,
    "deprecated_endpoint": Means.REFUSED,
    "method_deprecated": Means.REFUSED,
    "unknown_method": Means.REFUSED,
    "invalid_arg_name": Means.REFUSED,
    "invalid_arguments": Means.REFUSED,
    "invalid_array_arg": Means.REFUSED,
    "invalid_charset": Means.REFUSED,
    "invalid_form_data": Means.REFUSED,
    "invalid_json": Means.REFUSED,
    "invalid_post_type": Means.REFUSED,
    "json_not_object": Means.REFUSED,
    "missing_argument": Means.REFUSED,
    "missing_post_type": Means.REFUSED,
}
