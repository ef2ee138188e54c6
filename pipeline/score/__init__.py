"""Reported levels, section results and movement, exactly as the contract says. Nothing rounds up, nothing averages."""

from __future__ import annotations

from pipeline.model import Case
from pipeline.score.movement import movements, previous_statement
from pipeline.score.results import (
    Movement,
    RoleLevel,
    Scores,
    SectionScore,
    StatementScore,
    answers_by_role,
    reported_level,
    role_levels,
    section_score,
    standing,
    words_found,
)

__all__ = [
    "Movement",
    "RoleLevel",
    "Scores",
    "SectionScore",
    "StatementScore",
    "previous_statement",
    "score",
]


def score(case: Case) -> Scores:
    """The levels of every statement and section in scope."""
    answers = answers_by_role(case)
    views = {s.id: role_levels(answers.get(s.id, {}), case.framework) for s in case.statements}
    reported = {s.id: reported_level(s, views[s.id], case.framework) for s in case.statements}
    moved, past, note = movements(case, reported)
    statements = {
        s.id: StatementScore(
            statement=s.id,
            reported=reported[s.id],
            views=views[s.id],
            standing=standing(views[s.id], case),
            words_found=words_found(views[s.id], case),
            movement=moved[s.id],
            past=past[s.id],
        )
        for s in case.statements
    }
    sections = {s.id: section_score(s, reported, case.framework) for s in case.sections}
    return Scores(statements, sections, note)
