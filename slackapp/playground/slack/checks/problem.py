"""One refusal, in the parts Slack's answer has: error name, JSON pointer, sentence."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    #: Slack's error name, the `error` of the answer
    error: str
    #: JSON pointer from the method's arguments
    pointer: str
    #: Slack's sentence; an answer shows it as `[ERROR] {message} [json-pointer:{pointer}]`
    message: str
