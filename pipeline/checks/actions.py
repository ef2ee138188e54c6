"""Actions: what is late, unproved, unplanned or forgotten, and a plan put forward that is empty."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks.messages import BLOCKER, WARNING, column, finding, level_name, quoted, statement_name
from pipeline.inputs.suggest import nearest
from pipeline.model import Action, Case, Finding, Place
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
            yield about_action(
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
            yield about_action(
                "AC502",
                case,
                action,
                "revised_due" if action.first_due else "due",
                f"The action {action.id} ({quoted(action.action, 80)}) was due on {date_in_words(action.due)}"
                f"{f' (first on {date_in_words(action.first_due)})' if action.first_due else ''} and is "
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
            yield about_action(
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


def about_action(code: str, case: Case, action: Action, field: str, message: str, remedy: str) -> Finding:
    """A finding at a field of an action's row."""
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
