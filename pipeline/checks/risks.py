"""Risks and assurance: scores out of order or unexplained, aims that have passed, risks that are not there."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.actions import about_action
from pipeline.checks.levels import OUTSIDE_LINES
from pipeline.checks.messages import WARNING, column, finding, quoted
from pipeline.checks.uses import counted_evidence
from pipeline.inputs.cells import split_ids
from pipeline.inputs.suggest import did_you_mean, same
from pipeline.model import NOT_ASSESSED, Case, Finding, Place, Risk
from pipeline.score import Scores
from pipeline.text import date_in_words

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
                yield _about_risk(
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
        unmatched = now < before and not any(
            s.movement.kind == "not assessed" or s.movement.change == "up" for s in linked
        )
        reasons = []
        if not risk.rationale.strip():
            reasons.append("no rationale is given")
        if unmatched:
            reasons.append("no statement linked to it is shown to have moved up")
        if reasons:
            yield _about_risk(
                "BA603",
                risk,
                "rationale",
                f"The current score of {risk.id} moved from {before} to {now}, and {' and '.join(reasons)}.",
                "Ask the risk lead what has changed, and write it in `rationale`."
                if not risk.rationale.strip()
                else "Ask the risk lead what the lower score rests on, if not on these statements.",
            )


def aims_without_date(case: Case, _: Scores) -> Iterator[Finding]:
    """BA604: a target with no date, or with one that has passed."""
    as_of = case.assessment.as_of
    for risk in case.risks:
        now, aim = risk.current.value, risk.target.value
        if risk.target_date and risk.target_date < as_of and aim and now and now > aim:
            yield _about_risk(
                "BA604",
                risk,
                "target_date",
                f"{risk.id} was to reach its target score of {aim} by {date_in_words(risk.target_date)}, and its "
                f"current score on {date_in_words(as_of)} is {now}.",
                "Ask the risk lead for a new date, and say in `rationale` why the old one was missed.",
            )
        if risk.target.value and risk.target_date is None:
            yield _about_risk(
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


def not_there(case: Case, _: Scores) -> Iterator[Finding]:
    """BA606: a risk that the cover or an action names and risks.csv lacks; one of last cycle gone without a word."""
    known = {same(risk.id) for risk in case.risks}
    place = Place(case.assessment.file, None, "paper.baf_risks")
    named = case.assessment.paper.baf_risks
    for ident in named:
        if same(ident) not in known:
            near = did_you_mean(ident, [risk.id for risk in case.risks])
            yield finding(
                "BA606",
                WARNING,
                place,
                f"The cover names the risk {quoted(ident)}, and risks.csv does not have it.",
                f"{near}Add its row to risks.csv, or take it off the cover.",
                about=ident,
            )
    for action in case.actions if case.risks else ():
        for ident in (i for i in split_ids(action.risk) if same(i) not in known):
            yield about_action(
                "BA606",
                case,
                action,
                "risk",
                f"The action {action.id} names the risk {quoted(ident)}, and risks.csv does not have it.",
                f"{did_you_mean(ident, [risk.id for risk in case.risks])}Correct the id, or add its row to risks.csv.",
            )
    before = case.previous.assessment if case.previous else None
    for ident in before.paper.baf_risks if before else ():
        if before and same(ident) not in known | {same(i) for i in named}:
            yield finding(
                "BA606",
                WARNING,
                place,
                f"The risk {quoted(ident)} stood on the cover of {before.cycle}, and this cycle does not name it.",
                "Carry it into risks.csv; if it is closed, say so in the paper.",
                about=ident,
            )


def _about_risk(code: str, risk: Risk, field: str, message: str, remedy: str) -> Finding:
    return finding(code, WARNING, column(risk.place, field), message, remedy, about=risk.id)
