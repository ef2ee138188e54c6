"""Indicators over time: an XmR chart of the whole, the most and the least deprived, and the other groups beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from pipeline.charts import cells
from pipeline.charts.fonts import drawable
from pipeline.charts.sheet import Box, Sheet, one_line
from pipeline.checks.small_counts import base_of, number
from pipeline.dossier.palette import HATCH, INK, LINE, QUIET, RAMP
from pipeline.dossier.series import Series, Trend, trends
from pipeline.dossier.views import Dossier
from pipeline.model.periods import short_name

TITLE, PANEL, HEADING, FOOT, LEFT, RIGHT = 0.3, 1.75, 0.24, 0.2, 0.5, 1.75
MOST_LINES = 6
MARKS = "os^Dvp"
DASHES = ("-", "--", "-.", ":", (0, (5, 1)), (0, (1, 1)))
SIZE = 8


def trend_charts(dossier: Dossier) -> Iterator[tuple[str, Figure]]:
    """A picture for each indicator with several periods."""
    for trend in trends(dossier):
        yield trend.name, _picture(trend)


def _picture(trend: Trend) -> Figure:
    panels: list[tuple[str, Sequence[Series]]] = [(_heading(trend.main), (trend.main,))]
    if trend.ends:
        panels.append(("The most and the least deprived", trend.ends))
    if trend.beside:
        panels.append(("Other groups", trend.beside[:MOST_LINES]))
    sheet = Sheet(cells.WIDTH, TITLE + len(panels) * (HEADING + PANEL + 0.35) + FOOT)
    sheet.words(trend.first.indicator, Box(0, 0, cells.WIDTH, TITLE), size=9.5, bold=True)
    for n, (heading, series) in enumerate(panels):
        top = TITLE + n * (HEADING + PANEL + 0.35)
        sheet.words(heading, Box(0, top, cells.WIDTH, HEADING), size=SIZE, colour=QUIET)
        axes = _axes(sheet, top + HEADING, trend)
        if n == 0:
            _process(axes, trend)
        else:
            _lines(axes, trend, series)
    source = f"Source: {trend.first.source}." if trend.first.source else ""
    gaps = (
        " A gap in a line: a small count is not shown."
        if any(None in s.values for s in (trend.main, *trend.others))
        else ""
    )
    sheet.words(source + gaps, Box(0, sheet.height - FOOT, cells.WIDTH, FOOT), size=7.5, colour=QUIET)
    return sheet.figure


def _heading(main: Series) -> str:
    if main.chart.upper is None:
        return f"{main.name}: value and mean; too few points for limits"
    return f"{main.name}: value, mean and limits of what chance gives; squares stand out"


def _axes(sheet: Sheet, top: float, trend: Trend) -> Axes:
    width, height = sheet.width, sheet.height
    place = (LEFT / width, (height - top - PANEL) / height, (width - LEFT - RIGHT) / width, PANEL / height)
    axes = sheet.figure.add_axes(place)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.tick_params(labelsize=SIZE - 0.5, colors=INK)
    axes.yaxis.set_major_locator(MaxNLocator(5))
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.10g}{'%' if base_of(trend.first) == 100 else ''}")
    names = [short_name(period) for period in trend.periods]
    step = max(1, -(-len(names) // 8))
    at = list(range(len(names) - 1, -1, -step))[::-1]
    axes.set_xticks(at, [drawable(one_line(names[n]), False) for n in at], rotation=0)
    axes.set_xlim(-0.5, len(names) - 0.5)
    axes.grid(axis="y", color=HATCH, linewidth=0.4)
    axes.set_axisbelow(True)
    return axes


def _process(axes: Axes, trend: Trend) -> None:
    """Points, mean and limits; a point that stands out is larger and square, so that no colour is needed."""
    main, chart = trend.main, trend.main.chart
    ys = [trend.value(main, period) for period in trend.periods]
    axes.plot(range(len(ys)), [_or_gap(y) for y in ys], color=RAMP[-1], linewidth=1.2, marker="o", markersize=3.2)
    known = {row.period: s for row, s in zip(main.rows, chart.signals, strict=True)}
    out = [(n, y) for n, (p, y) in enumerate(zip(trend.periods, ys, strict=True)) if y is not None and known.get(p)]
    if out:
        axes.plot(
            [n for n, _ in out], [y for _, y in out], linestyle="", marker="s", markersize=6.5,
            markerfacecolor="white", markeredgecolor=INK, markeredgewidth=1.4,
        )  # fmt: skip
    labels: list[tuple[float, str]] = []
    for level, dash, name in (
        (chart.mean, "-", "mean"),
        (chart.upper, "--", "upper limit"),
        (chart.lower, "--", "lower limit"),
    ):
        if level is not None:
            axes.axhline(level, color=QUIET, linewidth=0.9, linestyle=dash)
            labels.append((level, f"{name} {level:,.1f}"))
    if (aim := number(trend.first.target)) is not None:
        axes.axhline(aim, color=INK, linewidth=1.1, linestyle=":")
        labels.append((aim, f"target {aim:,.10g}"))
    axes.margins(y=0.12)
    _label(axes, labels)


def _lines(axes: Axes, trend: Trend, series: Sequence[Series]) -> None:
    """A line for each group, told apart by its dashes and marks and named where it ends."""
    labels = []
    for n, one in enumerate(series):
        ys = [trend.value(one, period) for period in trend.periods]
        axes.plot(
            range(len(ys)), [_or_gap(y) for y in ys], color=RAMP[-1] if n % 2 == 0 else INK, linewidth=1.1,
            linestyle=DASHES[n % len(DASHES)], marker=MARKS[n % len(MARKS)], markersize=3.2,
        )  # fmt: skip
        last = next((y for y in reversed(ys) if y is not None), None)
        if last is not None:
            labels.append((last, one.name))
    axes.margins(y=0.12)
    _label(axes, labels)


def _or_gap(value: float | None) -> float:
    return float("nan") if value is None else value


def _label(axes: Axes, labels: Sequence[tuple[float, str]]) -> None:
    """Words at the right of the panel, moved apart where lines end close together."""
    low, high = axes.get_ylim()
    step = (high - low) * 0.115
    at = low - step
    for level, words in sorted(labels):
        at = max(level, at + step)
        said = drawable(one_line(words if len(words) <= 26 else f"{words[:25]}…"), False)
        axes.annotate(
            said, (1.0, at), xycoords=("axes fraction", "data"), xytext=(5, 0), textcoords="offset points",
            fontsize=SIZE - 0.5, color=INK, va="center", annotation_clip=False,
        )  # fmt: skip
    axes.spines["left"].set_color(LINE)
    axes.spines["bottom"].set_color(LINE)
