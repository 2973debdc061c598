"""What can befall a call on its way to Slack and back."""

from dataclasses import dataclass
from typing import ClassVar

#: Faults of which nothing more is to be said; the rest is written `name:value`.
_BARE = frozenset(
    [
        *("429", "500_before", "500_after", "reset_before", "reset_after"),
        *("truncated", "time_out", "garbage", "no_ts", "held"),
    ]
)
_SECONDS = frozenset(["slow", "late"])
_ERRORS = frozenset(["says", "says_after"])
NAMES = _BARE | _SECONDS | _ERRORS


@dataclass(frozen=True)
class Fault:
    """One fault. As text `name` or `name:value`, which is how scripts, rates and the record write it."""

    name: str
    value: str | None = None

    #: 429; the value is `Retry-After` as it is sent, "absent" for none. Without a value it is 1.
    RATE_LIMITED: ClassVar["Fault"]
    #: 500, and nothing was done.
    ERROR_BEFORE: ClassVar["Fault"]
    #: 500, although it was done.
    ERROR_AFTER: ClassVar["Fault"]
    #: The connection is reset, and nothing was done.
    RESET_BEFORE: ClassVar["Fault"]
    #: The connection is reset, although it was done.
    RESET_AFTER: ClassVar["Fault"]
    #: It is done; half of the answer's body comes, then the connection closes.
    TRUNCATED: ClassVar["Fault"]
    #: It is done, and no answer comes for as long as the client waits.
    TIME_OUT: ClassVar["Fault"]
    #: It is done, and a proxy's page answers with 200.
    GARBAGE: ClassVar["Fault"]
    #: It is done, and the answer says so without `ts`, `channel` and `message`.
    NO_TS: ClassVar["Fault"]
    #: It waits before anything is done, until it is released, and is then answered as ever.
    HELD: ClassVar["Fault"]

    def __post_init__(self) -> None:
        wants = self.name in _SECONDS | _ERRORS
        if self.name not in NAMES:
            raise ValueError(f"{self.name!r} is no fault")
        if wants and not self.value:
            raise ValueError(f"{self.name!r} needs a value, as in {self.name}:2")
        if self.value is not None and not wants and self.name != "429":
            raise ValueError(f"{self.name!r} takes no value")
        if self.name in _SECONDS and not self.seconds >= 0:
            raise ValueError(f"{self.name!r} takes seconds")

    def __str__(self) -> str:
        return self.name if self.value is None else f"{self.name}:{self.value}"

    @classmethod
    def parse(cls, text: str) -> "Fault":
        """A fault from its text. ValueError if it is none."""
        name, colon, value = text.partition(":")
        return cls(name, value if colon else None)

    @classmethod
    def rate_limited(cls, retry_after: float | str | None) -> "Fault":
        """429 with this `Retry-After`, nonsense included; None leaves the header out."""
        return cls("429", "absent" if retry_after is None else str(retry_after))

    @classmethod
    def slow(cls, seconds: float) -> "Fault":
        """Done at once, and answered only after so many seconds of wire time."""
        return cls("slow", str(seconds))

    @classmethod
    def late(cls, seconds: float) -> "Fault":
        """Done only after so many seconds of wire time, even if the client has given up by then."""
        return cls("late", str(seconds))

    @classmethod
    def says(cls, error: str) -> "Fault":
        """`ok: false` with this error, and nothing was done."""
        return cls("says", error)

    @classmethod
    def says_after(cls, error: str) -> "Fault":
        """`ok: false` with this error, although it was done."""
        return cls("says_after", error)

    @property
    def seconds(self) -> float:
        """How long a slow or late call takes. ValueError for another fault."""
        return float(self.value or "")

    @property
    def arrives(self) -> bool:
        """Whether Slack gets to do what was asked."""
        return self.name not in ("429", "500_before", "reset_before", "says")


Fault.RATE_LIMITED = Fault("429")
Fault.ERROR_BEFORE = Fault("500_before")
Fault.ERROR_AFTER = Fault("500_after")
Fault.RESET_BEFORE = Fault("reset_before")
Fault.RESET_AFTER = Fault("reset_after")
Fault.TRUNCATED = Fault("truncated")
Fault.TIME_OUT = Fault("time_out")
Fault.GARBAGE = Fault("garbage")
Fault.NO_TS = Fault("no_ts")
Fault.HELD = Fault("held")
