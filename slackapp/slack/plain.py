"""Plain words and options, written as Slack reads them.

The SDK's classes look through themselves for rules, each of them each time: in a form with a list of
countries that was most of the time it took to draw it. Slack holds us to the same rules.
"""

from typing import Any

from slack_sdk.models.blocks import Option, PlainTextObject


class Plain(PlainTextObject):
    """Words in which Slack reads neither markup nor the names of emoji."""

    def __init__(self, text: str) -> None:
        super().__init__(text=text, emoji=False)

    def to_dict(self, *args: object) -> dict[str, Any]:
        del args
        return {"emoji": False, "text": self.text, "type": "plain_text"}


class Choice(Option):
    """One of those that a select, a checkbox or a menu offers; at most 75 characters of each text."""

    def __init__(self, value: str, label: str) -> None:
        super().__init__(value=value, text=Plain(label))

    def to_dict(self, *args: object) -> dict[str, Any]:
        del args
        return {"text": {"emoji": False, "text": self.text, "type": "plain_text"}, "value": self.value}
