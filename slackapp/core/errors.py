"""What can go wrong in a way a person can mend. Each error is the sentence that person reads."""

from collections.abc import Mapping


class UserError(Exception):
    """A sentence for the person who acted: what is not possible, and what to do instead."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotFoundError(UserError):
    """Nothing of that name in the person's own workspace, or nothing they may see."""


class FieldError(UserError):
    """One sentence for each field of a modal that has to change; keys are the modal's block ids."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = dict(fields)
