"""Actions by when they are due: overdue, by the next meeting, within six months, later."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Collection
from dataclasses import dataclass

from pipeline.dossier.views import ActionView, Dossier
from pipeline.fill.kit import Kit
from pipeline.fill.runs import Sentence
from pipeline.words import date_in_words, number_in_words, the

SOON_MONTHS, HALF_YEAR = 2, 6
LISTED = 2


@dataclass(frozen=True)
class Horizon:
    """A span of time and what is to be done in it."""

    heading: str
    points: tuple[Sentence, ...]
    nothing: str


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day some months later, or the last day of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def next_meeting(dossier: Dossier) -> datetime.date:
    """The next review that the cover names; where it names none within six months, two months from this meeting."""
    cover = dossier.cover
    half_year = months_after(cover.date, HALF_YEAR)
    if cover.next_review and cover.date < cover.next_review < half_year:
        return cover.next_review
    return months_after(cover.date, SOON_MONTHS)


def _open_by_date(dossier: Dossier) -> list[ActionView]:
    return sorted((a for a in dossier.actions if a.status == "open" and a.due), key=lambda a: (a.due, a.id))


def due_first(dossier: Dossier) -> list[ActionView]:
    """Overdue actions, then those due by the next meeting, earliest first."""
    soon = next_meeting(dossier)
    return [a for a in _open_by_date(dossier) if a.overdue or (a.due and a.due <= soon)]


def horizons(dossier: Dossier, kit: Kit, shown: Collection[str]) -> tuple[Horizon, ...]:
    """Three spans. An action in the table of those due is not told twice."""
    soon, half_year = next_meeting(dossier), months_after(dossier.cover.date, HALF_YEAR)
    spans: dict[str, list[ActionView]] = {
        f"By the next meeting ({date_in_words(soon)})": [],
        f"Within six months (by {date_in_words(half_year)})": [],
        "Later": [],
    }
    first, second, third = spans.values()
    for action in _open_by_date(dossier):
        due = action.due or datetime.date.max
        (first if due <= soon else second if due <= half_year else third).append(action)
    return tuple(_horizon(name, actions, kit, shown) for name, actions in spans.items())


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
    return Horizon(name, tuple(points), "" if points else "No action is planned for this time.")


def _who_and_when(action: ActionView) -> str:
    return f"{the(action.owner) if action.owner else 'no owner named'}, {date_in_words(action.due)}"
