"""Indicators: percentages of an unknown whole, results that are not shown by group, and those that are not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.checks.messages import NOTE, WARNING, column, finding
from pipeline.checks.small_counts import group_of, is_total, number
from pipeline.model import Case, ExpectedIndicator, Finding, Indicator, Place
from pipeline.score import Scores
from pipeline.text import compared, list_in_words, web_address

PERCENT_UNITS = ("%", "per cent", "percent", "percentage")
BOTH = ("deprivation", "ethnicity")
_NAMES: Mapping[str, str] = {
    **dict.fromkeys(("gender", "sex"), "sex"),
    **dict.fromkeys(("imd", "deprivation", "deprived", "quintile", "decile", "core20"), "deprivation"),
    **dict.fromkeys(("ethnic", "ethnicity"), "ethnicity"),
    **dict.fromkeys(("age", "ages"), "age"),
}
"""Words of the column `breakdown`, and the breakdown that they name."""


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
    """ND901: an indicator not shown by both deprivation and ethnicity, or by one category alone, and no reason."""
    for rows in _by_indicator(case).values():
        categories = _categories(rows)
        lacking = [name for name in BOTH if name not in categories]
        alone = [name for name, found in categories.items() if len(found) == 1]
        elsewhere = not categories and any(web_address(row.published_at) for row in rows)
        if not (lacking or alone) or elsewhere or any(row.why_missing.strip() for row in rows):
            continue
        said = [f"is not shown by {list_in_words(lacking, 'or')}"] if lacking else []
        said += [f"has one category alone of {list_in_words(alone)}"] if alone else []
        yield finding(
            "ND901",
            WARNING,
            column(rows[0].place, "breakdown"),
            f"The indicator {rows[0].id} ({rows[0].indicator}) {' and '.join(said)}, and no reason is given.",
            "Add the results by group, or say in `why_missing` why there are none.",
            about=rows[0].id,
        )


def _by_indicator(case: Case) -> dict[str, list[Indicator]]:
    rows: dict[str, list[Indicator]] = {}
    for row in case.indicators:
        rows.setdefault(compared(row.id), []).append(row)
    return rows


def _categories(rows: list[Indicator]) -> dict[str, set[str]]:
    """Breakdown -> its categories that have a result; a result that is not shown is one."""
    found: dict[str, set[str]] = {}
    for row in rows:
        if (row.value.strip() or row.numerator.strip()) and not is_total(row):
            found.setdefault(breakdown_of(row), set()).add(compared(row.category))
    return found


def breakdown_of(row: Indicator) -> str:
    """`deprivation` for `IMD quintile`; another breakdown in its own first word."""
    words = row.breakdown.casefold().replace("_", " ").split()
    return next((_NAMES[word] for word in words if word in _NAMES), words[0] if words else "")


@dataclass(frozen=True)
class Collected:
    """An expected indicator, and what the cycle has of it."""

    expected: ExpectedIndicator
    rows: tuple[Indicator, ...]

    @property
    def breakdowns(self) -> tuple[str, ...]:
        """By what it is shown, in the order of its table."""
        return tuple(_categories(list(self.rows)))

    @property
    def is_shown(self) -> bool:
        """Whether any figure of it is here."""
        return any(row.value.strip() or row.numerator.strip() for row in self.rows)

    @property
    def published_at(self) -> str:
        """Where its figures are published, if they are."""
        return next((row.published_at.strip() for row in self.rows if web_address(row.published_at)), "")

    @property
    def why_missing(self) -> str:
        """Why figures are missing, in the words of the table; each reason once."""
        return "; ".join(dict.fromkeys(w.rstrip(".") for row in self.rows if (w := row.why_missing.strip())))


def expected_indicators(case: Case) -> tuple[Collected, ...]:
    """What the framework looks for, each with the rows that have its id or its name."""
    rows = _by_indicator(case)
    by_name = {compared(found[0].indicator): found for found in reversed(rows.values())}
    return tuple(
        Collected(e, tuple(rows.get(compared(e.id)) or by_name.get(compared(e.indicator)) or ()))
        for e in case.framework.expected_indicators
    )


def not_collected(case: Case, _: Scores) -> Iterator[Finding]:
    """ND902: an indicator that the framework looks for and the cycle does not have; nothing without any indicator."""
    for found in expected_indicators(case) if case.indicators else ():
        if found.is_shown or found.published_at:
            continue
        expected = found.expected
        place = column(found.rows[0].place, "value") if found.rows else Place(case.indicators[0].place.file, None, "id")
        why = f": {found.why_missing}" if found.why_missing else ", and no reason is given"
        area = f" ({expected.area})" if expected.area else ""
        yield finding(
            "ND902",
            NOTE,
            place,
            f"The framework looks for the indicator {expected.id}, {expected.indicator}{area}; no figure of it is "
            f"here{why}.",
            f"Add its figures under the id {expected.id} when they are there."
            if found.why_missing
            else f"Add its figures under the id {expected.id}, or a row of that id that says in `why_missing` why not.",
            about=expected.id,
        )
