"""What an indicator over time says in words: its latest value, change or none, its target, its gap. Never a cause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.checks.small_counts import SUPPRESSED, base_of, number
from pipeline.dossier.indicators import with_thousands
from pipeline.dossier.series import Trend, gap, trends
from pipeline.dossier.views import Dossier, FigureView, IndicatorView
from pipeline.model.periods import in_words, short_name
from pipeline.score.xmr import BEYOND, FEWEST, SHIFT, TREND
from pipeline.text import list_in_words, sentence_case

_RULES = {
    BEYOND: "lies beyond the limits",
    SHIFT: "is one of seven or more in a row on one side of the mean",
    TREND: "is one of seven or more in a row that {way}",
}
_NEAR = "is one of two in three near a limit"


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
    now = f"{main.name}: {shown(main.values[-1], main.last)}{_counted(main.last)} in {in_words(main.last.period)}"
    before = next((n for n in range(len(main.rows) - 2, -1, -1) if main.values[n] is not None), None)
    if before is None:
        return f"{now}."
    return f"{now}, {shown(main.values[before], main.last)} in {in_words(main.rows[before].period)}."


def of_all(row: IndicatorView) -> str:
    """` of 161,560`: of how many a share or a rate is; that it is not given, for a percentage without."""
    if number(row.denominator) is not None:
        return f", of {with_thousands(row.denominator.strip())}"
    return ", of how many is not given" if base_of(row) == 100 and row.denominator.strip() != SUPPRESSED else ""


def _counted(row: IndicatorView) -> str:
    if number(row.value) is None:
        return ""
    count = with_thousands(row.numerator.strip()) if number(row.numerator) is not None else ""
    said = f"{count} {of_all(row).removeprefix(', ')}".strip()
    return f" ({said})" if said and base_of(row) else ""


def _change(trend: Trend) -> str:
    chart, main = trend.main.chart, trend.main
    known = sum(v is not None for v in main.values)
    if known < 2:
        return ""
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
