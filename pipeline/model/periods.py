"""Periods as teams write them: a year, a quarter, a month, a day, or from one of these to another."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.text import MONTHS

_MONTH = r"(?P<{0}>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_TOLD = re.compile(
    "|".join((
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH.format('month_of_day')},?\s+(?P<year_of_day>\d{{4}})",
        r"(?P<iso>\d{4}-\d\d-\d\d)",
        r"(?P<fy_first>\d{4})\s?[-/–]\s?(?P<fy_second>\d{4}|\d\d)(?!\d)(?:[\s,]*(?:q|quarter\s?)(?P<fy_q>[1-4])\b)?",
        r"(?:q|quarter\s?)(?P<q_before>[1-4])[\s,]*(?:of\s)?(?P<q_year>\d{4})(?:\s?[-/–]\s?(?P<q_second>\d{4}|\d\d)(?!\d))?",
        r"(?P<y_then>\d{4})[\s,-]*q(?P<q_then>[1-4])\b",
        rf"{_MONTH.format('from_month')}(?:\s?[-–]\s?|\s+to\s+){_MONTH.format('to_month')}\s+(?P<range_year>\d{{4}})",
        rf"{_MONTH.format('month')}[\s-]+(?P<year_of_month>\d{{4}}|\d\d(?!\d))",
        r"(?P<year>(?:19|20|21)\d\d)(?!\d)",
    )),
    re.IGNORECASE,
)  # fmt: skip
_YEAR_UP_TO = re.compile(r"\b(?:year|12 months|twelve months) (?:to|ending|ended)\b|\brolling (?:year|12)", re.I)
_QUARTER_UP_TO = re.compile(r"\b(?:quarter|3 months|three months) (?:to|ending|ended)\b", re.I)
LENGTHS = {
    "day": (0, 1),
    "week": (6, 8),
    "month": (27, 31),
    "quarter": (89, 92),
    "half-year": (180, 185),
    "year": (364, 366),
}


@dataclass(frozen=True, order=True)
class Period:
    """The first and the last day of a period."""

    begins: datetime.date
    ends: datetime.date

    @property
    def length(self) -> str:
        """`month`, `quarter`, `year` and the like; `other` for what is none of these."""
        days = (self.ends - self.begins).days + 1
        return next((name for name, (least, most) in LENGTHS.items() if least <= days <= most), "other")


@lru_cache(maxsize=4096)
def period_of(text: str) -> Period | None:
    """The period that a text names; None for one that is not understood, or that ends before it begins."""
    begins, ends = ends_of(text)
    if begins is None or ends is None or ends < begins:
        return None
    if _YEAR_UP_TO.search(text):
        begins = _months_before(ends, 12)
    elif _QUARTER_UP_TO.search(text):
        begins = _months_before(ends, 3)
    return Period(begins, ends)


def ends_of(text: str) -> tuple[datetime.date | None, datetime.date | None]:
    """The first day of what a text names first, and the last day of what it names last."""
    found = [days for match in _TOLD.finditer(text) if (days := _days(match.groupdict()))]
    return (found[0][0], found[-1][1]) if found else (None, None)


def short_name(text: str) -> str:
    """A period as it fits below a chart: `Nov 25`, `25-26 Q2`, `2025-26`; a day as `31 Dec 25`."""
    period = period_of(text)
    if period is None:
        return text
    month = MONTHS[period.ends.month - 1][:3]
    if period.length == "month":
        return f"{month} {period.ends:%y}"
    if period.length == "day":
        return f"{period.ends.day} {month} {period.ends:%y}"
    if period.length == "quarter" and "q" not in text.casefold():
        return f"{MONTHS[period.begins.month - 1][:3]} to {month} {period.ends:%y}"
    if period.length == "quarter" and len(text) > 8:
        return re.sub(r"\b20(?=\d\d[-/–]\d\d\b)", "", text)
    return text if len(text) <= 12 else f"to {month} {period.ends:%y}"


def in_words(text: str) -> str:
    """A period as a sentence says it: `2025-11` is November 2025; others as they are written."""
    period = period_of(text)
    if period is None or period.length != "month":
        return text
    return f"{MONTHS[period.begins.month - 1]} {period.begins.year}"


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later (earlier, if negative); the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))


def _months_before(ends: datetime.date, months: int) -> datetime.date:
    number = ends.year * 12 + ends.month - months
    return datetime.date(number // 12, number % 12 + 1, 1)


def _days(told: dict[str, str | None]) -> tuple[datetime.date, datetime.date] | None:
    try:
        return _understood(told)
    except ValueError:
        return None


def _understood(told: dict[str, str | None]) -> tuple[datetime.date, datetime.date] | None:
    if told["day"] or told["iso"]:
        day = (
            datetime.date.fromisoformat(told["iso"])
            if told["iso"]
            else datetime.date(_number(told["year_of_day"]), _month(told["month_of_day"]), _number(told["day"]))
        )
        return day, day
    if told["fy_first"]:
        return _financial(told["fy_first"], told["fy_second"] or "", told["fy_q"])
    if told["q_before"] and told["q_second"]:
        return _financial(told["q_year"] or "", told["q_second"], told["q_before"])
    if told["q_before"] or told["q_then"]:
        first = 3 * _number(told["q_before"] or told["q_then"]) - 2
        return _span(_number(told["q_year"] or told["y_then"]), first, 3)
    if told["from_month"]:
        first, last = _month(told["from_month"]), _month(told["to_month"])
        year = _number(told["range_year"])
        return _span(year if first <= last else year - 1, first, (last - first) % 12 + 1)
    if told["month"]:
        year = _number(told["year_of_month"])
        return _span(year if year > 99 else 2000 + year, _month(told["month"]), 1)
    return _span(_number(told["year"]), 1, 12)


def _financial(first: str, second: str, quarter: str | None) -> tuple[datetime.date, datetime.date] | None:
    """`2025-26` from April to March; `2025-11` is a month; `2021-23` three calendar years."""
    year, following = int(first), int(second[-2:])
    if following == (year + 1) % 100:
        return _span(year, 4 + 3 * (int(quarter) - 1), 3) if quarter else _span(year, 4, 12)
    if len(second) == 2 and 1 <= following <= 12:
        return _span(year, following, 1)
    last = int(second) if len(second) == 4 else year - year % 100 + following
    return (datetime.date(year, 1, 1), datetime.date(last, 12, 31)) if last != year else None


def _span(year: int, month: int, months: int) -> tuple[datetime.date, datetime.date]:
    begins = year * 12 + month - 1
    last = begins + months - 1
    last_day = calendar.monthrange(last // 12, last % 12 + 1)[1]
    return datetime.date(begins // 12, begins % 12 + 1, 1), datetime.date(last // 12, last % 12 + 1, last_day)


def _month(text: str | None) -> int:
    return [m[:3].casefold() for m in MONTHS].index((text or "")[:3].casefold()) + 1


def _number(text: str | None) -> int:
    return int(text or 0)


def periods_in(text: str) -> tuple[Period, ...]:
    """Every period that a sentence names, in reading order."""
    found = (_days(match.groupdict()) for match in _TOLD.finditer(text))
    return tuple(Period(*days) for days in found if days)
