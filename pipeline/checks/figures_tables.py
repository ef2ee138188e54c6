"""Figures in other rows that contradict themselves: money, risks, and the shares that texts of tables spell out."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.checks.messages import BLOCKER, column, finding, quoted
from pipeline.checks.small_counts import number
from pipeline.model import Case, Finding, Place
from pipeline.model.figures import Figure, figures_in
from pipeline.model.periods import ends_of
from pipeline.score import Scores
from pipeline.text import date_in_words


class Said(NamedTuple):
    """A fault of a row before it is a finding."""

    field: str
    message: str
    remedy: str = "Check the figures with whoever worked them out, and correct the one that is wrong."


def contradicted_money(case: Case, _: Scores) -> Iterator[Finding]:
    """FG901: money below nothing, more moved than there was, an end before its year; a charter at odds with itself."""
    as_of = case.assessment.as_of
    for row in case.funding:
        for said in (*_amounts(row.amount, row.redirected), *_end(row.year, row.ends), *_past(row.decision, as_of)):
            message = f"The funding row {row.id} ({row.scheme}): {said.message}"
            yield fault(column(row.place, said.field), message, said.remedy, row.id)
    for scheme in case.schemes:
        goals = [(f"goals.{key}", text) for goal in scheme.goals for key, text in goal.items()]
        texts = [(name, getattr(scheme, name)) for name in ("problem", "baseline", "expected", "actual")]
        for said in (*in_texts(*texts, *goals), *backwards("period", scheme.period)):
            place = Place(scheme.place.file, None, said.field)
            yield fault(place, f"The scheme {scheme.id}: {said.message}", said.remedy, scheme.id)


_MOVED = re.compile(
    r"\b(?:raised|lowered|reduced|increased|moved|rose|fell|up|down|score|risk)\b[^.\d]{0,20}\bfrom\s+(\d{1,2})\s+to\s+"
    r"(\d{1,2})\b(?!\s?(?:%|per\s?cent))",
    re.I,
)
_STAYS = re.compile(r"\b(?:unchanged|remains|stays|held|still)\s+at\s+(\d{1,2})\b", re.I)


def contradicted_scores(case: Case, _: Scores) -> Iterator[Finding]:
    """FG901: a risk's rationale that gives other scores than its row, or a review that lies ahead."""
    for risk in case.risks:
        before, now = risk.previous.value, risk.current.value
        moved, stays = _MOVED.search(risk.rationale), _STAYS.search(risk.rationale)
        said = [(now, int(moved[2])), (before, int(moved[1]))] if moved else [(now, int(stays[1]))] if stays else []
        for held, told in said:
            if held and held != told:
                which = "current" if held == now and told != before else "previous"
                yield fault(
                    column(risk.place, "rationale"),
                    f"The risk {risk.id}: its rationale says {quoted((moved or stays or [''])[0])}, and likelihood by "
                    f"consequence give a {which} score of {held}.",
                    "Correct the scores or the rationale with the risk lead.",
                    risk.id,
                )
                break
        if risk.last_reviewed and risk.last_reviewed > max(case.assessment.as_of, case.assessment.paper.date):
            yield fault(
                column(risk.place, "last_reviewed"),
                f"The risk {risk.id} was last reviewed on {date_in_words(risk.last_reviewed)}, which lies ahead.",
                "Correct the date.",
                risk.id,
            )


def fault(place: Place, message: str, remedy: str, about: str) -> Finding:
    """FG901 at a place."""
    return finding("FG901", BLOCKER, place, message, remedy, about=about)


def _amounts(amount: float | None, redirected: str) -> Iterator[Said]:
    moved = number(redirected.replace("£", ""))
    if amount is not None and amount < 0:
        yield Said("amount", f"the amount is below nothing ({amount:,.0f} pounds).", "Correct the amount.")
    if moved is not None and moved < 0:
        yield Said("redirected", f"the sum redirected is below nothing ({redirected}).", "Correct the sum.")
    if amount is not None and moved is not None and moved > max(amount, 0):
        yield Said(
            "redirected", f"£{moved:,.0f} is said to be redirected of £{amount:,.0f}.", "Correct the one or the other."
        )


def _end(year: str, ends: datetime.date | None) -> Iterator[Said]:
    begins, _ = ends_of(year)
    if begins and ends and ends < begins:
        yield Said("ends", f"it ends on {date_in_words(ends)}, before the year {year} begins.", "Correct the date.")


_DECIDED = re.compile(
    r"\b(?:agreed|approved|made|decided|decision|moved|stopped|closed)\b[^.;]{0,40}?\b(?:on|of|in)\s+"
    r"((?:\d{1,2}\s+)?[A-Z][a-z]+\s+\d{4})",
    re.I,
)
_AHEAD = re.compile(r"\b(?:due|will|to be|expected|planned|by)\b", re.I)


def _past(decision: str, as_of: datetime.date) -> Iterator[Said]:
    """A decision that is told as made, on a day that lies ahead."""
    day = next((ends_of(match[1])[1] for match in _DECIDED.finditer(decision)), None)
    if day and day > as_of and not _AHEAD.search(decision):
        yield Said(
            "decision", f"the decision is told as made, on {date_in_words(day)}, which lies ahead.", "Correct the date."
        )


def in_texts(*texts: tuple[str, str]) -> Iterator[Said]:
    """`1,118 of 1,640 (68%)`, and a gap between two such shares."""
    for field, text in texts:
        found = figures_in(text)
        shares = [f for f in found if f.kind == "share"]
        for share in shares:
            if share.whole is not None and share.value > share.whole:
                yield Said(field, f"{quoted(share.text)} is more than the whole.")
            after = next((f for f in found if f.position > share.position), None)
            between = text[share.position + len(share.text) : after.position] if after else ""
            bound = after and after.kind == "percent" and re.fullmatch(r"[^().;]{0,60}[(,]\s?", between)
            if (
                after
                and bound
                and share.percent is not None
                and abs(share.percent - after.value) > after.step / 2 + 1e-9
            ):
                yield Said(field, f"{share.text} is {_like(share.percent, after)}%, and {after.text} is said.")
        yield from _gap(field, text, found, shares)


def _gap(field: str, text: str, found: Sequence[Figure], shares: Sequence[Figure]) -> Iterator[Said]:
    points = [f for f in found if f.kind == "points"]
    if len(points) == 1 and len(shares) == 2 and re.search(r"\bgap\b", text, re.I):
        real = abs((shares[0].percent or 0) - (shares[1].percent or 0))
        # Each share may have been rounded first.
        if abs(real - abs(points[0].value)) > 1.5 * points[0].step:
            yield Said(
                field,
                f"{shares[0].text} and {shares[1].text} are {_like(real, points[0])} points apart, and "
                f"{points[0].text} is said.",
            )


def _like(value: float, figure: Figure) -> str:
    return f"{value:.{max(0, round(-math.log10(figure.step)))}f}"


def backwards(field: str, period: str) -> Iterator[Said]:
    """A period that ends before it begins."""
    begins, ends = ends_of(period)
    if begins and ends and ends < begins:
        yield Said(field, f"the period {quoted(period, 60)} ends before it begins.", "Correct the dates.")
