"""Small counts that could point to a person: those that are shown, and those that a reader can work out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from pipeline.checks.messages import BLOCKER, column, finding
from pipeline.checks.scope import public_papers
from pipeline.model import Case, Finding, Indicator
from pipeline.model.periods import Period, period_of
from pipeline.score import Scores
from pipeline.text import UNITS_IN_WORDS, compared, says_nothing

SUPPRESSED = "*"
COUNTED = ("numerator", "denominator")
PARTS_OF_A_YEAR = {"quarter": 4, "month": 12}
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
# What a unit says further of those whom it counts: "people waiting over 52 weeks", "admissions per month".
_FURTHER = re.compile(
    r"\b(?:aged|waiting|waited|who|whose|with|without|in|for|from|within|since|over|under|at|by|of whom|"
    r"(?:per|a|each|every) (?:day|week|month|quarter|year))\b"
)
_SHARE_IN_WORDS = re.compile(
    r"(?<![\w.,])(?P<share>\d[\d,]{0,12}(?:\.\d{1,6})?)\s?(?:%|per ?cent|per (?P<base>\d[\d,]{1,12}))"
    r"\s(?:of|among|from)\s(?:a total of |all |the |these |our |those )?(?P<whole>\d[\d,]{0,12})(?![\w%]|[.,]\d)",
    re.IGNORECASE,
)
_BASE = re.compile(
    r"(?:\bper|/)\s*(?P<figure>\d[\d, ]{0,12})?\s*(?P<word>cent\b|hundred\b|k\b|thousand\b|million\b|m\b)?"
)
_TIMES = {"cent": 100, "hundred": 100, "k": 1000, "thousand": 1000, "million": 1_000_000, "m": 1_000_000}
NUMBERS_IN_WORDS = {"one": 1, **UNITS_IN_WORDS}
_MARKED = re.compile(
    rf"(?:about|approx\.?|circa|c\.|some|only|just|[(\[~≈=]){{0,4}}\s?(?:"
    rf"(?P<figure>\d[\d,]{{0,12}}(?:\.\d{{1,6}})?)|(?P<word>"
    rf"{'|'.join(NUMBERS_IN_WORDS)}))[)\]*†‡§^#a-z ]{{0,60}}"
)
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


def _told(text: str) -> float | None:
    """The figure in a cell also where a mark or a word stands with it: `4*`, `(4)`, `about 4`, `four people`."""
    plain = number(text)
    if plain is not None:
        return plain
    if match := _MARKED.fullmatch(same_words(text)):
        word = match["word"]
        return float(match["figure"].replace(",", "")) if match["figure"] else float(NUMBERS_IN_WORDS[word])
    return None


def _is_hidden(text: str) -> bool:
    """Whether a cell says that there is a figure and not which: `*`, `<5`, `c`, `suppressed`."""
    return bool(text) and not says_nothing(text) and _told(text) is None


def _unit(row: Measured) -> str:
    return row.unit.strip().casefold()


def _is_count(row: Indicator) -> bool:
    """Whether the value is a number of people or of what happens to them."""
    unit = _unit(row)
    return bool(unit) and not _NO_COUNT.search(_FURTHER.split(unit)[0].strip() or unit)


def _counts(row: Indicator) -> Iterator[tuple[str, float]]:
    for field in ("numerator", "value"):
        count = _told(getattr(row, field))
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
    """Hidden counts that follow from a rate, the limits about it or a percentage, and how many it is of."""
    for row in rows:
        for share in _SHARE_IN_WORDS.finditer(row.comparator):
            told, of, base = (number(share[part] or "100") or 100 for part in ("share", "whole", "base"))
            yield row, "comparator", round(told * of / base)
        value, whole, per = number(row.value), number(row.denominator), base_of(row)
        if not per or not whole or number(row.numerator) is not None:
            continue
        low, high = number(row.low), number(row.high)
        if value is not None:
            yield row, "value", round(value * whole / per)
        elif _is_hidden(row.value.strip()) and low is not None and high is not None:
            yield row, "low", round((low + high) / 2 * whole / per)
    for group in _shares_of_one_whole(rows):
        hidden = [row for row in group if _is_hidden(row.value.strip())]
        per, whole = base_of(group[0]), number(group[0].denominator)
        known = [figure for row in group if (figure := number(row.value)) is not None]
        if len(hidden) == 1 and len(known) == len(group) - 1 and per and whole:
            yield hidden[0], "value", round((per - sum(known)) * whole / per)


def _shares_of_one_whole(rows: Sequence[Indicator]) -> Iterator[Sequence[Indicator]]:
    """Percentages that are parts of one whole: the groups of a breakdown that all have the same denominator."""
    groups: dict[tuple[str, ...], list[Indicator]] = {}
    for row in rows:
        if not is_total(row) and base_of(row):
            groups.setdefault((*measure_of(row), same_words(row.breakdown), _unit(row)), []).append(row)
    yield from (g for g in groups.values() if len(g) > 1 and len({number(row.denominator) for row in g}) == 1)


def _from_totals(rows: Sequence[Indicator]) -> Iterator[tuple[Indicator, str, float]]:
    """Hidden counts that follow from a total less the rest: a row, a comparator, another breakdown or a whole."""
    for field in ("numerator", "value"):
        cells = [_Cell(r, field, getattr(r, field).strip()) for r in rows if field != "value" or _is_count(r)]
        measures: dict[tuple[str, ...], list[_Cell]] = {}
        for cell in cells:
            measures.setdefault(measure_of(cell.row), []).append(cell)
            measures.setdefault((same_words(cell.row.id), _period(cell.row)), []).append(cell)
        for measure in measures.values():
            yield from _in_one_measure(measure)
        yield from _from_a_year(cells)


def measure_of(row: Measured) -> tuple[str, ...]:
    """What one measure of one period has in common, however it is broken down."""
    return (same_words(row.area), same_words(row.indicator), _period(row))


def _period(row: Measured) -> str:
    """The period, however it is written."""
    return str(period_of(row.period) or same_words(row.period))


def _from_a_year(cells: Sequence[_Cell]) -> Iterator[tuple[Indicator, str, float]]:
    """Hidden counts of a quarter or a month that follow from the count of the year and the rest of it."""
    over_time: dict[tuple[str, ...], dict[Period, _Cell]] = {}
    for cell in cells:
        if period := period_of(cell.row.period):
            group = (cell.row.id, cell.row.breakdown, cell.row.category)
            over_time.setdefault(tuple(map(same_words, group)), {})[period] = cell
    for told in over_time.values():
        for year, whole in ((p, number(c.text)) for p, c in told.items() if p.length == "year"):
            for length, count in PARTS_OF_A_YEAR.items():
                parts = [c for p, c in told.items() if p.length == length and year.begins <= p.begins <= year.ends]
                hidden = [cell for cell in parts if _is_hidden(cell.text)]
                if whole is not None and len(parts) == count and len(hidden) == 1 and len(_known(parts)) == count - 1:
                    yield hidden[0].row, hidden[0].field, whole - sum(_known(parts))


def _in_one_measure(cells: Sequence[_Cell]) -> Iterator[tuple[Indicator, str, float]]:
    groups: dict[str, list[_Cell]] = {}
    totals: set[float] = set()
    for cell in cells:
        if not is_total(cell.row):
            groups.setdefault(same_words(cell.row.breakdown), []).append(cell)
        elif (figure := _told(cell.text)) is not None:
            totals.add(figure)
    sums = {sum(known) for group in groups.values() if len(known := _known(group)) == len(group)}
    for group in groups.values():
        hidden = [cell for cell in group if _is_hidden(cell.text)]
        if not hidden or len(_known(group)) != len(group) - len(hidden):
            continue
        for whole in sorted(totals | sums | _said_beside(group)):
            left = whole - sum(_known(group))
            # What is hidden is one at least: where just so many are left, each is one.
            if len(hidden) == 1 or left == len(hidden):
                yield from ((cell.row, cell.field, left / len(hidden)) for cell in hidden)


def _known(group: Iterable[_Cell]) -> list[float]:
    return [figure for cell in group if (figure := _told(cell.text)) is not None]


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
    named = text in (*TOTALS, "none") or "total" in re.findall(r"\w+", text)
    return named or re.match(r"all (?!others?\b)", text) is not None


def same_words(text: str) -> str:
    """A text as it is compared."""
    return compared(text)
