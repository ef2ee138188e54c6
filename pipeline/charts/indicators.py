"""Indicators by deprivation and ethnicity: a bar for each group, its value in words, its range; and the data as CSV."""

from __future__ import annotations

from collections.abc import Iterator

from matplotlib.figure import Figure

from pipeline.charts import cells
from pipeline.charts.sheet import Box, Sheet
from pipeline.checks.small_counts import number
from pipeline.dossier.indicators import (
    IndicatorGroup,
    category_in_words,
    charts,
    count_in_words,
    told_once,
    value_in_words,
)
from pipeline.dossier.palette import INK, PAPER, QUIET, RAMP
from pipeline.dossier.views import Dossier, IndicatorView
from pipeline.files import as_csv
from pipeline.text import sentence_case

TITLE, ROW, FOOT, NAME, WORDS = 0.3, 0.3, 0.5, 2.35, 2.3
SIZE = 10.5
"""Ten points where the picture is as wide as the text of a paper."""
BAR = RAMP[2]
COLUMNS = (
    *("audience", "indicator", "area", "period", "breakdown", "category", "value", "unit", "numerator", "denominator"),
    *("low", "high", "comparator", "completeness", "source", "published_at"),
)


def indicators(dossier: Dossier) -> Iterator[tuple[str, Figure]]:
    """A picture for each indicator by deprivation or ethnicity."""
    for name, group in charts(dossier):
        yield name, _chart(group)


def _chart(group: IndicatorGroup) -> Figure:
    first, top = group.first, TITLE
    sheet = Sheet(cells.WIDTH, top + len(group.rows) * ROW + 0.06 + FOOT)
    said = ", ".join(part for part in (f"by {first.breakdown}" if first.breakdown else "", first.period) if part)
    sheet.words(sentence_case(said), Box(0, 0, cells.WIDTH, TITLE), size=SIZE, bold=True)
    most = _longest(group)
    for n, row in enumerate(group.rows):
        _bar(sheet, row, most, Box(0, top + n * ROW, cells.WIDTH, ROW))
    source, notes = _foot(group)
    for line, said in enumerate((source, " ".join([*sheet.letters_note(), notes]))):
        sheet.words(said, Box(0, sheet.height - FOOT + line * FOOT / 2, cells.WIDTH, FOOT / 2), size=SIZE, colour=QUIET)
    return sheet.figure


def _longest(group: IndicatorGroup) -> float:
    figures = [number(text) for row in group.rows for text in (row.value, row.high)]
    return max((f for f in figures if f is not None), default=0.0) or 1.0


def _bar(sheet: Sheet, row: IndicatorView, most: float, box: Box) -> None:
    """A group's name, its bar with its range, and its value in words; no bar where the value is not shown."""
    sheet.words(category_in_words(row), Box(box.x, box.y, NAME - 0.1, box.height), size=SIZE)
    room = box.width - NAME - WORDS
    value = number(row.value)
    if value is not None and value >= 0:
        sheet.box(Box(NAME, box.y + 0.05, room * value / most, box.height - 0.1), BAR, edge=BAR)
        _range(sheet, row, most, Box(NAME, box.y, room, box.height))
    count = count_in_words(row) if value is not None else ""
    said = f"{value_in_words(row)} ({count})" if count else value_in_words(row)
    sheet.words(said, Box(box.width - WORDS + 0.06, box.y, WORDS - 0.06, box.height), size=SIZE)


def _range(sheet: Sheet, row: IndicatorView, most: float, box: Box) -> None:
    """A thin line from the low to the high value, on white where it lies over the bar."""
    low, high = number(row.low), number(row.high)
    if low is None or high is None or not 0 <= low <= high:
        return
    middle = box.y + box.height / 2
    start, width = box.x + box.width * low / most, box.width * (high - low) / most
    sheet.box(Box(start, middle - 0.025, max(width, 0.01), 0.05), PAPER, edge=INK, line=0.7)


def _foot(group: IndicatorGroup) -> list[str]:
    source = told_once([row.source for row in group.rows])
    said = [f"Source: {source}." if source else "", f"Completeness: {told_once([r.completeness for r in group.rows])}."]
    notes = ["White strip: the confidence interval given."] if any(r.low for r in group.rows) else []
    notes += ["* A small count is not shown."] if group.has_suppressed else []
    return [" ".join(s for s in said if s not in ("", "Completeness: .")), " ".join(notes)]


def chart_data(dossier: Dossier) -> Iterator[tuple[str, bytes]]:
    """The data of each chart, for publication beside it."""
    for name, group in charts(dossier):
        rows = ([dossier.audience, *(getattr(row, column) for column in COLUMNS[1:])] for row in group.rows)
        yield name, as_csv(COLUMNS, rows)
