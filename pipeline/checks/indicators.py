"""Indicators: percentages of an unknown whole, and results that are not shown by group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.checks.messages import WARNING, column, finding
from pipeline.checks.small_counts import group_of, number
from pipeline.model import Case, Finding, Indicator
from pipeline.score import Scores
from pipeline.text import compared

PERCENT_UNITS = ("%", "per cent", "percent", "percentage")
GROUPS = ("deprivation", "ethnicity", "age", "sex")


def no_denominator(case: Case, _: Scores) -> Iterator[Finding]:
    """PU706: an indicator that is a percentage and has no denominator."""
    for row in case.indicators:
        if (
            row.unit.strip().casefold() in PERCENT_UNITS
            and number(row.value) is not None
            and not row.denominator.strip()
        ):
            yield finding(
                "PU706",
                WARNING,
                column(row.place, "denominator"),
                f"The indicator {row.id} ({row.indicator}, {group_of(row)}) is a percentage and has no denominator.",
                "Fill in `numerator` and `denominator`.",
                about=row.id,
            )


def not_broken_down(case: Case, _: Scores) -> Iterator[Finding]:
    """ND901: an indicator with no breakdown by deprivation, ethnicity, age or sex, and no reason."""
    rows: dict[str, list[Indicator]] = {}
    for row in case.indicators:
        rows.setdefault(compared(row.id), []).append(row)
    for group in rows.values():
        shown = {_breakdown(row) for row in group if row.value.strip() or row.numerator.strip()} & {*GROUPS}
        if not shown and not any(row.why_missing.strip() for row in group):
            yield finding(
                "ND901",
                WARNING,
                column(group[0].place, "breakdown"),
                f"The indicator {group[0].id} ({group[0].indicator}) is not broken down by deprivation, ethnicity, age "
                "or sex, and no reason is given.",
                "Add the results by group, or say in `why_missing` why there are none.",
                about=group[0].id,
            )


def _breakdown(row: Indicator) -> str:
    words: Mapping[str, str] = {"gender": "sex", "imd": "deprivation", "ethnic": "ethnicity"}
    first = next(iter(row.breakdown.casefold().replace("_", " ").split()), "")
    return words.get(first, first)
