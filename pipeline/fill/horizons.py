"""Actions by when they are due: overdue, by the next review, within six months, later."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Collection
from dataclasses import dataclass

from pipeline.dossier.views import ActionView, Dossier
from pipeline.fill.kit import Kit
from pipeline.fill.runs import Sentence
from pipeline.words import date_in_words, number_in_words, sentence_case, the

HALF_YEAR = 6
LISTED = 2


@dataclass(frozen=True)
class Horizon:
    """A span of time and what is to be done in it."""

    heading: str
    points: tuple[Sentence, ...]


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day some months later, or the last day of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def soon(dossier: Dossier) -> tuple[datetime.date, str]:
    """The day up to which an action is soon due, in words too: the next review that the cover names, else six months.

    Nobody has given the day of the next meeting, so none is named.
    """
    cover = dossier.cover
    if cover.next_review and cover.next_review > cover.date:
        return cover.next_review, f"by the next review ({date_in_words(cover.next_review)})"
    half_year = months_after(cover.date, HALF_YEAR)
    return half_year, f"within six months of the meeting (by {date_in_words(half_year)})"


def _open_by_date(dossier: Dossier) -> list[ActionView]:
    return sorted((a for a in dossier.actions if a.status == "open" and a.due), key=lambda a: (a.due, a.id))


def due_first(dossier: Dossier) -> list[ActionView]:
    """Overdue actions, then those due soon, earliest first."""
    until, _ = soon(dossier)
    return [a for a in _open_by_date(dossier) if a.overdue or (a.due and a.due <= until)]


def horizons(dossier: Dossier, kit: Kit, shown: Collection[str]) -> tuple[Horizon, ...]:
    """The spans in which something is due. An action in the table of those due is not told twice."""
    half_year = months_after(dossier.cover.date, HALF_YEAR)
    until, words = soon(dossier)
    ends = sorted({(until, sentence_case(words)), (half_year, f"Within six months (by {date_in_words(half_year)})")})
    ends = [end for n, end in enumerate(ends) if n == 0 or end[0] != ends[n - 1][0]]
    spans: dict[str, list[ActionView]] = {name: [] for name in (*(name for _, name in ends), "Later")}
    for action in _open_by_date(dossier):
        due = action.due or datetime.date.max
        spans[next((name for end, name in ends if due <= end), "Later")].append(action)
    return tuple(_horizon(name, actions, kit, shown) for name, actions in spans.items() if actions)


def _horizon(name: str, actions: list[ActionView], kit: Kit, shown: Collection[str]) -> Horizon:
    told = sum(a.id in shown for a in actions)
    rest = [a for a in actions if a.id not in shown]
    # The table of those due says enough of the first span.
    listed = [] if told else rest[:LISTED]
    points = [kit.sentence(f"{a.action.strip().rstrip('.')} ({_who_and_when(a)}).") for a in listed]
    if told:
        noun = "action" if told == 1 else f"{number_in_words(told)} actions"
        points.insert(0, kit.sentence(f"The {noun} listed under ‘Actions due and overdue’."))
    more = len(rest) - len(listed)
    if more > 0:
        points.append(kit.sentence(f"{more:,} more in ").refer("annex_a", "Annex A").say("."))
    return Horizon(name, tuple(points))


def _who_and_when(action: ActionView) -> str:
    return f"{the(action.owner) if action.owner else 'no owner named'}, {date_in_words(action.due)}"
