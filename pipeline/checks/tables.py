"""Actions, risks and money: what is late, unproved, out of order or undecided."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks.levels import OUTSIDE_LINES
from pipeline.checks.messages import BLOCKER, WARNING, column, finding, level_name, quoted, statement_name
from pipeline.checks.uses import counted_evidence
from pipeline.inputs.cells import split_ids
from pipeline.inputs.suggest import did_you_mean, nearest, same
from pipeline.model import NOT_ASSESSED, Action, Case, Finding, Place, Risk, Scheme
from pipeline.score import Scores, StatementScore
from pipeline.score.movement import CLOSED, actions_not_carried
from pipeline.text import date_in_words, says_nothing, the

_ASKS_FOR_A_PLAN = re.compile(
    r"\b(?:action plan|plan of action|(?:planned|proposed|these|the) actions|annex a)\b", re.I
)
_BAF = r"(?:BAF|board assurance framework)"
_ASKS_FOR_RISKS = re.compile(
    rf"\b(?:{_BAF} (?:annex|risks?)|risk annex|(?:annex|risks?) (?:to|of|in|on) the {_BAF})\b", re.I
)
_OTHER_ANNEX = re.compile(r"\bannex(?:es)?\s+([D-Z])\b", re.I)


def is_open(action: Action) -> bool:
    """Whether an action is still to be done; one without a status is."""
    return action.status not in CLOSED


def nobody_or_never(case: Case, _: Scores) -> Iterator[Finding]:
    """AC501: an open action without owner or due date."""
    for action in case.actions:
        gaps = {"owner": says_nothing(action.owner), "due": action.due is None}
        for field in (name for name, empty in gaps.items() if empty and is_open(action)):
            what = "owner" if field == "owner" else "due date"
            yield _about(
                "AC501",
                case,
                action,
                field,
                f"The open action {action.id} ({quoted(action.action, 80)}) has no {what}.",
                "Name the role that will do it." if field == "owner" else "Give the day by which it is to be done.",
            )


def late(case: Case, _: Scores) -> Iterator[Finding]:
    """AC502: an action overdue at `as_of`."""
    as_of = case.assessment.as_of
    for action in case.actions:
        if is_open(action) and action.due and action.due < as_of:
            yield _about(
                "AC502",
                case,
                action,
                "due",
                f"The action {action.id} ({quoted(action.action, 80)}) was due on {date_in_words(action.due)} and is "
                f"open on {date_in_words(as_of)}.",
                f"Ask {the(action.owner) or 'its owner'} whether it is done, and for a new date if it is not.",
            )


def nothing_planned(case: Case, scores: Scores) -> Iterator[Finding]:
    """AC503: a statement at the lowest level, or fallen, with no open action."""
    lowest = case.framework.levels[0].id
    still_open = [a for a in case.actions if is_open(a)]
    known = [s.id for s in case.framework.statements]
    answered = {nearest(a.statement, known) for a in still_open if a.statement}
    whole_sections = {a.section for a in still_open if not a.statement}
    place = Place(case.actions[0].place.file, None, "statement") if case.actions else Place("")
    for statement in case.statements:
        score = scores.statements[statement.id]
        why = _why_needed(case, score, lowest)
        if why and statement.id not in answered and statement.section not in whole_sections:
            yield finding(
                "AC503",
                WARNING,
                place,
                f"{statement_name(case, statement.id)} {why}, and no open action answers it.",
                "Add an action with an owner and a date, or say in the paper why none is needed.",
                statement=statement.id,
            )


def _why_needed(case: Case, score: StatementScore, lowest: str) -> str:
    moved = score.movement
    if moved.change == "down":
        now = level_name(case, score.reported)
        if moved.kind == "down":
            return f"moved down from {moved.previous_name} to {now}"
        return f"was at {moved.previous_name} when it was last assessed, in {moved.cycle}, and is at {now}"
    return f"is at {level_name(case, lowest)}, the lowest level" if score.reported == lowest else ""


def done_unproved(case: Case, _: Scores) -> Iterator[Finding]:
    """AC504: an action done, with no evidence."""
    for action in case.actions:
        if action.status == "done" and not action.citations and not action.evidence.strip():
            yield _about(
                "AC504",
                case,
                action,
                "evidence",
                f"The action {action.id} ({quoted(action.action, 80)}) is marked as done, and nothing is cited for it.",
                "Cite what shows it, in the column `evidence`; or set it back to open.",
            )


def forgotten(case: Case, _: Scores) -> Iterator[Finding]:
    """AC505: last year's open action that is neither carried, done nor dropped."""
    if case.previous is None:
        return
    file = case.actions[0].place.file if case.actions else case.assessment.file
    for action in actions_not_carried(case):
        known = case.framework.statement(action.statement)
        yield finding(
            "AC505",
            WARNING,
            Place(file, None, "id" if case.actions else "previous"),
            f"The action {action.id} of {case.previous.assessment.cycle} ({quoted(action.action, 80)}) was open then, "
            "and this year's action plan does not say what became of it.",
            f"Carry it over from {action.place.file}, row {action.place.row}, and set its status to open, done or "
            "dropped.",
            statement=known.id if known else None,
            about=action.id,
        )


def nothing_to_approve(case: Case, _: Scores) -> Iterator[Finding]:
    """AC506: the paper asks something of a plan, risks or an annex that is not there."""
    for ask in case.assessment.paper.action_required:
        other = _OTHER_ANNEX.search(ask)
        if _ASKS_FOR_A_PLAN.search(ask) and not case.actions:
            missing, remedy = "there is no action in actions.csv", "Write the actions into actions.csv"
        elif _ASKS_FOR_RISKS.search(ask) and not case.risks:
            missing, remedy = "there is no risk in risks.csv", "Write the risks into risks.csv"
        elif other:
            missing = f"there is no Annex {other[1].upper()}: A has the actions, B the evidence, C the abbreviations"
            remedy = "Name the annex that is meant, or add it to the template"
        else:
            continue
        place = Place(case.assessment.file, None, "paper.action_required")
        said = f"The paper asks {quoted(ask, 80)}, and {missing}."
        yield finding("AC506", WARNING, place, said, f"{remedy}, or change what is asked.")


def _about(code: str, case: Case, action: Action, field: str, message: str, remedy: str) -> Finding:
    known = case.framework.statement(action.statement)
    return finding(
        code,
        BLOCKER if code == "AC501" else WARNING,
        column(action.place, field),
        message,
        remedy,
        statement=known.id if known else None,
        about=action.id,
    )


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
            yield _about(
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


def pilots_without_decision(case: Case, _: Scores) -> Iterator[Finding]:
    """FU901: a pilot past its end with no decision."""
    as_of = case.assessment.as_of
    decided = [s.id for s in case.schemes if s.decision.strip()]
    for row in case.funding:
        ended = row.ends is not None and row.ends < as_of
        if row.category == "pilot" and ended and not row.decision.strip() and not any(map(row.pays_for, decided)):
            yield _drifting(
                column(row.place, "decision"),
                f"The pilot {row.id} ({row.scheme}) ended on {date_in_words(row.ends)}, and no decision is given.",
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
