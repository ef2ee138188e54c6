"""Figures that contradict their own row: a value and what it is worked out from, an interval, a part and its whole."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.checks.figures_ranges import is_adjusted, like_it, odd_ranges, step_of
from pipeline.checks.figures_tables import Said, backwards, fault, in_texts
from pipeline.checks.messages import column, quoted
from pipeline.checks.small_counts import COUNTED, base_of, group_of, is_total, measure_of, number, same_words
from pipeline.model import Case, Finding, Indicator, Place
from pipeline.model.figures import figures_in
from pipeline.model.periods import ends_of
from pipeline.score import Scores
from pipeline.text import date_in_words

_MAY_PASS_100 = re.compile(
    r"change|increase|growth|rise|compared|relative|against|ratio|of (?:the )?(?:expected|baseline|plan|target|\d{4})",
    re.I,
)
_MAY_BE_NEGATIVE = re.compile(r"change|gap|difference|points?|index|slope|increase|reduc|balance|net\b", re.I)
_DAY_OR_YEAR = re.compile(r"\b\d{1,2}\s+[A-Z][a-z]+\s+\d{4}\b|(?<![\d,.])[03-9]\d{3}(?![\d,.])")
_ENOUGH_TO_TELL = 8
"""Counts that all end in 0 or 5 before they are taken to be rounded to it."""


def contradicted_figures(case: Case, _: Scores) -> Iterator[Finding]:
    """FG901: an indicator's figure that contradicts its own row."""
    bases = _rounded_to(case.indicators)
    for row in case.indicators:
        what = f"{row.id} ({row.indicator}, {group_of(row)}, {row.period})"
        faults = (
            *_order(row),
            *_worked_out(row, bases.get(same_words(row.id), 0.0)),
            *_dates(row, case.assessment.as_of),
        )
        for said in (*faults, *in_texts(("comparator", row.comparator), ("completeness", row.completeness))):
            yield fault(column(row.place, said.field), f"The indicator {what}: {said.message}", said.remedy, row.id)
    for row, said in odd_ranges(case.indicators):
        what = f"{row.id} ({row.indicator}, {group_of(row)}, {row.period})"
        yield fault(column(row.place, said.field), f"The indicator {what}: {said.message}", said.remedy, row.id)
    yield from _above_their_whole(case.indicators, bases)


def _order(row: Indicator) -> Iterator[Said]:
    """Below nothing, above the whole, the wrong way round, outside the interval."""
    value, low, high = number(row.value), number(row.low), number(row.high)
    part, whole = number(row.numerator), number(row.denominator)
    base = base_of(row)
    may_fall = _MAY_BE_NEGATIVE.search(f"{row.unit} {row.indicator}")
    for field in COUNTED + (() if may_fall else ("value", "low", "high")):
        if (figure := number(getattr(row, field))) is not None and figure < 0:
            yield Said(field, f"the {field} {getattr(row, field)} is below nothing.")
    rate_above_one = base is not None and base > 100 and value is not None and value > base
    if part is not None and whole is not None and part > whole and not rate_above_one:
        yield Said("numerator", f"the numerator {row.numerator} is above the denominator {row.denominator}.")
    if base == 100 and not _MAY_PASS_100.search(f"{row.unit} {row.indicator}"):
        for field in ("value", "low", "high"):
            if (figure := number(getattr(row, field))) is not None and figure > 100:
                yield Said(field, f"the {field} {getattr(row, field)} is above 100 per cent.")
    if low is not None and high is not None and low > high:
        yield Said("low", f"the low value {row.low} is above the high value {row.high}.")
    elif value is not None:
        for field, bound, out in (("low", low, -1), ("high", high, 1)):
            slack = (step_of(row.value) + step_of(getattr(row, field))) / 2
            if bound is not None and out * (value - bound) > slack + 1e-9:
                yield Said(
                    "value", f"the value {row.value} lies outside its own range, {row.low or '?'} to {row.high or '?'}."
                )
                break


def _worked_out(row: Indicator, rounded: float) -> Iterator[Said]:
    """The value and its interval against numerator and denominator."""
    value, part, whole, base = number(row.value), number(row.numerator), number(row.denominator), base_of(row)
    if part is None or value is None or not base or is_adjusted(row) or part < 0:
        return
    if whole is not None and whole <= 0:
        yield Said("denominator", f"{row.numerator} is given of {row.denominator}.")
    if whole is None or whole <= 0 or part > whole and base <= 100:
        return
    slack = step_of(row.value) / 2 + 1e-9 * base
    least = base * max(0.0, part - rounded / 2) / (whole + rounded / 2) - slack
    most = base * (part + rounded / 2) / max(1.0, whole - rounded / 2) + slack
    if not any(least / years <= value <= most / years for years in _years(row, base)):
        gives = like_it(base * part / whole, row.value)
        yield Said(
            "value",
            f"the value is given as {row.value} {row.unit}, and {row.numerator} of {row.denominator} is {gives}.",
        )


def _years(row: Indicator, base: float) -> Sequence[int]:
    """By how many years a rate of a longer period may be divided."""
    begins, ends = ends_of(row.period)
    length = ends.year - begins.year + 1 if begins and ends and base > 100 else 1
    return range(1, min(max(length, 1), 10) + 1)


def _dates(row: Indicator, as_of: datetime.date) -> Iterator[Said]:
    yield from backwards("period", row.period)
    begins, ends = ends_of(row.period)
    if begins is None and _DAY_OR_YEAR.search(row.period):
        yield Said("period", f"the period {quoted(row.period, 60)} is no day or year in the calendar.", "Correct it.")
    elif ends and ends > as_of + datetime.timedelta(days=366):
        yield Said("period", f"the period {row.period} ends long after {date_in_words(as_of)}.", "Correct it.")
    if begins and begins > as_of:
        yield Said(
            "period", f"the period {row.period} begins after {date_in_words(as_of)}, the date of this assessment."
        )
    published, _ = ends_of(row.published_at) if not re.search(r"://|@", row.published_at) else (None, None)
    if published and ends and ends > published and begins and begins > published:
        yield Said("published_at", f"it was published on {row.published_at}, before its period {row.period} began.")


def _above_their_whole(rows: Iterable[Indicator], bases: dict[str, float]) -> Iterator[Finding]:
    """Parts that together are more than their whole: a row for all, or the whole that every row is compared with."""
    measures: dict[tuple[str, ...], list[Indicator]] = {}
    for row in rows:
        measures.setdefault((same_words(row.id), *measure_of(row)), []).append(row)
    for measure in measures.values():
        groups: dict[str, list[Indicator]] = {}
        for row in measure:
            if not is_total(row):
                groups.setdefault(same_words(row.breakdown), []).append(row)
        for part in groups.values():
            yield from _against_wholes(measure, part, bases.get(same_words(part[0].id), 0.0))


def _against_wholes(measure: Sequence[Indicator], part: Sequence[Indicator], rounded: float) -> Iterator[Finding]:
    sums = {}
    for field in COUNTED:
        known = [n for r in part if (n := number(getattr(r, field))) is not None]
        sums[field] = (sum(known), len(known))
    for place, wholes, where in _wholes(measure, part):
        for field, whole in wholes.items():
            total, parts = sums[field]
            # Where one of the two sums is the whole to a unit, so must the other be.
            other = next(name for name in COUNTED if name != field)
            exact = parts == sums[other][1] == len(part) > 2 and wholes.get(other) == sums[other][0]
            if parts > 1 and (total > whole + (parts + 1) * rounded / 2 or exact and total != whole):
                yield fault(
                    place,
                    f"The indicator {part[0].id} ({part[0].indicator}, {part[0].period}): the {field}s by "
                    f"{part[0].breakdown} add up to {total:,.0f}, {'more' if total > whole else 'less'} than the "
                    f"{whole:,.0f} {where}.",
                    "Check which of them is wrong, and correct it.",
                    part[0].id,
                )


def _wholes(measure: Sequence[Indicator], part: Sequence[Indicator]) -> Iterator[tuple[Place, dict[str, float], str]]:
    """What the parts add up to at most: the row for all, and what the rows are compared with."""
    for row in filter(is_total, measure):
        known = {field: n for field in COUNTED if (n := number(getattr(row, field))) is not None}
        yield column(row.place, "numerator"), known, "of the row for all"
    for row in {r.comparator: r for r in reversed(part)}.values():
        shares = [f for f in figures_in(row.comparator) if f.kind == "share"]
        if len(shares) == 1 and re.match(r"\s*(?:all|total|whole|overall)\b", row.comparator, re.I):
            known = {"numerator": shares[0].value, "denominator": shares[0].whole or 0.0}
            yield column(row.place, "comparator"), known, "in `comparator`"


def _rounded_to(rows: Iterable[Indicator]) -> dict[str, float]:
    """Indicator -> what its counts are rounded to, where so many cannot all end so by chance."""
    counts: dict[str, list[float]] = {}
    for row in rows:
        found = [n for field in COUNTED if (n := number(getattr(row, field))) is not None]
        counts.setdefault(same_words(row.id), []).extend(found)
    return {
        ident: next((base for base in (100.0, 10.0, 5.0) if all(n % base == 0 for n in known)), 0.0)
        for ident, known in counts.items()
        if len(known) >= _ENOUGH_TO_TELL
    }
