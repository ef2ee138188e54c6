"""The headline indicators, of which the board paper shows three: what they say, and the words of their picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.checks.small_counts import same_words
from pipeline.dossier.series import Trend, by_id, trend_of
from pipeline.dossier.trend_words import what_it_says
from pipeline.dossier.views import CitationView, Dossier, FigureView, IndicatorView
from pipeline.text import list_in_words, number_in_words, sentence_case

HEADLINE_PICTURE = "headline-figures"
MOST = 3


@dataclass(frozen=True)
class HeadlineFigure:
    """An indicator, and what its figures say in sentences."""

    name: str
    said: str
    citations: tuple[CitationView, ...]


def _marked(dossier: Dossier) -> dict[str, list[IndicatorView]]:
    """Every row of the indicators of which a row is marked, by id, in the order of the table."""
    ids = dict.fromkeys(same_words(row.id) for row in dossier.indicators if row.headline == "yes")
    return {ident: [row for row in dossier.indicators if same_words(row.id) == ident] for ident in ids}


def headline_trends(dossier: Dossier) -> tuple[Trend, ...]:
    """Those of the headline indicators that have several periods."""
    over_time = by_id(dossier)
    return tuple(over_time[ident] for ident in list(_marked(dossier))[:MOST] if ident in over_time)


def headline_figures(dossier: Dossier) -> tuple[HeadlineFigure, ...]:
    """The first three that are marked, each with its latest value, change, target and gap."""
    return tuple(_figure(rows) for rows in list(_marked(dossier).values())[:MOST])


def _figure(rows: list[IndicatorView]) -> HeadlineFigure:
    trend = trend_of(rows, periods=1)
    name = rows[0].indicator or rows[0].id
    if trend is None:
        missing = next((row.why_missing.strip().rstrip(".") for row in rows if row.why_missing.strip()), "")
        return HeadlineFigure(name, f"no figure is given{f' ({missing})' if missing else ''}.", ())
    cited = [c for s in (trend.main, *(trend.ends or ())) for c in s.last.citations]
    return HeadlineFigure(name, " ".join(what_it_says(trend)), tuple(cited))


def more_marked(dossier: Dossier) -> str:
    """That more are marked than are shown; nothing where they are not."""
    more = len(_marked(dossier)) - MOST
    if more <= 0:
        return ""
    noun = "indicator is" if more == 1 else "indicators are"
    return f"{sentence_case(number_in_words(more))} more {noun} marked as headline; the first {MOST} are shown."


def describe_headline(dossier: Dossier) -> Iterator[FigureView]:
    """Caption and alt text of the small picture."""
    chosen = headline_trends(dossier)
    if chosen:
        names = list_in_words([trend.first.indicator for trend in chosen])
        said = " ".join(f"{trend.first.indicator}. {' '.join(what_it_says(trend)[:2])}" for trend in chosen)
        alt = f"A small line chart for each of: {names}. {said}"
        yield FigureView(HEADLINE_PICTURE, HEADLINE_PICTURE, "Headline indicators over time", alt)
