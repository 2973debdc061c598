"""What Slack's payloads mean to us, in the shapes Slack documents."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncBoltContext

from slackapp.slack import reading
from slackapp.slack.routes import DirectMessage

SAID: dict[str, Any] = {"type": "message", "channel": "D1", "user": "U1", "text": "44", "ts": "1.000100"}


def test_what_a_person_writes_is_read_as_they_typed_it() -> None:
    event = SAID | {"channel_type": "im", "text": "44 &amp; more", "thread_ts": "0.5"}
    assert reading.direct_message(event) == DirectMessage("U1", "D1", "44 & more", "1.000100", "0.5")


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast"])
def test_a_file_and_a_reply_also_sent_to_the_channel_are_written_by_a_person(subtype: str) -> None:
    message = reading.direct_message(SAID | {"subtype": subtype, "files": [{"id": "F1"}]})
    assert message is not None
    assert message.has_files


@pytest.mark.parametrize(
    "different",
    [
        {"channel_type": "channel", "channel": "C1"},
        {"channel": "C1"},
        {"channel_type": "mpim", "channel": "G1"},
        {"subtype": "message_changed", "message": {"user": "U1", "text": "45"}},
        {"subtype": "message_deleted"},
        {"subtype": "bot_message"},
        {"bot_id": "B1"},
        {"user": None},
        {"user": "USLACKBOT", "text": "You have been removed from #team-onboarding by Mara"},
    ],
)
def test_what_no_person_wrote_just_now_is_no_message(different: dict[str, Any]) -> None:
    assert reading.direct_message(SAID | different) is None


def changed(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Slack's event for a message that is not as it was; its own `ts` is a new one."""
    return {
        "type": "message",
        "subtype": "message_changed",
        "channel": "D1",
        "channel_type": "im",
        "ts": "9.000000",
        "message": SAID | after,
        "previous_message": SAID | before,
    }


def test_a_message_in_other_words_is_an_edit_of_the_message_it_was() -> None:
    event = changed({"text": "44"}, {"text": "45 &amp; rising", "thread_ts": "0.5"})
    expected = DirectMessage("U1", "D1", "45 & rising", "1.000100", "0.5", is_edit=True)
    assert reading.direct_message(event) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {"attachments": [{"title": "A preview"}]}),
        ({"text": "see https://a.example"}, {"text": "see <https://a.example>"}),
        ({"text": "44"}, {"text": "45", "bot_id": "B1"}),
        ({"text": "44"}, {"text": "This message was deleted.", "subtype": "tombstone"}),
    ],
)
def test_a_preview_and_what_the_app_redraws_are_no_edits(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    assert reading.direct_message(changed(before, after)) is None


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ({"type": "plain_text_input", "value": "44 %"}, "44 %"),
        ({"type": "plain_text_input", "value": None}, None),
        ({"type": "datepicker", "selected_date": "2026-09-07"}, "2026-09-07"),
        ({"type": "users_select", "selected_user": "U2"}, "U2"),
        ({"type": "static_select", "selected_option": {"value": "up", "text": {}}}, "up"),
        ({"type": "static_select", "selected_option": None}, None),
        ({"type": "checkboxes", "selected_options": [{"value": "7"}, {"value": "30"}]}, ["7", "30"]),
        ({"type": "checkboxes", "selected_options": []}, []),
        ({"type": "multi_users_select", "selected_users": ["U1"]}, ["U1"]),
    ],
)
def test_every_kind_of_input_is_read(element: dict[str, Any], value: object) -> None:
    view = {"state": {"values": {"field": {"value": element}}}, "private_metadata": "7"}
    submission = reading.submission({"user": {"id": "U1"}, "view": view})
    assert (submission.user, submission.values, submission.metadata) == ("U1", {"field": value}, "7")


def test_channels_are_where_it_happened_and_those_chosen_in_an_input() -> None:
    values = {"channel": {"value": {"type": "conversations_select", "selected_conversation": "C2"}}}
    context = AsyncBoltContext({"channel_id": "C1"})
    assert list(reading.channels({"view": {"state": {"values": values}}}, context)) == ["C1", "C2"]
    assert list(reading.channels({"type": "event_callback"}, AsyncBoltContext({}))) == []


def test_a_click_names_its_channel_also_where_only_its_container_does() -> None:
    body: dict[str, Any] = {
        "user": {"id": "U1"},
        "actions": [{"type": "button", "action_id": "launches.cancel", "value": "7"}],
        "container": {"type": "message", "channel_id": "C1", "message_ts": "1.000100"},
    }
    click = reading.click(body)
    assert click.message_ts == "1.000100"
    assert (click.action_id, click.value, click.channel, click.values) == ("launches.cancel", "7", "C1", {})


def test_a_repetition_has_the_key_of_what_it_repeats_and_nothing_else_has() -> None:
    view = {"id": "V1", "hash": "1.a"}
    bodies: list[dict[str, Any]] = [
        {"type": "view_submission", "view": view, "trigger_id": "1"},
        {"type": "view_submission", "view": view | {"hash": "2.b"}, "trigger_id": "2"},
        {"type": "block_actions", "view": view, "trigger_id": "3"},
        {"command": "/launch", "trigger_id": "4"},
        {"type": "event_callback", "event_id": "Ev1"},
        {"type": "event_callback", "event_id": "Ev2"},
    ]
    keys = [reading.key(body) for body in bodies]
    assert None not in keys
    assert len(set(keys)) == len(keys)
    assert reading.key(bodies[0] | {"trigger_id": "5"}) == keys[0]
