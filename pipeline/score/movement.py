"""Up, down or the same against the previous cycle, where the two can be compared at all."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.model import NOT_ASSESSED, Case, PreviousCycle, Statement
from pipeline.score.levels import answers_by_role, reported_level, role_levels
from pipeline.score.results import Movement


def movements(case: Case, reported: Mapping[str, str]) -> tuple[dict[str, Movement], str]:
    """Every statement's movement, and in words why none is shown (empty where it is)."""
    note = _why_not_shown(case)
    if note or case.previous is None:
        return {s.id: Movement("not shown") for s in case.statements}, note
    before = _reported_before(case.previous)
    return {s.id: _movement(s, case, reported[s.id], before) for s in case.statements}, ""


def previous_statement(statement: Statement, case: Case) -> Statement | None:
    """The statement of the previous cycle's framework that this one was, or None where it is new."""
    if case.previous is None:
        return None
    then = case.previous.framework
    own = then.statement(statement.id)
    if own and _same(own.text, statement.text):
        return own
    for former in statement.formerly:
        if found := then.statement(former):
            return found
    # An id that another statement had before was given away; it is not this statement's past.
    taken = any(statement.id in s.formerly for s in case.framework.statements if s.id != statement.id)
    return None if taken else own


def _why_not_shown(case: Case) -> str:
    if case.previous is None:
        return "There is no earlier assessment to compare with."
    before = case.previous.assessment
    if _same(before.organisation, case.assessment.organisation) or case.assessment.comparable:
        return ""
    return f"The assessment of {before.cycle} was made by {before.organisation}, so levels are not compared with it."


def _reported_before(previous: PreviousCycle) -> dict[str, str]:
    case = Case(previous.assessment, previous.framework, previous.forms)
    answers = answers_by_role(case)
    return {
        s.id: reported_level(s, role_levels(answers.get(s.id, {}), case.framework), case.framework)
        for s in case.statements
    }


def _movement(statement: Statement, case: Case, now: str, reported_before: Mapping[str, str]) -> Movement:
    earlier = previous_statement(statement, case)
    before = reported_before.get(earlier.id, NOT_ASSESSED) if earlier else NOT_ASSESSED
    ranks = {level.id: level.rank for level in case.framework.levels}
    previous = before if before in ranks else None
    if now == NOT_ASSESSED:
        return Movement("not assessed", previous)
    if earlier is None or before == NOT_ASSESSED:
        return Movement("first")
    if not _same(earlier.text, statement.text):
        return Movement("wording changed", previous)
    if previous is None:  # a level that this year's scale does not have
        return Movement("not shown")
    step = ranks[now] - ranks[previous]
    return Movement("up" if step > 0 else "down" if step < 0 else "same", previous)


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()) == " ".join(other.split())
