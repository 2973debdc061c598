"""What a listener answers. The adapter says it to Slack, once the transaction is committed."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View


@dataclass(frozen=True)
class OpenModal:
    view: View


@dataclass(frozen=True)
class UpdateModal:
    """Redraw the modal in place: inputs whose block and action ids stay keep what was typed."""

    view: View


@dataclass(frozen=True)
class CloseModal:
    pass


@dataclass(frozen=True)
class Whisper:
    """Only the person who acted sees it. `text` is read as markup: what people wrote in it is escaped."""

    text: str
    blocks: Sequence[Block] = ()


@dataclass(frozen=True)
class PublishHome:
    """Show this as the person's App Home."""

    view: View


@dataclass(frozen=True)
class Nothing:
    pass


Reply = OpenModal | UpdateModal | CloseModal | Whisper | PublishHome | Nothing
