"""Indicators as the annual report section prints them: over time in one picture and one table, else by breakdown."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from pipeline.checks.small_counts import SUPPRESSED, same_words
from pipeline.dossier.indicators import IndicatorGroup, count_in_words, groups, told_once, value_in_words
from pipeline.dossier.series import Series, Trend, by_id, gap
from pipeline.dossier.trend_words import what_it_says
from pipeline.dossier.views import Dossier, IndicatorView
from pipeline.model.periods import in_words, period_of
from pipeline.papers.indicators import TEXT_WIDTH_MM, IndicatorPart, PublishedAt, about, has_values, suppressed
from pipeline.text import web_address
from pipeline.word.render import RenderContext
from pipeline.word.tables import Cell, shared_widths, table_xml, words


class TrendPart:
    """An indicator with several periods: sentences, chart, table."""

    def __init__(self, trend: Trend, dossier: Dossier, kit: RenderContext, figures: Path | None) -> None:
        rows = [row for series in (trend.main, *trend.others) for row in series.rows]
        self.title = trend.first.indicator or trend.first.id
        view = next((f for f in dossier.figures if f.id == trend.name), None)
        self.figure = kit.figure(figures, view, TEXT_WIDTH_MM)
        span = f"{in_words(trend.periods[0])} to {in_words(trend.periods[-1])}"
        self.figure_caption = f"{trend.main.name}, {span}"
        self.table = TrendTable(trend, kit)
        self.table_caption = f"The same figures, {span}" if self.figure else span
        self.about = about(rows, kit, before=" ".join(what_it_says(trend)))
        hidden = any(row.value.strip() == SUPPRESSED for row in rows)
        self.suppressed = suppressed(dossier.small_numbers) if hidden else ""
        self.done = told_once([row.action_taken for row in rows])
        self.missing = told_once([row.why_missing for row in rows])
        self.link: PublishedAt | str = (
            PublishedAt(rows, kit) if any(web_address(row.published_at) for row in rows) else ""
        )


class TrendTable:
    """A line for each period, a column for each group, then the gap. Used as `{{p name }}`."""

    def __init__(self, trend: Trend, kit: RenderContext) -> None:
        self._trend, self._kit = trend, kit

    def __html__(self) -> str:
        trend = self._trend
        chosen = trend.columns
        gaps = ["Gap", "Ratio"] if trend.ends else []
        heads = ["Period", *(series.name for series in chosen), *gaps]
        lines: list[Sequence[Cell]] = [
            [words(text) for text in (in_words(period), *(_cell(s, period) for s in chosen), *_gap(trend, period))]
            for period in trend.periods
        ]
        return table_xml(
            self._kit,
            shared_widths([1700, *(2000 for _ in chosen), *(1000 for _ in gaps)]),
            heads,
            lines,
            trend.first.indicator,
            "Each row gives a period and the values of the groups in it.",
        )


def _cell(series: Series, period: str) -> str:
    row: IndicatorView | None = next((r for r in series.rows if period_of(r.period) == period_of(period)), None)
    if row is None:
        return "not given"
    count = count_in_words(row)
    return f"{value_in_words(row)} ({count})" if count and count != SUPPRESSED else value_in_words(row)


def _gap(trend: Trend, period: str) -> list[str]:
    if trend.ends is None:
        return []
    found = gap(trend, period)
    if found is None:
        return ["not given", "not given"]
    return [f"{found[0]:,.1f}", f"{found[1]:.2f}" if found[1] else "not given"]


def indicator_parts(
    dossier: Dossier, kit: RenderContext, figures: Path | None
) -> tuple[IndicatorPart | TrendPart, ...]:
    """Every indicator: over time in one part, then by every breakdown that its table does not tell already."""
    over_time = by_id(dossier)
    by_indicator: dict[str, list[IndicatorGroup]] = {}
    for group in (g for g in groups(dossier) if has_values(g)):
        by_indicator.setdefault(same_words(group.first.id), []).append(group)
    parts: list[IndicatorPart | TrendPart] = []
    for ident, every in by_indicator.items():
        trend = over_time.get(ident)
        own: list[IndicatorPart | TrendPart] = [TrendPart(trend, dossier, kit, figures)] if trend else []
        rest = [group for group in every if not (trend and trend.tells(group.rows))]
        own += (IndicatorPart(g, dossier, kit, figures, again=bool(trend) or n > 0) for n, g in enumerate(rest))
        # What was done and what is missing is said once, below the last table of which it is true.
        for part, later in pairwise(own):
            part.done = "" if part.done == later.done else part.done
            part.missing = "" if part.missing == later.missing else part.missing
            part.link = "" if part.link == later.link else part.link
        parts += own
    return tuple(parts)
