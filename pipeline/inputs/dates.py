"""Dates as people type them: ISO is understood, everything else is named with the ISO form that may be meant."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_LOOSE = re.compile(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4}|\d{2})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ]?(\d{1,2})[-/. ]?(\d{1,2})", re.ASCII)
_IN_WORDS = re.compile(
    r"(?:[a-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4}|\d{2})", re.I | re.A
)
_SERIAL = re.compile(r"\d{5}(?:\.0+)?", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EXCEL_DAY_0 = datetime.date(1899, 12, 30)


@dataclass(frozen=True)
class NotADate:
    """Why a text is not a date that can be relied on, and what to type."""

    message: str
    remedy: str


def day_first(column: Iterable[str]) -> bool:
    """Whether a column's slash dates tell that the day comes first: one above 12 there, none in second place."""
    parts = [(int(m[1]), int(m[2])) for text in column if (m := _SLASHED.fullmatch(text.strip()))]
    return any(first > 12 for first, _ in parts) and not any(second > 12 for _, second in parts)


def read_date(text: str, slashes_day_first: bool = False) -> datetime.date | NotADate:
    """The date that an ISO text (or, where the column allows it, a slash date) gives."""
    text = text.strip()
    if match := _ISO.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3])) or _impossible(text)
    if _MOMENT.fullmatch(text):
        return _moment(text)
    if (match := _SLASHED.fullmatch(text)) and slashes_day_first:
        return _day(int(match[3]), int(match[2]), int(match[1])) or _impossible(text)
    return _unclear(text)


def only_reading(text: str) -> datetime.date | None:
    """The one day that a text can mean: `12 February 2026`, `2026-02-12`; None where it can mean two, or none."""
    read = read_date(text)
    if not isinstance(read, NotADate):
        return read
    meant = set(_readings(text.strip()))
    return meant.pop() if len(meant) == 1 else None


def _moment(text: str) -> datetime.date | NotADate:
    """The day in this country: late in the evening in UTC, in summer, it is the next day here."""
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        return _impossible(text)
    if not moment.utcoffset() and _is_summer(moment):
        moment += datetime.timedelta(hours=1)
    return _day(moment.year, moment.month, moment.day) or _impossible(text)


def _is_summer(moment: datetime.datetime) -> bool:
    """British Summer Time: from 1 o'clock UTC on the last Sunday of March to that on the last of October."""

    def last_sunday(month: int) -> datetime.datetime:
        last = datetime.datetime(moment.year, month, 31, 1, tzinfo=datetime.UTC)
        return last - datetime.timedelta(days=(last.weekday() + 1) % 7)

    return last_sunday(3) <= moment < last_sunday(10)


def _impossible(text: str) -> NotADate:
    return NotADate(
        f"`{text}` is not a day in the calendar.", "Type a real date as year-month-day, such as 2026-03-26."
    )


def _unclear(text: str) -> NotADate:
    meant = [d.isoformat() for d in _readings(text)]
    if len(meant) == 2:
        remedy = f"Type {meant[0]} if the day comes first, {meant[1]} if the month does."
    elif meant:
        remedy = f"Type it as {meant[0]} if that is the day meant."
    else:
        remedy = "Type the date as year-month-day, such as 2026-03-26."
    short = " ".join(text.split())[:60]
    return NotADate(f"`{short}` is not a date that can be relied on.", remedy)


def _readings(text: str) -> list[datetime.date]:
    """The days that may be meant, the day-first reading before the month-first one."""
    if match := _LOOSE.fullmatch(text):
        year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
        both = [_day(year, int(match[2]), int(match[1])), _day(year, int(match[1]), int(match[2]))]
        return list(dict.fromkeys(d for d in both if d))
    if match := _YEAR_FIRST.fullmatch(text):
        return [d for d in [_day(int(match[1]), int(match[2]), int(match[3]))] if d]
    if (match := _IN_WORDS.fullmatch(text)) and match[2][:3].lower() in _MONTHS:
        year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
        return [d for d in [_day(year, _MONTHS.index(match[2][:3].lower()) + 1, int(match[1]))] if d]
    if _SERIAL.fullmatch(text):
        return [_EXCEL_DAY_0 + datetime.timedelta(days=int(float(text)))]
    return []


def _day(year: int, month: int, day: int) -> datetime.date | None:
    # A year far from ours is a slip of the keyboard (0206, 2206) or Excel's day 0 (1900), not a date.
    if not 1900 < year <= 2199:
        return None
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
