"""The functions people have, and what follows from news of them."""

from dataclasses import dataclass
from enum import StrEnum


class Function(StrEnum):
    ENGINEERING = "engineering"
    PRODUCT = "product"
    DESIGN = "design"
    DATA = "data"
    BUSINESS = "business"

    @property
    def label(self) -> str:
        return self.value.capitalize()


@dataclass(frozen=True)
class PersonLeft:
    """An event: this person is not in the workspace any more, or not in this private channel."""

    user_id: str
    #: None: the whole workspace.
    channel_id: str | None = None
