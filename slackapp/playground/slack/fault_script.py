"""The fault script: what the control API, a file and the command line say about faults, checked."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, field_validator

from slackapp.playground.slack.faults import Fault


def _fault(value: object) -> object:
    return Fault.parse(value) if isinstance(value, str) else value


AFault = Annotated[Fault, BeforeValidator(_fault), PlainSerializer(str)]
Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Rule(_Part):
    """What befalls the calls that match: each fault once, in order, or with `forever` the last one always."""

    method: str = "*"
    #: An id or a name.
    channel: str | None = None
    faults: list[AFault | None] = Field(min_length=1)
    #: How many matching calls are let through first.
    after: int = Field(default=0, ge=0)
    forever: bool = False
    #: For how long the rule holds; None: until it is used up.
    seconds: Seconds | None = None
    #: For how long history hides what these calls post; None: as long as everything.
    lag: Seconds | None = None


class Seeded(_Part):
    """Faults by chance: how likely each is for a call of these methods."""

    seed: int = 0
    rates: dict[str, Annotated[float, Field(ge=0, le=1)]]
    methods: list[str] = ["*"]

    @field_validator("rates")
    @classmethod
    def _known(cls, rates: dict[str, float]) -> dict[str, float]:
        for text in rates:
            Fault.parse(text)
        if math.fsum(rates.values()) > 1:
            raise ValueError("the rates add up to more than 1")
        return rates


class Outage(_Part):
    seconds: Seconds
    #: Connections are refused instead of reset.
    refused: bool = False


class FaultScript(_Part):
    """Orders, carried out in the order of these fields."""

    clear: bool = False
    rules: list[Rule] = []
    seeded: Seeded | None = None
    outage: Outage | None = None
    #: The method whose held calls go on; a pattern.
    release: str | None = None
    history_lag: Seconds | None = None
    paced: bool | None = None


def read_script(script: FaultScript | Mapping[str, Any] | Path | str | None) -> FaultScript:
    """A script from its parts or from a JSON file. ValueError where it is not valid, OSError for no file."""
    if script is None:
        return FaultScript()
    if isinstance(script, (Path, str)):
        return FaultScript.model_validate_json(Path(script).read_bytes())
    return FaultScript.model_validate(script)


def read_rates(text: str) -> dict[str, float]:
    """Rates written as `429=0.03,reset_after=0.05`. ValueError where they are not."""
    rates: dict[str, float] = {}
    for part in filter(None, text.split(",")):
        fault, equals, rate = part.rpartition("=")
        if not equals:
            raise ValueError(f"{part!r} is no rate: write {part}=0.05")
        rates[str(Fault.parse(fault.strip()))] = float(rate)
    return rates
