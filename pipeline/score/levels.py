"""Who says which level, which one is reported, and what a section comes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.model import NOT_ASSESSED, Answer, Case, Framework, Level, Role, Section, Statement
from pipeline.score.results import RoleLevel, SectionScore

Views = Mapping[Role, RoleLevel]
MUST_ANSWER: Mapping[str, tuple[Role, ...]] = {
    "team": (Role.TEAM,),
    "board": (Role.BOARD,),
    "both": (Role.TEAM, Role.BOARD),
}
"""By `answered_by`: the roles whose answers make the reported level."""


def answers_by_role(case: Case) -> dict[str, dict[Role, list[Answer]]]:
    """Statement id -> role -> the answers of the declared respondents, in the order of assessment.yaml."""
    forms = {form.respondent: form for form in case.forms}
    found: dict[str, dict[Role, list[Answer]]] = {}
    for respondent in case.assessment.respondents:
        form = forms.get(respondent.id)
        for answer in form.answers if form else ():
            found.setdefault(answer.statement, {}).setdefault(respondent.role, []).append(answer)
    return found


def role_levels(answers: Mapping[Role, Sequence[Answer]], framework: Framework) -> dict[Role, RoleLevel]:
    """What each role says of one statement; every role is there."""
    return {role: _role_level(role, answers.get(role, ()), framework) for role in Role}


def _role_level(role: Role, answers: Sequence[Answer], framework: Framework) -> RoleLevel:
    levels = sorted((framework.level(level) for level in _levels_given(answers)), key=_rank)
    if levels:
        return RoleLevel(role, middle(levels).id, levels[0].id, levels[-1].id, len(levels), tuple(answers))
    level = NOT_ASSESSED if any(a.level == NOT_ASSESSED for a in answers) else None
    return RoleLevel(role, level, None, None, 0, tuple(answers))


def middle(levels: Sequence[Level]) -> Level:
    """The middle one of levels in order: the lower of two middle ones."""
    return levels[(len(levels) - 1) // 2]


def reported_level(statement: Statement, views: Views, framework: Framework) -> str:
    """The lowest of the views that must be there; NOT_ASSESSED where one of them is missing or not assessed."""
    given = [views[role].level for role in MUST_ANSWER[statement.answered_by]]
    if any(level in (None, NOT_ASSESSED) for level in given):
        return NOT_ASSESSED
    return min((framework.level(level) for level in given if level), key=_rank).id


def section_score(section: Section, reported: Mapping[str, str], framework: Framework) -> SectionScore:
    """The count at each level, the middle level and the lowest; `not assessed` apart."""
    given = {s.id: reported[s.id] for s in section.statements if reported[s.id] != NOT_ASSESSED}
    levels = sorted((framework.level(level) for level in given.values()), key=_rank)
    too_few = not levels or 3 * len(levels) < 2 * len(section.statements)
    lowest = levels[0].id if levels else None
    return SectionScore(
        section=section.id,
        counts={level.id: sum(level.id == g for g in given.values()) for level in framework.levels},
        not_assessed=len(section.statements) - len(levels),
        middle=None if too_few else middle(levels).id,
        lowest=lowest,
        lowest_statements=tuple(s for s, level in given.items() if level == lowest),
    )


def _levels_given(answers: Sequence[Answer]) -> Iterator[str]:
    return (a.level for a in answers if a.level and a.level != NOT_ASSESSED)


def _rank(level: Level) -> int:
    return level.rank
