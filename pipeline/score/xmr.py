"""Figures over time as NHS England's Making Data Count reads them: the XmR chart, its limits and its four rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

FEWEST = 12
"""Points from which limits are given."""
RUN = 7
_LIMITS, _RANGES = 2.66, 3.267
BEYOND, SHIFT, TREND, TWO_OF_THREE = "beyond limit", "shift", "trend", "two of three"


@dataclass(frozen=True)
class Xmr:
    """A series worked out. What cannot be told of it is None; `signals` and `sides` go with the values.

    `signals`: the first rule that a point trips, else empty. `sides`: which way it points, `up` or `down`.
    """

    values: tuple[float | None, ...]
    ranges: tuple[float | None, ...]
    mean: float | None
    lower: float | None = None
    upper: float | None = None
    signals: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()


def xmr(values: Sequence[float | None]) -> Xmr:
    """Mean, natural process limits, moving ranges and signals of a series; None is a value that is not shown.

    Limits are the mean plus and minus 2.66 times the mean moving range; ranges above 3.267 times their mean are left
    out of it. Under 12 values there are no limits and no signals.
    """
    known = [v for v in values if v is not None]
    pairs = zip(values, values[1:], strict=False)
    ranges = (None, *(abs(b - a) if a is not None and b is not None else None for a, b in pairs))[: len(values)]
    nothing = ("",) * len(values)
    if not known:
        return Xmr(tuple(values), ranges, None, signals=nothing, sides=nothing)
    mean = sum(known) / len(known)
    moved = [r for r in ranges if r is not None]
    if len(known) < FEWEST or not moved:
        return Xmr(tuple(values), ranges, mean, signals=nothing, sides=nothing)
    most = _RANGES * sum(moved) / len(moved)
    kept = [r for r in moved if r <= most]
    reach = _LIMITS * sum(kept) / len(kept)
    lower, upper = mean - reach, mean + reach
    found = [_signal(values, n, mean, reach) for n in range(len(values))]
    return Xmr(
        tuple(values), ranges, mean, lower, upper, tuple(rule for rule, _ in found), tuple(side for _, side in found)
    )


def _signal(values: Sequence[float | None], at: int, mean: float, reach: float) -> tuple[str, str]:
    value = values[at]
    if value is None:
        return "", ""
    side = "up" if value > mean else "down"
    if abs(value - mean) > reach * (1 + 1e-12):
        return BEYOND, side
    for run in _windows(values, at, RUN):
        if all(v > mean for v in run) or all(v < mean for v in run):
            return SHIFT, side
    for run in _windows(values, at, RUN):
        steps = [b - a for a, b in zip(run, run[1:], strict=False)]
        if all(step > 0 for step in steps) or all(step < 0 for step in steps):
            return TREND, "up" if steps[0] > 0 else "down"
    if _near(value, mean, reach):
        for run in _windows(values, at, 3):
            if sum(_near(v, mean, reach) and (v > mean) == (value > mean) for v in run) > 1:
                return TWO_OF_THREE, side
    return "", ""


def _near(value: float, mean: float, reach: float) -> bool:
    """In the outer third between mean and limit."""
    return 2 / 3 * reach < abs(value - mean) <= reach * (1 + 1e-12)


def _windows(values: Sequence[float | None], at: int, size: int) -> Iterator[list[float]]:
    """Every run of so many neighbouring values that holds this one; a value that is not shown breaks it."""
    for start in range(max(0, at - size + 1), min(at, len(values) - size) + 1):
        run = [v for v in values[start : start + size] if v is not None]
        if len(run) == size:
            yield run
