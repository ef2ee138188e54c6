"""Small words that many sentences need: dates, numbers and lists, the same in any locale."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
SMALL_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# Controls, signs that turn the direction of what follows, halves of a character, and what is no character at all.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile("\r\n?")


def date_in_words(day: datetime.date | None) -> str:
    """`26 March 2026`; empty for None."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else ""


def number_in_words(number: int) -> str:
    """`none`, `one` to `ten`, then figures with thousands separated."""
    return SMALL_NUMBERS[number] if 0 <= number < len(SMALL_NUMBERS) else f"{number:,}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 statement`, `3 statements`; `no statements` for none."""
    if number == 0:
        return f"no {plural or noun + 's'}"
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def counted_in_words(number: int, noun: str) -> str:
    """`no gap`, `one gap`, `three gaps`."""
    return f"no {noun}" if number == 0 else f"{number_in_words(number)} {noun if number == 1 else noun + 's'}"


def list_in_words(words: Sequence[str], joiner: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joiner} {words[-1]}"


def the(role: str) -> str:
    """`the Director of Finance`, for a role that is named without its article."""
    return role if not role or role.lower().startswith(("the ", "a ", "an ")) else f"the {role}"


def sentence_case(text: str) -> str:
    """The text with its first letter a capital; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def legible(text: str) -> str:
    """The text with what nobody can see, or XML cannot hold, shown by a stand-in: nothing is lost in silence."""
    return _UNSEEN.sub(_stand_in, _LINE_END.sub("\n", text))


def _stand_in(found: re.Match[str]) -> str:
    code = ord(found.group())
    return chr(0x2400 + code) if code < 0x20 else "\N{REPLACEMENT CHARACTER}"
