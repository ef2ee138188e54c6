"""Indicators: small counts that could point to a person, and results that are not shown by group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.check.say import BLOCKER, WARNING, column, finding
from pipeline.check.scope import public_papers
from pipeline.model import Case, Finding, Indicator
from pipeline.score import Scores
from pipeline.wording import compared

SUPPRESSED = "*"
COUNT_UNITS = ("count", "counts", "number")
PERCENT_UNITS = ("%", "per cent", "percent", "percentage")
GROUPS = ("deprivation", "ethnicity", "age", "sex")
# fmt: off
TOTALS = (
    "total", "all", "overall", "everyone", "everybody", "all people", "all persons", "all patients", "all ages",
    "all groups", "grand total", "whole population",
)
# fmt: on


def small_counts(case: Case, _: Scores) -> Iterator[Finding]:
    """PU708: a small count that is not suppressed, or one that can be worked out."""
    most = case.assessment.small_numbers
    papers = public_papers(case.assessment)
    for row in case.indicators:
        for field, count in _counts(row):
            if 1 <= count <= most:
                yield _small(
                    row,
                    field,
                    papers,
                    f"The indicator {row.id} ({row.indicator}, {_group(row)}) shows a count from 1 to {most}, which "
                    "could point to a person.",
                    f"Write `{SUPPRESSED}` in its place, and hide a second cell if the total is given.",
                )
                break
    said: set[int | None] = set()
    for row, field, count in _worked_out(case.indicators):
        if 1 <= count <= most and row.place.row not in said:
            said.add(row.place.row)
            yield _small(
                row,
                field,
                papers,
                f"The count hidden in the indicator {row.id} ({row.indicator}, {_group(row)}) can be worked out from "
                f"the other figures given, and is from 1 to {most}.",
                f"Write `{SUPPRESSED}` for a second category too, or take out the total or the percentage.",
            )


def _small(row: Indicator, field: str, papers: tuple[str, ...], message: str, remedy: str) -> Finding:
    return finding("PU708", BLOCKER, column(row.place, field), message, remedy, papers=papers, about=row.id)


def _group(row: Indicator) -> str:
    return f"{row.breakdown} {row.category}".strip() or "all"


def _counts(row: Indicator) -> Iterator[tuple[str, float]]:
    for field in ("numerator", "value"):
        count = number(getattr(row, field))
        if count is not None and (field == "numerator" or _unit(row) in COUNT_UNITS):
            yield field, count


def number(text: str) -> float | None:
    """The figure in a cell, thousands separated or not; None where there is none."""
    try:
        return float(text.strip().replace(",", "").removesuffix("%"))
    except ValueError:
        return None


def _unit(row: Indicator) -> str:
    return row.unit.strip().casefold()


@dataclass(frozen=True)
class _Cell:
    row: Indicator
    field: str
    text: str


def _worked_out(rows: Sequence[Indicator]) -> Iterator[tuple[Indicator, str, float]]:
    """Hidden counts that a reader can work out: from the total less the rest, or from a percentage of the whole."""
    for field in ("numerator", "value"):
        cells = [
            _Cell(r, field, getattr(r, field).strip()) for r in rows if field != "value" or _unit(r) in COUNT_UNITS
        ]
        yield from _from_totals(cells)
    for row in rows:
        value, whole = number(row.value), number(row.denominator)
        if _unit(row) in PERCENT_UNITS and number(row.numerator) is None and value is not None and whole:
            yield row, "value", round(value * whole / 100)


def _from_totals(cells: Iterable[_Cell]) -> Iterator[tuple[Indicator, str, float]]:
    totals: dict[tuple[str, ...], float] = {}
    groups: dict[tuple[str, ...], list[_Cell]] = {}
    for cell in cells:
        measure = tuple(_same(t) for t in (cell.row.area, cell.row.indicator, cell.row.period))
        breakdown = _same(cell.row.breakdown)
        if _is_total(cell.row):
            figure = number(cell.text)
            if figure is not None:
                totals[(*measure, breakdown)] = totals[measure] = figure
        else:
            groups.setdefault((*measure, breakdown), []).append(cell)
    for key, group in groups.items():
        yield from _last_one_hidden(group, totals.get(key, totals.get(key[:-1])))


def _last_one_hidden(group: Sequence[_Cell], total: float | None) -> Iterator[tuple[Indicator, str, float]]:
    hidden = [cell for cell in group if cell.text == SUPPRESSED]
    known = [figure for cell in group if (figure := number(cell.text)) is not None]
    if total is not None and len(hidden) == 1 and len(known) == len(group) - 1:
        yield hidden[0].row, hidden[0].field, total - sum(known)


def _is_total(row: Indicator) -> bool:
    return _same(row.category) in TOTALS or _same(row.breakdown) in (*TOTALS, "", "none")


def _same(text: str) -> str:
    return compared(text)


def no_denominator(case: Case, _: Scores) -> Iterator[Finding]:
    """PU706: an indicator that is a percentage and has no denominator."""
    for row in case.indicators:
        if _unit(row) in PERCENT_UNITS and number(row.value) is not None and not row.denominator.strip():
            yield finding(
                "PU706",
                WARNING,
                column(row.place, "denominator"),
                f"The indicator {row.id} ({row.indicator}, {_group(row)}) is a percentage and has no denominator.",
                "Fill in `numerator` and `denominator`.",
                about=row.id,
            )


def not_broken_down(case: Case, _: Scores) -> Iterator[Finding]:
    """ND901: an indicator with no breakdown by deprivation, ethnicity, age or sex, and no reason."""
    rows: dict[str, list[Indicator]] = {}
    for row in case.indicators:
        rows.setdefault(_same(row.id), []).append(row)
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
