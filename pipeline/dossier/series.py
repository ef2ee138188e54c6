"""Indicators over time: one series for each group, the gap between the ends, and the data of their chart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.checks.figures_sources import rank_of
from pipeline.checks.small_counts import is_total, number, same_words
from pipeline.dossier.views import Dossier, IndicatorView
from pipeline.files import as_csv
from pipeline.model.periods import Period, period_of
from pipeline.score.xmr import Xmr, xmr

COLUMNS = (
    *("breakdown", "category", "period", "value", "mean", "lower_limit", "upper_limit", "moving_range", "signal"),
    "audience",
)
MOST_COLUMNS = 6
"""Groups that the table of a trend has beside each other."""


@dataclass(frozen=True)
class Series:
    """The values of one group of an indicator, period after period."""

    rows: tuple[IndicatorView, ...]

    @property
    def last(self) -> IndicatorView:
        """The newest row."""
        return self.rows[-1]

    @property
    def name(self) -> str:
        """The group as a reader knows it."""
        if is_total(self.last):
            return "Everybody"
        rank = rank_of(self.last.category, self.last.breakdown)
        if rank and rank[0] in (1, rank[1]):
            part = "tenth" if rank[1] == 10 else "fifth"
            return f"{'Most' if rank[0] == 1 else 'Least'} deprived {part}"
        return self.last.category.strip() or "Everybody"

    @property
    def rank(self) -> int:
        """1 for the most deprived group, -1 for the least deprived, 0 for any other."""
        found = None if is_total(self.last) else rank_of(self.last.category, self.last.breakdown)
        return 0 if found is None else 1 if found[0] == 1 else -1 if found[0] == found[1] else 0

    @cached_property
    def values(self) -> tuple[float | None, ...]:
        """The figures; None for one that is not shown."""
        return tuple(number(row.value) for row in self.rows)

    @cached_property
    def chart(self) -> Xmr:
        """Mean, limits and signals."""
        return xmr(self.values)


@dataclass(frozen=True)
class Trend:
    """An indicator over several periods: the series that speaks for it, and the others beside it."""

    name: str
    """Of its picture and its data, without an ending."""
    main: Series
    others: tuple[Series, ...]

    @property
    def first(self) -> IndicatorView:
        """The row that speaks for what all of them share."""
        return self.main.last

    @property
    def ends(self) -> tuple[Series, Series] | None:
        """The most and the least deprived group, where both are there."""
        every = (self.main, *self.others)
        most, least = (next((s for s in every if s.rank == rank), None) for rank in (1, -1))
        return (most, least) if most and least else None

    @property
    def beside(self) -> tuple[Series, ...]:
        """The groups of the other breakdowns, ethnic groups first."""
        rest = [s for s in self.others if not rank_of(s.last.category, s.last.breakdown)]
        return tuple(sorted(rest, key=lambda s: not s.last.breakdown.casefold().startswith("ethnic")))

    @cached_property
    def columns(self) -> tuple[Series, ...]:
        """The groups that its table has beside each other: the main one, both ends, then others as they fit."""
        first = (self.main, *(s for s in self.ends or () if s is not self.main))
        return (*first, *(s for s in self.beside if s is not self.main))[:MOST_COLUMNS]

    def tells(self, rows: Sequence[IndicatorView]) -> bool:
        """Whether its table has all of these rows, or has newer ones: a table of their own would say little more."""
        shown = {id(row) for s in self.columns for row in s.rows}
        every = [row for s in (self.main, *self.others) for row in s.rows]
        lengths = {_when(row).length for row in every}
        newest: dict[str, Period] = {}
        for row in every:
            kind = same_words(row.breakdown)
            newest[kind] = max(newest.get(kind, _when(row)), _when(row))
        return all(
            id(row) in shown
            or ((when := period_of(row.period)) is not None and when.length in lengths)
            and when < newest.get(same_words(row.breakdown), when)
            for row in rows
        )

    @cached_property
    def periods(self) -> tuple[str, ...]:
        """Every period in order of time, as it is written."""
        found: dict[Period, str] = {}
        for row in (row for s in (self.main, *self.others) for row in s.rows):
            found.setdefault(_when(row), row.period)
        return tuple(found[when] for when in sorted(found))

    def value(self, series: Series, period: str) -> float | None:
        """A group's figure for a period."""
        at = period_of(period)
        return next((v for row, v in zip(series.rows, series.values, strict=True) if _when(row) == at), None)


def _when(row: IndicatorView) -> Period:
    period = period_of(row.period)
    assert period is not None
    return period


def trends(dossier: Dossier) -> tuple[Trend, ...]:
    """Every indicator with a group of at least two periods, in the order of the table."""
    by_indicator: dict[str, list[IndicatorView]] = {}
    for row in dossier.indicators:
        by_indicator.setdefault(same_words(row.id), []).append(row)
    found: list[Trend] = []
    for every in by_indicator.values():
        if trend := trend_of(every, periods=2):
            nth = sum(t.name == trend.name or t.name.startswith(f"{trend.name}-") for t in found)
            found.append(replace(trend, name=f"{trend.name}-{nth + 1}") if nth else trend)
    return tuple(found)


def trend_of(rows: Sequence[IndicatorView], periods: int) -> Trend | None:
    """What rows of one indicator tell over at least so many periods; None where no group has a value in as many."""
    groups: dict[tuple[str, str], list[IndicatorView]] = {}
    for row in _of_one_length([row for row in rows if period_of(row.period) is not None and row.value.strip()]):
        groups.setdefault((same_words(row.breakdown), same_words(row.category)), []).append(row)
    made = [Series(tuple(sorted(group, key=_when))) for group in groups.values()]
    series = [
        s for s in made if len({_when(row) for row in s.rows}) >= periods and any(v is not None for v in s.values)
    ]
    if not series:
        return None
    main = min(series, key=lambda s: (not is_total(s.last), s.rank != 1))
    return Trend(f"trend-{_slug(main.last.id)}", main, tuple(s for s in series if s is not main))


def _of_one_length(rows: Sequence[IndicatorView]) -> list[IndicatorView]:
    """The rows whose periods are all months, all quarters or all years: those of which there are the most periods."""
    periods: dict[str, set[Period]] = {}
    for row in rows:
        periods.setdefault(_when(row).length, set()).add(_when(row))
    most = max(periods, key=lambda length: len(periods[length]), default="")
    return [row for row in rows if _when(row).length == most]


def _slug(ident: str) -> str:
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in ident.casefold()).split()) or "value"


def by_id(dossier: Dossier) -> dict[str, Trend]:
    """The indicators that are shown as series, by the id that they are compared by."""
    return {same_words(trend.first.id): trend for trend in trends(dossier)}


def gap(trend: Trend, period: str) -> tuple[float, float | None] | None:
    """The gap for a period: the difference, and the most deprived group's value by the least deprived's."""
    if trend.ends is None:
        return None
    most, least = (trend.value(series, period) for series in trend.ends)
    if most is None or least is None:
        return None
    return abs(most - least), most / least if least else None


def data(dossier: Dossier) -> Iterator[tuple[str, bytes]]:
    """The data of each picture, a line for each point."""
    for trend in trends(dossier):
        yield trend.name, as_csv(COLUMNS, list(_lines(trend, dossier.audience)))


def _lines(trend: Trend, audience: str) -> Iterator[list[str]]:
    for series in (trend.main, *trend.others):
        chart = series.chart
        known = (chart.mean, chart.lower, chart.upper)
        for row, moved, signal in zip(series.rows, chart.ranges, chart.signals, strict=True):
            figures = ["" if figure is None else f"{figure:.4f}" for figure in (*known, moved)]
            yield [row.breakdown, row.category, row.period, row.value, *figures, signal, audience]
