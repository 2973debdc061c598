"""What Slack's own SDK writes is accepted."""

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    ConversationFilter,
    ConversationSelectElement,
    DatePickerElement,
    HeaderBlock,
    ImageElement,
    InputBlock,
    MarkdownTextObject,
    NumberInputElement,
    Option,
    OverflowMenuElement,
    PlainTextInputElement,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from slackapp.playground.slack.checks import check_message, check_view

KEEP = Option(label="Keep", value="keep", description="as it is")


def test_a_message_of_the_sdk() -> None:
    button = ButtonElement(
        text="Record", action_id="record", style="danger", confirm=ConfirmObject(title="t", text="x")
    )
    menu = StaticSelectElement(placeholder="p", action_id="s", options=[KEEP], initial_option=KEEP)
    more = OverflowMenuElement(
        action_id="o", options=[Option(label="a", value="a", url="https://example.com")]
    )
    image = ImageElement(image_url="https://example.com/a.png", alt_text="a")
    blocks = [
        HeaderBlock(text="New onboarding"),
        SectionBlock(text="*What happened?*", fields=["a", "b"], accessory=button),
        ActionsBlock(elements=[menu, more, DatePickerElement(action_id="d", initial_date="2027-01-01")]),
        ContextBlock(elements=[MarkdownTextObject(text="30 days after"), image]),
    ]
    assert check_message({"blocks": [block.to_dict() for block in blocks]}) == []


def test_a_view_of_the_sdk() -> None:
    conversation = ConversationSelectElement(
        action_id="c", default_to_current_conversation=True, filter=ConversationFilter(include=["public"])
    )
    number = NumberInputElement(action_id="n", is_decimal_allowed=True, min_value=1, initial_value=2.5)
    view = View(
        type="modal",
        title="Record",
        submit="Record",
        close="Not yet",
        callback_id="record",
        blocks=[
            InputBlock(label="Note", hint="h", element=PlainTextInputElement(action_id="a", multiline=True)),
            InputBlock(label="Number", element=number),
            InputBlock(label="Where", element=conversation),
        ],
    )
    assert check_view(view.to_dict()) == []
