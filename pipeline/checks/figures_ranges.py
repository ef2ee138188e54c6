"""Ranges around a value (confidence intervals) that their counts, or the other rows of the indicator, contradict."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from pipeline.checks.figures_tables import Said
from pipeline.checks.small_counts import base_of, number, same_words
from pipeline.model import Indicator
from pipeline.model.figures import number_of

_ADJUSTED = re.compile(r"standardi[sz]|adjust|weighted|model|estimat|\bdsr\b|\bsmr\b|imput", re.I)
"""A value of these kinds is no plain share of its counts."""
_LOPSIDED = 2.0
"""How much longer one side of a range may be than the counts make it, as against the other."""
_FEW = 10
_ENOUGH_BOUNDS, _MOST_ODD = 6, 0.2
"""How many ends of ranges tell by which method all were made, and what share of them may be odd."""
_CONFIDENCE = (1.959964, 3.0902, 2.5758, 1.6449)


class _Counted(NamedTuple):
    """A row with counts and a range that can be worked out anew."""

    row: Indicator
    part: float
    whole: float
    base: float
    given: tuple[float, float]


def is_adjusted(row: Indicator) -> bool:
    """Whether a row says that its value is standardised, weighted or modelled."""
    return bool(_ADJUSTED.search(f"{row.unit} {row.indicator} {row.source} {row.comparator} {row.completeness}"))


def wilson(part: float, whole: float, z: float) -> tuple[float, float]:
    """The range of a share by Wilson's score method."""
    p, of = part / whole, 1 + z * z / whole
    root = z * math.sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole)) if part <= whole else 0.0
    return (p + z * z / (2 * whole) - root) / of, (p + z * z / (2 * whole) + root) / of


def byar(part: float, whole: float, z: float) -> tuple[float, float]:
    """The range of a rate by Byar's method."""

    def end(count: float, side: int) -> float:
        return count * (1 - 1 / (9 * count) + side * z / (3 * math.sqrt(count))) ** 3 / whole

    return end(part, -1), end(part + 1, 1)


_METHODS: tuple[Callable[[float, float, float], tuple[float, float]], ...] = (wilson, byar)


def odd_ranges(rows: Iterable[Indicator]) -> Iterator[tuple[Indicator, Said]]:
    """Rows whose range cannot be, and what is wrong: it lies to one side, or is not made as all the others are."""
    by_indicator: dict[str, list[_Counted]] = {}
    for row in rows:
        if (counted := _counted(row)) is not None:
            by_indicator.setdefault(same_words(row.id), []).append(counted)
    for counts in by_indicator.values():
        odd = list(_odd_one_out(counts))
        yield from odd or ((c.row, said) for c in counts for said in _lopsided(c))


def _counted(row: Indicator) -> _Counted | None:
    part, whole, base = number(row.numerator), number(row.denominator), base_of(row)
    value, low, high = number(row.value), number(row.low), number(row.high)
    if None in (part, whole, value, low, high) or not base or is_adjusted(row):
        return None
    assert part is not None and whole is not None and value is not None and low is not None and high is not None
    plain = part >= _FEW and whole - part >= _FEW and abs(base * part / whole - value) <= step_of(row.value)
    slack = (step_of(row.value) + max(step_of(row.low), step_of(row.high))) / 2 + 1e-9
    return _Counted(row, part, whole, base, (low, high)) if plain and low - slack <= value <= high + slack else None


def _ends(counted: _Counted, method: Callable[[float, float, float], tuple[float, float]], z: float) -> list[float]:
    return [counted.base * end for end in method(counted.part, counted.whole, z)]


def _odd_one_out(counts: list[_Counted]) -> Iterator[tuple[Indicator, Said]]:
    """Where nearly all ends of ranges are those of one method, the few that are not."""
    best: list[tuple[_Counted, str, float, float]] = []
    for method in _METHODS:
        for z in _CONFIDENCE:
            off = [
                (c, field, end, abs(given - end) / (step_of(getattr(c.row, field)) or 1.0))
                for c in counts
                for field, end, given in zip(("low", "high"), _ends(c, method, z), c.given, strict=True)
            ]
            if not best or sum(steps <= 1 for *_, steps in off) > sum(steps <= 1 for *_, steps in best):
                best = off
    odd = [entry for entry in best if entry[-1] > 1]
    if len(best) - len(odd) < _ENOUGH_BOUNDS or len(odd) > _MOST_ODD * len(best):
        return
    for c, field, end, steps in odd:
        if steps > 1.5:
            given = getattr(c.row, field)
            yield (
                c.row,
                Said(
                    field,
                    f"the {field} end of the range is {given}, and {c.row.numerator} of {c.row.denominator} gives "
                    f"about {like_it(end, given)}, as the ranges of the other rows are made.",
                ),
            )


def _lopsided(counted: _Counted) -> Iterator[Said]:
    """A range far longer on one side than its counts can make it, whatever its method and its confidence."""
    row, (low, high) = counted.row, counted.given
    centre, ends = counted.base * counted.part / counted.whole, _ends(counted, wilson, _CONFIDENCE[0])
    slack = step_of(row.value) / 2 + max(step_of(row.low), step_of(row.high)) / 2
    given, known = (centre - low, high - centre), (centre - ends[0], ends[1] - centre)
    least = [max(0.0, g - slack) / k for g, k in zip(given, known, strict=True)]
    most = [(g + slack) / k for g, k in zip(given, known, strict=True)]
    for field, other, longer, shorter in (("low", "high", least[0], most[1]), ("high", "low", least[1], most[0])):
        if longer > _LOPSIDED * shorter:
            yield Said(
                field if longer > _LOPSIDED else other,
                f"the range {row.low} to {row.high} does not lie around {row.value}: {row.numerator} of "
                f"{row.denominator} gives about {like_it(ends[0], row.low)} to {like_it(ends[1], row.high)}.",
            )


def step_of(text: str) -> float:
    """One unit of the last digit of a cell; nothing for words."""
    return number_of(text.strip().lstrip("-£").removesuffix("%").strip())[1] if number(text) is not None else 0.0


def like_it(value: float, like: str) -> str:
    """A figure with as many decimals as another."""
    places = len(like.strip().removesuffix("%").partition(".")[2])
    return f"{value:,.{places}f}"
