"""Months and quarters, as the framework and agreed exceptions count them."""

from __future__ import annotations

import calendar
import datetime


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later (earlier, if negative); the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))


def quarter(day: datetime.date) -> tuple[int, int]:
    """Year and quarter of the year."""
    return day.year, (day.month - 1) // 3
