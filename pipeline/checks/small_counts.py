"""Small counts that could point to a person: those that are shown, and those that a reader can work out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from pipeline.checks.messages import BLOCKER, column, finding
from pipeline.checks.scope import public_papers
from pipeline.model import Case, Finding, Indicator
from pipeline.score import Scores
from pipeline.text import compared

SUPPRESSED = "*"
COUNTED = ("numerator", "denominator")
# fmt: off
TOTALS = (
    "total", "all", "overall", "everyone", "everybody", "all people", "all persons", "all patients", "all ages",
    "all groups", "grand total", "whole population",
)
# fmt: on
# Units of measures that are no number of people; any other unit ("people", "admissions") counts.
_NO_COUNT = re.compile(
    r"[%£/]|\b(?:per|percent(?:ages?)?|rates?|ratios?|proportions?|fractions?|scores?|index|years?|months?|weeks?|days?|"
    r"hours?|minutes?|pounds?|mean|median|average|points?|gap|odds|rank|mmol|mol|kg|mg|g|quintiles?|deciles?)\b"
)
_BASE = re.compile(
    r"(?:\bper|/)\s*(?P<figure>\d[\d, ]{0,12})?\s*(?P<word>cent\b|hundred\b|k\b|thousand\b|million\b|m\b)?"
)
_TIMES = {"cent": 100, "hundred": 100, "k": 1000, "thousand": 1000, "million": 1_000_000, "m": 1_000_000}
_FIGURES_IN_WORDS = re.compile(r"(?<![\w.,])\d[\d,]{0,12}(?![\w%]|[.,]\d|\s?(?:%|per\b))")


class Measured(Protocol):
    """A row of the indicators, as written or as shown."""

    @property
    def breakdown(self) -> str: ...  # noqa: D102
    @property
    def category(self) -> str: ...  # noqa: D102
    @property
    def unit(self) -> str: ...  # noqa: D102
    @property
    def value(self) -> str: ...  # noqa: D102

    @property
    def area(self) -> str: ...  # noqa: D102
    @property
    def indicator(self) -> str: ...  # noqa: D102
    @property
    def period(self) -> str: ...  # noqa: D102


class _Cell(NamedTuple):
    row: Indicator
    field: str
    text: str


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
                    f"The indicator {row.id} ({row.indicator}, {group_of(row)}) shows a count from 1 to {most}, which "
                    "could point to a person.",
                    f"Write `{SUPPRESSED}` in its place, and hide a second cell if the total is given.",
                )
                break
    said: set[int | None] = set()
    for row, field, count in (*_from_rates(case.indicators), *_from_totals(case.indicators)):
        if 1 <= count <= most and row.place.row not in said:
            said.add(row.place.row)
            yield _small(
                row,
                field,
                papers,
                f"The count hidden in the indicator {row.id} ({row.indicator}, {group_of(row)}) can be worked out from "
                f"the other figures given, and is from 1 to {most}.",
                f"Write `{SUPPRESSED}` for a second category too, or take out the total, the rate or the percentage.",
            )


def _small(row: Indicator, field: str, papers: tuple[str, ...], message: str, remedy: str) -> Finding:
    return finding("PU708", BLOCKER, column(row.place, field), message, remedy, papers=papers, about=row.id)


def group_of(row: Indicator) -> str:
    """`deprivation quintile 1`, or `all`."""
    return f"{row.breakdown} {row.category}".strip() or "all"


def number(text: str) -> float | None:
    """The figure in a cell, thousands separated or not; None where there is none."""
    try:
        return float(text.strip().replace(",", "").removesuffix("%"))
    except ValueError:
        return None


def _unit(row: Measured) -> str:
    return row.unit.strip().casefold()


def _is_count(row: Indicator) -> bool:
    """Whether the value is a number of people or of what happens to them."""
    return bool(_unit(row)) and not _NO_COUNT.search(_unit(row))


def _counts(row: Indicator) -> Iterator[tuple[str, float]]:
    for field in ("numerator", "value"):
        count = number(getattr(row, field))
        if count is not None and (field == "numerator" or _is_count(row)):
            yield field, count


def base_of(row: Measured) -> float | None:
    """Of how many a rate is given: 100 for a percentage, 100,000 for `per 100,000`; None for what is no rate."""
    unit = _unit(row)
    if not unit and row.value.strip().endswith("%"):
        return 100
    if unit in ("proportion", "fraction"):
        return 1
    if "%" in unit or "percent" in unit:
        return 100
    match = _BASE.search(unit)
    if match is None or not (match["figure"] or match["word"]):
        return None
    figure = float(re.sub(r"\D", "", match["figure"] or "") or 1)
    return figure * _TIMES.get(match["word"] or "", 1)


def _from_rates(rows: Sequence[Indicator]) -> Iterator[tuple[Indicator, str, float]]:
    """Hidden counts that follow from a rate or a percentage, and how many it is of."""
    for row in rows:
        value, whole, base = number(row.value), number(row.denominator), base_of(row)
        if base and value is not None and whole and number(row.numerator) is None:
            yield row, "value", round(value * whole / base)


def _from_totals(rows: Sequence[Indicator]) -> Iterator[tuple[Indicator, str, float]]:
    """Hidden counts that follow from a total less the rest: a row, a comparator, another breakdown or a whole."""
    for field in ("numerator", "value"):
        cells = [_Cell(r, field, getattr(r, field).strip()) for r in rows if field != "value" or _is_count(r)]
        measures: dict[tuple[str, ...], list[_Cell]] = {}
        for cell in cells:
            measures.setdefault(measure_of(cell.row), []).append(cell)
        for measure in measures.values():
            yield from _in_one_measure(measure)


def measure_of(row: Measured) -> tuple[str, ...]:
    """What one measure of one period has in common, however it is broken down."""
    return tuple(same_words(text) for text in (row.area, row.indicator, row.period))


def _in_one_measure(cells: Sequence[_Cell]) -> Iterator[tuple[Indicator, str, float]]:
    groups: dict[str, list[_Cell]] = {}
    totals: set[float] = set()
    for cell in cells:
        if not is_total(cell.row):
            groups.setdefault(same_words(cell.row.breakdown), []).append(cell)
        elif (figure := number(cell.text)) is not None:
            totals.add(figure)
    sums = {sum(known) for group in groups.values() if len(known := _known(group)) == len(group)}
    for group in groups.values():
        hidden = [cell for cell in group if cell.text == SUPPRESSED]
        if not hidden or len(_known(group)) != len(group) - len(hidden):
            continue
        for whole in sorted(totals | sums | _said_beside(group)):
            left = whole - sum(_known(group))
            # What is hidden is one at least: where just so many are left, each is one.
            if len(hidden) == 1 or left == len(hidden):
                yield from ((cell.row, cell.field, left / len(hidden)) for cell in hidden)


def _known(group: Iterable[_Cell]) -> list[float]:
    return [figure for cell in group if (figure := number(cell.text)) is not None]


def _said_beside(group: Sequence[_Cell]) -> set[float]:
    """Whole numbers in the comparators of a group, and the whole that every row of it is a part of."""
    said = {
        figure
        for cell in group
        for match in _FIGURES_IN_WORDS.finditer(cell.row.comparator)
        if (figure := number(match[0])) is not None
    }
    wholes = {number(cell.row.denominator) for cell in group}
    return said | ({w for w in wholes if w is not None} if len(wholes) == 1 and len(group) > 1 else set())


def is_total(row: Measured) -> bool:
    """Whether a row is of everybody."""
    return (
        _names_all(same_words(row.category)) or _names_all(same_words(row.breakdown)) or not same_words(row.breakdown)
    )


def _names_all(text: str) -> bool:
    return text in (*TOTALS, "none") or "total" in re.findall(r"\w+", text) or text.startswith("all ")


def same_words(text: str) -> str:
    """A text as it is compared."""
    return compared(text)
