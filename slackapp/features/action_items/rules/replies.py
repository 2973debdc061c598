"""What a reply in words to a question about an action item says, where it says it plainly."""

from slackapp.features.action_items.rules.items import Helped

_DONE = frozenset({"done", "yes", "yep", "yeah", "yup", "y", "finished", "completed"})
_BESIDE = frozenset({"it", "it's", "its", "is", "all", "that's"})

_HELPED = {
    **dict.fromkeys(["yes", "yep", "yeah", "yup", "y", "it did", "it helped", "yes it did"], Helped.YES),
    **dict.fromkeys(["no", "nope", "n", "it did not", "it didn't", "no it didn't"], Helped.NO),
    **dict.fromkeys(
        ["cannot tell", "can't tell", "can not tell", "not sure", "don't know", "i don't know"],
        Helped.CANNOT_TELL,
    ),
}


def says_done(reply: str) -> bool:
    """Whether a reply to “Is it done?” is a plain yes; anything else could mean another day, or dropped."""
    words = _plain(reply).split()
    return bool(_DONE & set(words)) and set(words) <= _DONE | _BESIDE


def says_drop(reply: str) -> bool:
    """Whether it means to drop it, which wants a reason."""
    return _plain(reply).split()[:1] in (["drop"], ["dropped"])


def says_helped(reply: str) -> Helped | None:
    """None where a reply to “Did it help?” is none of the three answers."""
    return _HELPED.get(_plain(reply))


def _plain(reply: str) -> str:
    text = reply.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return " ".join(word.strip(".!,;:") for word in text.replace(",", " ").split())
