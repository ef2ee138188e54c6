"""Indicators over time: an XmR chart of the whole, the most and the least deprived with their gap, other groups."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from pipeline.charts import cells
from pipeline.charts.fonts import drawable, width_of
from pipeline.charts.sheet import DPI, POINTS, Box, Sheet, one_line
from pipeline.checks.small_counts import base_of, number
from pipeline.dossier.headline import HEADLINE_PICTURE, headline_trends
from pipeline.dossier.palette import HATCH, INK, LINE, QUIET, RAMP
from pipeline.dossier.series import Series, Trend, gap, trends
from pipeline.dossier.trend_words import of_all, shown
from pipeline.dossier.views import Dossier
from pipeline.model.periods import short_name
from pipeline.text import counted

TITLE, HEADING, TICKS, FOOT, LEFT, BETWEEN = 0.32, 0.25, 0.3, 0.24, 0.55, 0.12
PROCESS, ENDS, GROUPS = 1.75, 1.35, 2.05
"""How high the axes of a panel are."""
NAMES, ENDS_NAMES, LONG_NAMES = 1.5, 1.35, 2.3
"""Room for words at the right of a panel."""
SIZE = 10.0
SPARK_HEIGHT, SPARK_NAME, SPARK_WORDS = 0.62, 2.2, 1.75
MOST_LINES = 8
MARKS = "os^Dvp<X"
DASHES = ("-", "--", "-.", ":", (0, (5, 1)), (0, (1, 1)), (0, (8, 2)), (0, (3, 1, 1, 1)))

Curve = tuple[str, Sequence[float | None]]
"""A line's name, and a value for each period."""


class Panel(NamedTuple):
    """A place on the sheet, what is drawn in it, and the room for words at its right."""

    heading: str
    box: Box
    """Of heading, axes and ticks."""
    names: float
    draw: Callable[[Axes], None]
    percent: bool


def trend_charts(dossier: Dossier) -> Iterator[tuple[str, Figure]]:
    """A picture for each indicator with several periods."""
    for trend in trends(dossier):
        yield trend.name, _picture(trend)


def headline_chart(dossier: Dossier) -> Iterator[tuple[str, Figure]]:
    """One small picture of the headline indicators together."""
    if chosen := headline_trends(dossier):
        yield HEADLINE_PICTURE, _sparks(chosen)


def _picture(trend: Trend) -> Figure:
    panels = list(_panels(trend))
    height = max(panel.box.y + panel.box.height for panel in panels)
    sheet = Sheet(cells.WIDTH, height + FOOT)
    sheet.words(trend.first.indicator, Box(0, 0, cells.WIDTH, TITLE), size=SIZE + 1, bold=True)
    for panel in panels:
        sheet.words(panel.heading, panel.box._replace(height=HEADING), size=SIZE, colour=QUIET)
        panel.draw(_axes(sheet, panel, trend.periods))
    said = f"Source: {trend.first.source}." if trend.first.source else ""
    more = len([s for s in trend.beside if s is not trend.main]) - MOST_LINES
    said += f" {counted(more, 'more group stands', 'more groups stand')} in the data." if more > 0 else ""
    if any(None in s.values for s in (trend.main, *trend.others)):
        said += " A gap in a line: a small count is not shown."
    sheet.words(said.strip(), Box(0, height, cells.WIDTH, FOOT), size=SIZE - 0.5, colour=QUIET)
    return sheet.figure


def _panels(trend: Trend) -> Iterator[Panel]:
    """From the top: the whole, then both ends with their gap and ratio beside them, then the other groups."""
    percent = base_of(trend.first) == 100
    y = TITLE

    def box(x: float, width: float, height: float) -> Box:
        return Box(x, y, width, HEADING + height + TICKS)

    yield Panel(_heading(trend), box(0, cells.WIDTH, PROCESS), NAMES, partial(_process, trend=trend), percent)
    y += HEADING + PROCESS + TICKS + BETWEEN
    if trend.ends:
        width = (cells.WIDTH - 2 * BETWEEN) / 7
        most, least = trend.ends
        both = [(s.name.rpartition(" ")[0], _values(trend, s)) for s in (most, least)]
        part = most.name.rpartition(" ")[2]
        yield Panel(
            f"Most and least deprived {part}", box(0, 3.4 * width, ENDS), ENDS_NAMES,
            partial(_lines, curves=both), percent,
        )  # fmt: skip
        for nth, heading in enumerate(("Gap" + (" in points" if percent else ""), "Ratio, most to least")):
            gaps = [found[nth] if (found := gap(trend, period)) else None for period in trend.periods]
            x = 3.4 * width + BETWEEN + nth * (1.8 * width + BETWEEN)
            yield Panel(
                heading, box(x, 1.8 * width, ENDS), 0.06,
                partial(_lines, curves=[("", gaps)]), False,
            )  # fmt: skip
        y += HEADING + ENDS + TICKS + BETWEEN
    beside = [s for s in trend.beside if s is not trend.main][:MOST_LINES]
    if beside:
        curves = [(trend.main.name, _values(trend, trend.main)), *((s.name, _values(trend, s)) for s in beside)]
        named = f"{beside[0].last.breakdown.strip() or 'Other groups'} and {trend.main.name}".capitalize()
        yield Panel(named, box(0, cells.WIDTH, GROUPS), LONG_NAMES, partial(_lines, curves=curves, whole=True), percent)


def _values(trend: Trend, series: Series) -> list[float | None]:
    return [trend.value(series, period) for period in trend.periods]


def _heading(trend: Trend) -> str:
    main = trend.main
    if main.chart.upper is None:
        return f"{main.name}{of_all(main.last)}: value and mean; too few points for limits"
    return f"{main.name}{of_all(main.last)}: value, mean and limits of what chance gives; squares stand out"


def _axes(sheet: Sheet, panel: Panel, periods: Sequence[str]) -> Axes:
    width, height = sheet.width, sheet.height
    deep = panel.box.height - HEADING - TICKS
    bottom = height - panel.box.y - HEADING - deep
    left, across = panel.box.x + LEFT, panel.box.width - LEFT - panel.names
    axes = sheet.figure.add_axes((left / width, bottom / height, across / width, deep / height))
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.spines["left"].set_color(LINE)
    axes.spines["bottom"].set_color(LINE)
    axes.tick_params(labelsize=SIZE - 0.5, colors=INK)
    axes.yaxis.set_major_locator(MaxNLocator(4))
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.10g}{'%' if panel.percent else ''}")
    _ticks(axes, [drawable(one_line(short_name(period)), False) for period in periods], across)
    axes.set_xlim(-0.5, len(periods) - 0.5)
    axes.grid(axis="y", color=HATCH, linewidth=0.4)
    axes.set_axisbelow(True)
    return axes


def _ticks(axes: Axes, names: Sequence[str], across: float) -> None:
    """As many periods below the axis as it has room for: every second, third and so on, or its two ends, or its end."""
    widest = max(width_of(name, False) for name in names) * (SIZE - 0.5) / POINTS + 0.08
    fit = int(across / widest)
    if fit > 2:
        at = list(range(len(names) - 1, -1, -max(1, -(-len(names) // fit))))[::-1]
        axes.set_xticks(at, [names[n] for n in at])
        return
    at = [0, len(names) - 1] if fit == 2 else [len(names) - 1]
    axes.set_xticks(at, [names[n] for n in at])
    labels = axes.get_xticklabels()
    labels[0].set_horizontalalignment("left")
    labels[-1].set_horizontalalignment("right")


def _process(axes: Axes, trend: Trend) -> None:
    """Points, mean and limits; a point that stands out is larger and square, so that no colour is needed."""
    main, chart = trend.main, trend.main.chart
    ys = _values(trend, main)
    _line(axes, ys)
    known = {row.period: s for row, s in zip(main.rows, chart.signals, strict=True)}
    out = [(n, y) for n, (p, y) in enumerate(zip(trend.periods, ys, strict=True)) if y is not None and known.get(p)]
    _squares(axes, out, 6.5)
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
        axes.axhline(aim, color=INK, linewidth=1.2, linestyle=":")
        labels.append((aim, f"target {aim:,.10g}"))
    axes.margins(y=0.12)
    _label(axes, labels, NAMES)


def _line(axes: Axes, ys: Sequence[float | None]) -> None:
    axes.plot(
        range(len(ys)), [_or_gap(y) for y in ys], color=RAMP[-1], linewidth=1.3, marker="o",
        markersize=3.4 if len(ys) < 40 else 1.8,
    )  # fmt: skip


def _squares(axes: Axes, out: Sequence[tuple[int, float]], size: float) -> None:
    if out:
        axes.plot(
            [n for n, _ in out], [y for _, y in out], linestyle="", marker="s", markersize=size,
            markerfacecolor="white", markeredgecolor=INK, markeredgewidth=1.3,
        )  # fmt: skip


def _lines(axes: Axes, curves: Sequence[Curve], whole: bool = False) -> None:
    """A line for each group, told apart by its dashes and marks and led to its name; `whole`: the first is of all."""
    labels = []
    for n, (name, ys) in enumerate(curves):
        if whole and n == 0:
            axes.plot(range(len(ys)), [_or_gap(y) for y in ys], color=LINE, linewidth=3)
        else:
            nth = n - whole
            axes.plot(
                range(len(ys)), [_or_gap(y) for y in ys], color=RAMP[-1] if nth % 2 == 0 else INK, linewidth=1.2,
                linestyle=DASHES[nth % len(DASHES)], marker=MARKS[nth % len(MARKS)], markersize=3.8,
            )  # fmt: skip
        last = next((y for y in reversed(ys) if y is not None), None)
        if last is not None and name:
            labels.append((last, name))
    axes.margins(y=0.14)
    _label(axes, labels, LONG_NAMES if whole else ENDS_NAMES)


def _or_gap(value: float | None) -> float:
    return float("nan") if value is None else value


def _label(axes: Axes, labels: Sequence[tuple[float, str]], room: float) -> None:
    """Words at the right of the panel, moved apart where lines end close together, each led to its line."""
    low, high = axes.get_ylim()
    inches = axes.get_window_extent().height / DPI
    step = (high - low) * (SIZE * 1.15 / POINTS) / inches
    places = _apart([level for level, _ in sorted(labels)], step, low, high)
    for (level, words), at in zip(sorted(labels), places, strict=True):
        said = drawable(one_line(words), False)
        while len(said) > 4 and width_of(said, False) * (SIZE - 0.5) / POINTS > room - 0.2:
            said = f"{said.rstrip('…')[:-1].rstrip()}…"
        axes.annotate(
            said, (1.0, level), xycoords=("axes fraction", "data"),
            xytext=(12, (at - level) / (high - low) * inches * POINTS), textcoords="offset points",
            fontsize=SIZE - 0.5, color=INK, va="center", annotation_clip=False,
            arrowprops={"arrowstyle": "-", "linewidth": 0.5, "color": QUIET, "shrinkA": 1, "shrinkB": 0},
        )  # fmt: skip


def _apart(levels: Sequence[float], step: float, low: float, high: float) -> list[float]:
    """Places in order, at least a step from each other, as near to their levels as that allows."""
    places: list[float] = []
    for level in levels:
        places.append(max(level, places[-1] + step) if places else max(level, low))
    over = places[-1] - high if places else 0.0
    for n in range(len(places) - 1, -1, -1):
        most = high if n == len(places) - 1 else places[n + 1] - step
        if over > 0:
            places[n] = min(places[n], most)
    return places


def _sparks(chosen: Sequence[Trend]) -> Figure:
    """A line for each headline indicator: its name, its course, its latest value."""
    sheet = Sheet(cells.WIDTH, len(chosen) * SPARK_HEIGHT)
    for nth, trend in enumerate(chosen):
        y, chart, main = nth * SPARK_HEIGHT, trend.main.chart, trend.main
        sheet.words(trend.first.indicator, Box(0, y, SPARK_NAME, SPARK_HEIGHT).inset(0, 0.05), size=SIZE)
        across = cells.WIDTH - SPARK_NAME - SPARK_WORDS - 0.3
        place = (
            (SPARK_NAME + 0.15) / cells.WIDTH, (sheet.height - y - SPARK_HEIGHT + 0.08) / sheet.height,
            across / cells.WIDTH, (SPARK_HEIGHT - 0.16) / sheet.height,
        )  # fmt: skip
        axes = sheet.figure.add_axes(place)
        axes.set_axis_off()
        ys = _values(trend, main)
        if chart.lower is not None and chart.upper is not None:
            axes.axhspan(chart.lower, chart.upper, color=HATCH, alpha=0.45, linewidth=0)
        if chart.mean is not None:
            axes.axhline(chart.mean, color=QUIET, linewidth=0.8)
        if (aim := number(trend.first.target)) is not None:
            axes.axhline(aim, color=INK, linewidth=1.0, linestyle=":")
        _line(axes, ys)
        axes.margins(y=0.2)
        last = next((n for n in range(len(ys) - 1, -1, -1) if ys[n] is not None), 0)
        _squares(axes, [(last, _or_gap(ys[last]))], 5)
        said = f"{shown(ys[last], main.last)}, {short_name(trend.periods[last])}"
        words = Box(cells.WIDTH - SPARK_WORDS, y, SPARK_WORDS, SPARK_HEIGHT)
        sheet.words(said, words.inset(0, 0.05), size=SIZE, bold=True)
        if nth:
            sheet.rule(0, y, cells.WIDTH, HATCH, 0.4)
    return sheet.figure
