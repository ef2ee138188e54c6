"""Indicators over time: one series for each group, what its chart says in words, and its data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.checks.figures_sources import rank_of
from pipeline.checks.small_counts import SUPPRESSED, base_of, is_total, number, same_words
from pipeline.dossier.views import Dossier, FigureView, IndicatorView
from pipeline.files import as_csv
from pipeline.model.periods import Period, in_words, period_of, short_name
from pipeline.score.xmr import BEYOND, FEWEST, SHIFT, TREND, Xmr, xmr
from pipeline.text import list_in_words, sentence_case

COLUMNS = (
    *("breakdown", "category", "period", "value", "mean", "lower_limit", "upper_limit", "moving_range", "signal"),
    "audience",
)
_RULES = {
    BEYOND: "lies beyond the limits",
    SHIFT: "is one of seven or more in a row on one side of the mean",
    TREND: "is one of seven or more in a row that {way}",
}
_NEAR = "is one of two in three near a limit"


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
    by_indicator: dict[str, dict[tuple[str, str], list[IndicatorView]]] = {}
    for row in dossier.indicators:
        if period_of(row.period) is not None and row.value.strip():
            groups = by_indicator.setdefault(same_words(row.id), {})
            groups.setdefault((same_words(row.breakdown), same_words(row.category)), []).append(row)
    found: list[Trend] = []
    for groups in by_indicator.values():
        made = [Series(tuple(sorted(rows, key=_when))) for rows in groups.values()]
        series = [s for s in made if len({_when(row) for row in s.rows}) > 1 and any(v is not None for v in s.values)]
        if series:
            main = min(series, key=lambda s: (not is_total(s.last), s.rank != 1))
            name = f"trend-{_slug(main.last.id)}"
            nth = sum(t.name == name or t.name.startswith(f"{name}-") for t in found)
            found.append(Trend(f"{name}-{nth + 1}" if nth else name, main, tuple(s for s in series if s is not main)))
    return tuple(found)


def _slug(ident: str) -> str:
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in ident.casefold()).split()) or "value"


def in_series(dossier: Dossier) -> frozenset[str]:
    """The ids of the indicators that are shown as series."""
    return frozenset(same_words(trend.first.id) for trend in trends(dossier))


def shown(value: float | None, like: IndicatorView) -> str:
    """A figure with its unit, as its row writes them; `not shown *` for none."""
    if value is None:
        return f"not shown {SUPPRESSED}"
    places = max(len(like.value.strip().removesuffix("%").partition(".")[2]), 0 if value == int(value) else 1)
    unit = like.unit.strip()
    return f"{value:,.{places}f}{'%' if base_of(like) == 100 else f' {unit}' if unit else ''}"


def what_it_says(trend: Trend) -> tuple[str, ...]:
    """Sentences: the latest value, special change or none, the target, the gap. None of them names a cause."""
    said = [_latest(trend), _change(trend), _target(trend), gap_said(trend)]
    return tuple(sentence for sentence in said if sentence)


def _latest(trend: Trend) -> str:
    main = trend.main
    now = f"{main.name}: {shown(main.values[-1], main.last)} in {in_words(main.last.period)}"
    before = next((n for n in range(len(main.rows) - 2, -1, -1) if main.values[n] is not None), None)
    if before is None:
        return f"{now}."
    return f"{now}, {shown(main.values[before], main.last)} in {in_words(main.rows[before].period)}."


def _change(trend: Trend) -> str:
    chart, main = trend.main.chart, trend.main
    known = sum(v is not None for v in main.values)
    if chart.upper is None:
        return f"No limits are drawn: there are {known} points, and {FEWEST} are needed to tell change from chance."
    signal, side = chart.signals[-1], chart.sides[-1]
    if signal:
        way = "rise" if side == "up" else "fall"
        rule = _RULES.get(signal, _NEAR).format(way=way)
        kind = {"neither": "special change", "": "special change"}.get(
            main.last.improvement, "improvement" if side == main.last.improvement else "concern"
        )
        return f"{sentence_case(kind)}: the latest point {rule}."
    earlier = [in_words(row.period) for row, s in zip(main.rows, chart.signals, strict=True) if s]
    said = f" Earlier points that stand out: {_listed(earlier)}." if earlier else ""
    return f"No special change: the latest point varies as one would expect.{said}"


def _listed(periods: Sequence[str]) -> str:
    return list_in_words(periods) if len(periods) <= 4 else f"{periods[0]} to {periods[-1]}, {len(periods)} in all"


def _target(trend: Trend) -> str:
    """Whether the target will be met, as the limits tell it."""
    main, chart = trend.main.last, trend.main.chart
    aim, way = number(main.target), main.improvement
    if aim is None or way not in ("up", "down"):
        return ""
    named = f"The target is {shown(aim, main)}"
    if chart.lower is None or chart.upper is None:
        value = trend.main.values[-1]
        met = value is not None and (value >= aim if way == "up" else value <= aim)
        return f"{named}; the latest value {'meets' if met else 'does not meet'} it."
    good, bad = (chart.lower, chart.upper) if way == "up" else (-chart.upper, -chart.lower)
    goal = aim if way == "up" else -aim
    often = "be met consistently" if good >= goal else "not be met" if bad < goal else "sometimes be met, sometimes not"
    return f"{named}; unless something changes, it will {often}."


def gap_said(trend: Trend) -> str:
    """The gap between the most and the least deprived group at the end, and at the start."""
    if trend.ends is None:
        return ""
    gaps = [(p, g) for p in trend.periods if (g := gap(trend, p)) is not None]
    if not gaps:
        return ""
    (start, first), (end, last) = gaps[0], gaps[-1]
    unit = "percentage points" if base_of(trend.first) == 100 else trend.first.unit.strip()
    said = f"The gap between the most and the least deprived is {last[0]:,.1f} {unit} in {in_words(end)}"
    said += f" (a ratio of {last[1]:.2f})" if last[1] else ""
    return f"{said}, and was {first[0]:,.1f} in {in_words(start)}." if start != end else f"{said}."


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


def describe_trends(dossier: Dossier) -> Iterator[FigureView]:
    """Caption and alt text of each picture: what is seen, never a cause."""
    for trend in trends(dossier):
        first, main = trend.first, trend.main
        span = f"{short_name(main.rows[0].period)} to {short_name(main.last.period)}"
        beside = list_in_words([s.name for s in trend.others[:6]])
        hidden = sum(v is None for s in (main, *trend.others) for v in s.values)
        alt = f"Line chart of {first.indicator}, {span}, {len(main.rows)} points. {' '.join(what_it_says(trend))}"
        alt += f" Lines beside it: {beside}." if beside else ""
        alt += f" Gaps: {hidden} {'value is' if hidden == 1 else 'values are'} not shown." if hidden else ""
        alt += f" Source: {first.source}." if first.source else ""
        yield FigureView(trend.name, trend.name, f"{first.indicator}, {span}", alt)
