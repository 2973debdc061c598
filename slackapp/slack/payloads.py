"""The shapes of what Slack sends, as far as Bolt and `reading` look into it.

Slack keeps to them. What does not is a stranger's, or a change we do not know: it is refused as a whole
before anything runs, so that nobody further in has to ask what it was handed.
What nobody reads may be anything.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, ValidationError

from slackapp.slack.reading import CHANGES, MOVES

#: How Bolt stumbles over a body that is not Slack's: bad UTF-8 or JSON, too deep, or of another shape.
STUMBLES = (ValueError, RecursionError, AttributeError, LookupError, TypeError)

#: No database keeps a NUL; half a surrogate pydantic refuses by itself.
Words = Annotated[str, Field(pattern=r"\A[^\x00]*\z")]
#: An id, or a message's `ts`. The tables' columns hold 32 characters.
Id = Annotated[str, Field(pattern=r"\A[!-~]{1,32}\z")]
#: The same where it may be left empty, as in a command's form.
NoId = Annotated[str, Field(pattern=r"\A[!-~]{0,32}\z")] | None
#: What tells a repetition from a new payload; `inbound_keys` holds 255 characters, with a word before it.
Key = Annotated[str, Field(pattern=r"\A[!-~]{1,200}\z")]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)


class _Named(_Shape):
    id: Id
    team_id: NoId = None


Ref = Id | _Named


class _Option(_Shape):
    value: Words


class _Element(_Shape):
    """What an input holds, or held at first."""

    value: Words | None = None
    initial_value: Words | None = None
    selected_option: _Option | None = None
    initial_option: _Option | None = None
    selected_options: list[_Option] | None = None
    initial_options: list[_Option] | None = None
    selected_user: Words | None = None
    selected_users: list[Words] | None = None
    selected_date: Words | None = None
    selected_time: Words | None = None
    selected_conversation: Words | None = None
    selected_conversations: list[Words] | None = None
    selected_channel: Words | None = None
    selected_channels: list[Words] | None = None
    initial_users: list[Words] | None = None
    initial_conversations: list[Words] | None = None
    initial_channels: list[Words] | None = None


class _Shown(_Element):
    type: Words


class _Block(_Shape):
    type: Words


class _Input(_Block):
    block_id: Words
    element: _Shown


def _kind_of_block(block: object) -> str:
    return "input" if isinstance(block, dict) and block.get("type") == "input" else "other"


_AnyBlock = Annotated[
    Annotated[_Input, Tag("input")] | Annotated[_Block, Tag("other")], Discriminator(_kind_of_block)
]


class _State(_Shape):
    values: dict[Words, dict[Words, _Element]] | None = None


class _View(_Shape):
    id: Id
    type: Words
    hash: Key
    callback_id: Words = ""
    private_metadata: Words | None = None
    external_id: Words | None = None
    state: _State | None = None
    blocks: list[_AnyBlock]
    team_id: NoId = None
    app_installed_team_id: NoId = None


class _Container(_Shape):
    channel_id: NoId = None
    message_ts: NoId = None


class _Message(_Shape):
    text: Words | None = None
    ts: NoId = None
    thread_ts: NoId = None
    user: Ref | None = None


class _ResponseUrl(_Shape):
    response_url: Words


class _Envelope(_Shape):
    """What any payload may carry, and Bolt looks for in all of them."""

    type: Words = ""
    team_id: NoId = None
    team: Ref | None = None
    enterprise_id: NoId = None
    enterprise: Ref | None = None
    user_id: NoId = None
    user: Ref | None = None
    channel_id: NoId = None
    channel: Ref | None = None
    view: _View | None = None
    message: _Message | None = None
    container: _Container | None = None
    thread_ts: NoId = None
    response_url: Words | None = None
    response_urls: list[_ResponseUrl] = []
    bot_access_token: Words | None = None


class _Challenge(_Shape):
    challenge: Words


class _Command(_Envelope):
    command: Words
    text: Words | None = None
    user_id: Id
    channel_id: Id
    trigger_id: Key


class _Action(_Element):
    action_id: Words


class _Acted(_Envelope):
    user: _Named
    trigger_id: Key


class _Click(_Acted):
    actions: Annotated[list[_Action], Field(min_length=1)]


class _Submit(_Envelope):
    user: _Named
    view: _View


class _Shortcut(_Acted):
    callback_id: Words
    message_ts: Id
    channel: _Named
    message: _Message


class _Event(_Envelope):
    type: Words


class _SaidAnew(_Message):
    ts: Id
    user: NoId = None
    subtype: Words | None = None
    bot_id: Words | None = None


class _Said(_Event):
    channel: Id
    ts: Id
    text: Words | None = None
    user: NoId = None
    subtype: Words | None = None
    channel_type: Words | None = None
    bot_id: Words | None = None
    message: _SaidAnew | None = None
    previous_message: _Message | None = None


class _Moved(_Event):
    user: Id
    channel: Id
    inviter: NoId = None


class _Changed(_Event):
    channel: Ref


class _HomeOpened(_Event):
    user: Id
    tab: Words | None = None


class _Authorization(_Shape):
    team_id: NoId = None
    enterprise_id: NoId = None


class _Happened(_Envelope):
    event_id: Key
    event: dict[str, Any]
    authorizations: list[_Authorization] | None = None


_KINDS: dict[str, type[_Shape]] = {
    "block_actions": _Click,
    "view_submission": _Submit,
    "message_action": _Shortcut,
    "url_verification": _Challenge,
    "event_callback": _Happened,
}
_EVENTS: dict[str, type[_Event]] = {
    "message": _Said,
    "app_home_opened": _HomeOpened,
    **dict.fromkeys(MOVES, _Moved),
    **dict.fromkeys(CHANGES, _Changed),
}


def is_readable(body: Mapping[str, Any]) -> bool:
    """Whether the payload has the shape of its kind. What is of no kind we know is, and nobody answers it."""
    kind = body.get("type")
    shape = (
        _Command if "command" in body else _KINDS.get(kind, _Envelope) if isinstance(kind, str) else _Envelope
    )
    try:
        shape.model_validate(body)
        if shape is _Happened:
            _EVENTS.get(_Event.model_validate(body["event"]).type, _Event).model_validate(body["event"])
    except ValidationError:
        return False
    return True
