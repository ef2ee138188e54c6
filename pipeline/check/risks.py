"""The BAF risks: scores that do not go together, move without a reason, or aim without a date."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.levels import OUTSIDE_LINES
from pipeline.check.say import WARNING, column, finding
from pipeline.check.uses import counted_evidence
from pipeline.model import NOT_ASSESSED, Case, Finding, Place, Risk
from pipeline.score import Scores

CONFIDENT = ("substantial", "reasonable")


def out_of_order(case: Case, _: Scores) -> Iterator[Finding]:
    """BA602: target above current, or current above inherent."""
    for risk in case.risks:
        pairs = (
            ("target", risk.target.value, "current", risk.current.value),
            ("current", risk.current.value, "inherent", risk.inherent.value),
        )
        for upper, above, lower, below in pairs:
            if above and below and above > below:
                yield _about(
                    "BA602",
                    risk,
                    f"{upper}_likelihood",
                    f"The {upper} score of {risk.id} ({above}) is above its {lower} score ({below}).",
                    "Check the likelihood and consequence of both with the risk lead.",
                )


def moved_unexplained(case: Case, scores: Scores) -> Iterator[Finding]:
    """BA603: a score that moved with no rationale, or fell while no linked statement moved up."""
    for risk in case.risks:
        before, now = risk.previous.value, risk.current.value
        if not before or not now or before == now:
            continue
        linked = [scores.statements[s] for s in risk.statements if s in scores.statements]
        # A statement that is not assessed this year may have moved either way.
        unmatched = now < before and not any(s.movement.kind in ("up", "not assessed") for s in linked)
        reasons = []
        if not risk.rationale.strip():
            reasons.append("no rationale is given")
        if unmatched:
            reasons.append("no statement linked to it is shown to have moved up")
        if reasons:
            yield _about(
                "BA603",
                risk,
                "rationale",
                f"The current score of {risk.id} moved from {before} to {now}, and {' and '.join(reasons)}.",
                "Ask the risk lead what has changed, and write it in `rationale`."
                if not risk.rationale.strip()
                else "Ask the risk lead what the lower score rests on, if not on these statements.",
            )


def aims_without_date(case: Case, _: Scores) -> Iterator[Finding]:
    """BA604: a target with no date."""
    for risk in case.risks:
        if risk.target.value and risk.target_date is None:
            yield _about(
                "BA604",
                risk,
                "target_date",
                f"{risk.id} has a target score of {risk.target.value} and no date by which it is to be reached.",
                "Ask the risk lead for the date and write it in `target_date`.",
            )


def confident_on_first_line(case: Case, scores: Scores) -> Iterator[Finding]:
    """BA605: substantial or reasonable assurance offered while most levels rest on first-line evidence."""
    offered = case.assessment.paper.assurance_offered
    if offered is None or offered.level not in CONFIDENT:
        return
    assessed = [s for s in scores.statements.values() if s.reported != NOT_ASSESSED]
    inside = [s for s in assessed if not any(d.assurance_line in OUTSIDE_LINES for d in counted_evidence(s, case))]
    if 2 * len(inside) > len(assessed):
        yield finding(
            "BA605",
            WARNING,
            Place(case.assessment.file, None, "paper.assurance_offered"),
            f"The paper offers {offered.level} assurance, and {len(inside)} of {len(assessed)} levels rest on the "
            "evidence of those who do the work.",
            "Offer limited assurance, or cite what a committee, an auditor, a regulator or partners have found.",
        )


def _about(code: str, risk: Risk, field: str, message: str, remedy: str) -> Finding:
    return finding(code, WARNING, column(risk.place, field), message, remedy, about=risk.id)
