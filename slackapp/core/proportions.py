"""How many out of how many, and between which shares the true one lies."""

from dataclasses import dataclass
from math import ceil, floor, sqrt
from statistics import NormalDist

from slackapp.core.words import with_unit

#: How sure an interval is, where nothing else is said.
CONFIDENCE = 0.9


@dataclass(frozen=True)
class Interval:
    """Two shares from 0 to 1."""

    low: float
    high: float

    @property
    def percents(self) -> tuple[int, int]:
        """In whole percent, each rounded away from the middle: what is said is never surer than what is."""
        # Rounded first: floating point may add a little to a whole number.
        return floor(round(100 * self.low, 9)), ceil(round(100 * self.high, 9))


@dataclass(frozen=True)
class Proportion:
    """`count` out of `of`. Raises `ValueError` where there cannot be so many."""

    count: int
    of: int

    def __post_init__(self) -> None:
        if not 0 <= self.count <= self.of:
            raise ValueError(f"There are no {self.count} in {self.of}.")

    @property
    def percent(self) -> int:
        """Whole percent, half of one rounded up; 0 where there is nothing."""
        return (200 * self.count + self.of) // (2 * self.of) if self.of else 0

    @property
    def in_percent(self) -> str:
        """The same as it is said: 40 %."""
        return with_unit(self.percent, "%")

    @property
    def interval(self) -> Interval:
        return wilson(self.count, self.of)


def wilson(count: int, of: int, confidence: float = CONFIDENCE) -> Interval:
    """Wilson's score interval for the share of which `count` out of `of` is a sample.

    With p = count/of and z the normal quantile of (1 + confidence)/2:
    (p + z²/2n ± z·√(p(1-p)/n + z²/4n²)) / (1 + z²/n).
    E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927),
    pages 209 to 212.
    Good for few, too (Brown, Cai, DasGupta, Interval estimation for a binomial proportion, 2001).
    Raises `ValueError` where there is no sample.
    """
    if of < 1 or not 0 <= count <= of:
        raise ValueError(f"{count} of {of} is no sample.")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, weight = count / of, z * z / of
    middle = (share + weight / 2) / (1 + weight)
    reach = z * sqrt(share * (1 - share) / of + weight / (4 * of)) / (1 + weight)
    return Interval(
        0.0 if count == 0 else max(0.0, middle - reach), 1.0 if count == of else min(1.0, middle + reach)
    )
