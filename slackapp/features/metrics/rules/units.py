"""What stands beside a number: multipliers such as k and million, and units such as €, % and days."""

import re
import unicodedata

from slackapp.features.metrics.rules.numerals import UnclearNumberError

LONGEST_UNIT = 20
_MOST_WORDS = 2

#: A currency's sign, with letters before it where dollars need telling apart: $, €, US$, R$.
CURRENCY_SIGN = r"[A-Z]{0,3}[$€£¥₹₽₩₺₴₪₫₦₱฿₡₲₵₸₿₭₮₼₾]"
_CURRENCY_CODE = r"(?:AUD|BRL|CAD|CHF|CNY|CZK|DKK|EUR|GBP|INR|JPY|MXN|NOK|PLN|SEK|USD)(?![^\W\d_])"
CURRENCY = rf"(?:{CURRENCY_SIGN}|{_CURRENCY_CODE})"
#: What may stand right behind a number without being a word.
SYMBOL = rf"(?:[%‰]|{CURRENCY})"

_POWERS = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "mio": 6, "million": 6, "b": 9, "bn": 9, "billion": 9}
#: Alone behind a space these are metres and bytes more often than millions and billions.
_ONLY_ATTACHED = {"m", "b"}
_POWER = re.compile(r"([^\S\n]*)([^\W\d_]+)")
_SYMBOL = re.compile(rf"(?P<percent>(?i:per\s?cent|pct)\b)|{SYMBOL}")
_LONGEST_SYMBOL = 2
_IN_WORDS = "°²³·.'/&-"


def take_power(rest: str) -> tuple[int, int]:
    """The power of ten that `rest`, the text right behind a numeral, begins with, and where it ends."""
    found = _POWER.match(rest)
    if found is None:
        return 0, 0
    gap, word = found.group(1), found.group(2).casefold()
    end = found.end()
    if word not in _POWERS or (word in _ONLY_ATTACHED and gap and not _money_next(rest, end)):
        return 0, 0
    if len(word) > 1 and rest.startswith(".", end):
        end += 1  # "Mio."
    return _POWERS[word], end


def take_symbol(text: str, start: int = 0) -> tuple[str, int]:
    """The sign or currency at `start`, and where it ends; "percent" counts as the sign; empty if none."""
    found = _SYMBOL.match(text, start)
    if found is None:
        return "", start
    return "%" if found["percent"] else found.group(), found.end()


def read_unit(rest: str, money: str = "") -> str:
    """The unit that `rest`, all that follows a number, names; `money` is the currency that stood before it.

    It is a sign or a currency, then at most two words: "%", "€/month", "% of users", "active users". Raises
    UnclearNumberError for anything else.
    """
    words = " ".join(rest.split()).rstrip(" .")
    symbol, end = take_symbol(words)
    if symbol and money:
        raise UnclearNumberError("There are two units here. Write one, like €12k or 40 %.")
    head = symbol or money
    words = re.sub(" ?/ ?", "/", words[end:].lstrip())
    parts = words.split()
    if len(parts) > _MOST_WORDS or not all(
        _is_word(part.removeprefix("/") if not index else part) for index, part in enumerate(parts)
    ):
        raise UnclearNumberError(
            f"“{rest.strip()[:40]}” is not clearly a unit. Use one or two words, like 40 % or 3 active days."
        )
    if take_power(f" {words}")[0]:
        raise UnclearNumberError(
            f"“{words[:40]}” could be part of the number. Write the number in plain digits."
        )
    unit = head + words if not head or words.startswith("/") else f"{head} {words}".rstrip()
    if len(unit) > LONGEST_UNIT:
        raise UnclearNumberError(f"This unit is too long. Keep it to {LONGEST_UNIT} characters, like “days”.")
    return unit


def split_currency(unit: str) -> tuple[str, str]:
    """The currency sign a unit begins with (it is shown before the number), and the rest of the unit."""
    found = re.match(CURRENCY_SIGN, unit)
    return (found.group(), unit[found.end() :].lstrip()) if found else ("", unit)


def common_unit(one: str, other: str) -> str | None:
    """The unit two numbers share, also where only one names it or "day" meets "days"; None if they differ."""
    if not one or not other:
        return one or other
    if _singular(one) == _singular(other):
        return max(one, other, key=len)
    return None


def unit_pattern(unit: str) -> re.Pattern[str]:
    """Matches this unit as people repeat it: in any case, one or many."""
    stem = unit if len(unit) <= _LONGEST_SYMBOL else unit.removesuffix("s")
    return re.compile(rf"{re.escape(stem)}s?(?![^\W_])", re.IGNORECASE)


def _singular(unit: str) -> str:
    # Short units are symbols, where an "s" or a capital is another unit: m and ms, mb and MB.
    return unit if len(unit) <= _LONGEST_SYMBOL else unit.casefold().removesuffix("s")


def _money_next(rest: str, position: int) -> bool:
    return re.match(rf"[^\S\n]*{CURRENCY}", rest[position : position + 10]) is not None


def _is_word(word: str) -> bool:
    if not word or not (word[0].isalpha() or word[0] == "°"):
        return False
    # Letters that count (Chinese ten thousand, fractions, circled digits) would change the number.
    return all(
        char in _IN_WORDS
        or (char.isalpha() and not char.isnumeric())
        or unicodedata.category(char).startswith("M")
        for char in word
    )
