"""Money: pilots without a decision, and schemes whose goals and outcomes have no figure."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.messages import WARNING, column, finding, quoted
from pipeline.model import Case, Finding, Place, Scheme
from pipeline.score import Scores
from pipeline.text import date_in_words, decided


def pilots_without_decision(case: Case, _: Scores) -> Iterator[Finding]:
    """FU901: a pilot past its end with no decision."""
    as_of = case.assessment.as_of
    settled = [s.id for s in case.schemes if decided(s.decision)]
    for row in case.funding:
        ended = row.ends is not None and row.ends < as_of
        if row.category == "pilot" and ended and not decided(row.decision) and not any(map(row.pays_for, settled)):
            said = f" (only {quoted(row.decision, 80)})" if row.decision.strip() else ""
            yield _drifting(
                column(row.place, "decision"),
                f"The pilot {row.id} ({row.scheme}) ended on {date_in_words(row.ends)}, and no decision is given"
                f"{said}.",
                "Write what was decided and by whom: to stop, to go on or to spread it.",
                row.id,
            )


def charters_without_figures(case: Case, _: Scores) -> Iterator[Finding]:
    """FU901: a goal with no baseline, an outcome with no figure."""
    as_of = case.assessment.as_of
    ended = [row for row in case.funding if row.ends is not None and row.ends < as_of]
    for scheme in case.schemes:
        yield from _goals(scheme)
        if any(row.pays_for(scheme.id) for row in ended) and not scheme.actual.strip():
            yield _drifting(
                column(scheme.place, "actual"),
                f"The scheme {scheme.id} has ended, and no outcome is given.",
                "Write in `actual` what came of it, with the figure and its date.",
                scheme.id,
            )
        for name in ("expected", "actual"):
            outcome = getattr(scheme, name)
            if outcome.strip() and not any(c.isdigit() for c in outcome):
                yield _drifting(
                    column(scheme.place, name),
                    f"The {name} outcome of the scheme {scheme.id} has no figure ({quoted(outcome, 80)}).",
                    "Give the figure, of how many, and as at which date; or say that it was not measured.",
                    scheme.id,
                )


def _goals(scheme: Scheme) -> Iterator[Finding]:
    # A baseline of the whole scheme will do, unless the goals have each their own.
    own = any(goal.get("baseline", "").strip() for goal in scheme.goals)
    for goal in scheme.goals:
        if not goal.get("baseline", "").strip() and (own or not scheme.baseline.strip()):
            words = next((value for value in goal.values() if value.strip()), "")
            yield _drifting(
                column(scheme.place, "goals"),
                f"A goal of the scheme {scheme.id} has no baseline ({quoted(words, 80)}).",
                "Write in `baseline` where things stood at the start, with its date and source.",
                scheme.id,
            )


def _drifting(place: Place, message: str, remedy: str, about: str) -> Finding:
    return finding("FU901", WARNING, place, message, remedy, about=about)
