"""Indicators by group: what a table and a chart share, and what must not be shown of small counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.checks.small_counts import SUPPRESSED, measure_of, number, same_words
from pipeline.dossier.series import by_id
from pipeline.dossier.views import Dossier, FigureView, IndicatorView

CHARTED = ("deprivation", "ethnicity")
FEWEST_BARS = 2
# What is hidden of a group in which a small count is shown or can be worked out.
FIGURES = ("value", "numerator", "denominator", "low", "high", "expected_numerator")


@dataclass(frozen=True)
class IndicatorGroup:
    """The values of one indicator for one period, by one breakdown."""

    rows: tuple[IndicatorView, ...]

    @property
    def first(self) -> IndicatorView:
        """The row that speaks for what all of them share."""
        return self.rows[0]

    @property
    def kind(self) -> str:
        """`deprivation`, `ethnicity` or whatever else the breakdown says, without its number of parts."""
        words = self.first.breakdown.casefold().split()
        return {"imd": "deprivation", "ethnic": "ethnicity"}.get(words[0], words[0]) if words else ""

    @property
    def values(self) -> tuple[float | None, ...]:
        """The figures, None where there is none."""
        return tuple(number(row.value) for row in self.rows)

    @property
    def is_charted(self) -> bool:
        """True for a breakdown by deprivation or ethnicity with at least two values."""
        figures = [v for v in self.values if v is not None and v >= 0]
        return self.kind in CHARTED and len(figures) >= FEWEST_BARS

    @property
    def has_suppressed(self) -> bool:
        """True where a value is not shown."""
        return any(row.value == SUPPRESSED or row.numerator == SUPPRESSED for row in self.rows)


def groups(dossier: Dossier) -> tuple[IndicatorGroup, ...]:
    """Every indicator by period and breakdown, in the order of the table."""
    found: dict[tuple[str, ...], list[IndicatorView]] = {}
    for row in dossier.indicators:
        found.setdefault(_key(row), []).append(row)
    return tuple(IndicatorGroup(tuple(rows)) for rows in found.values())


def _key(row: IndicatorView) -> tuple[str, ...]:
    return (row.id, row.indicator, row.period, row.breakdown)


def hide_small_counts(dossier: Dossier) -> tuple[IndicatorView, ...]:
    """The indicators as they may be published: one with a small count to be seen or worked out has no figure."""
    places = {(f.file, f.row) for f in dossier.findings if f.code == "PU708"}
    unsafe = {measure_of(row) for row in dossier.indicators if (row.file, row.row) in places}
    return tuple(_hidden(row) if measure_of(row) in unsafe else row for row in dossier.indicators)


def _hidden(row: IndicatorView) -> IndicatorView:
    figures: dict[str, Any] = {name: SUPPRESSED for name in FIGURES if getattr(row, name)}
    return replace(row, comparator="", **figures)


def value_in_words(row: IndicatorView) -> str:
    """`65.0%`, `588 per 100,000`, `not shown *`; `no value` where there is none."""
    if row.value == SUPPRESSED:
        return f"not shown {SUPPRESSED}"
    if not row.value.strip():
        return "no value"
    unit = row.unit.strip()
    if unit in ("%", "per cent", "percent", "percentage"):
        return f"{row.value.removesuffix('%')}%"
    if unit.casefold() in ("", "count", "counts", "number"):
        return with_thousands(row.value)
    return f"{with_thousands(row.value)} {unit}"


def with_thousands(text: str) -> str:
    """`26130` -> `26,130`; anything else stays as it is written."""
    return f"{int(text):,}" if text.isdecimal() and len(text) > 3 else text


def count_in_words(row: IndicatorView) -> str:
    """`26,130 of 40,200`; what is not given is left out."""
    parts = [with_thousands(t.strip()) for t in (row.numerator, row.denominator) if t.strip()]
    if parts and all(part == SUPPRESSED for part in parts):
        return SUPPRESSED
    if len(parts) == 2:
        return " of ".join(parts)
    return f"of {parts[0]}" if row.denominator.strip() and parts else "".join(parts)


def range_in_words(row: IndicatorView) -> str:
    """`64.5 to 65.5`, from the low to the high value given."""
    parts = [with_thousands(t.strip()) for t in (row.low, row.high) if t.strip()]
    return SUPPRESSED if parts and all(part == SUPPRESSED for part in parts) else " to ".join(parts)


def category_in_words(row: IndicatorView) -> str:
    """The group's name; a number of a deprivation group with what it is a part of."""
    category = row.category.strip()
    words = row.breakdown.split()
    if category[:1].isdecimal() and len(words) > 1:
        return f"{words[-1].capitalize()} {category}"
    return category or "all"


def told_once(texts: Sequence[str]) -> str:
    """What several rows say, each different text once."""
    return "; ".join(dict.fromkeys(text.strip() for text in texts if text.strip()))


def charts(dossier: Dossier) -> tuple[tuple[str, IndicatorGroup], ...]:
    """The groups that a picture is drawn of, each with the picture's name."""
    drawn: dict[str, IndicatorGroup] = {}
    over_time = by_id(dossier)
    for group in groups(dossier):
        trend = over_time.get(same_words(group.first.id))
        if group.is_charted and not (trend and trend.tells(group.rows)):
            name = f"indicator-{_slug(group.first.id)}-{group.kind}"
            nth = next(n for n in range(2, len(drawn) + 3) if f"{name}-{n}" not in drawn)
            drawn[name if name not in drawn else f"{name}-{nth}"] = group
    return tuple(drawn.items())


def _slug(ident: str) -> str:
    """An id as part of a file's name."""
    return re.sub(r"[^a-z0-9]+", "-", ident.casefold()).strip("-") or "value"


def describe_charts(dossier: Dossier) -> Iterator[FigureView]:
    """Caption and alt text of each chart: every value in words."""
    for name, group in charts(dossier):
        first = group.first
        caption = f"{first.indicator}, by {first.breakdown}, {first.period}".rstrip(", ")
        rows = "; ".join(f"{category_in_words(r)}: {value_in_words(r)}" for r in group.rows)
        source = f" Source: {told_once([r.source for r in group.rows])}." if first.source else ""
        yield FigureView(name, name, caption, f"Bar chart of {caption}. {rows}.{source}")
