"""Levels by role, reported levels, section results, movement, and how the evidence stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.model import (
    NOT_ASSESSED,
    Answer,
    Case,
    CheckResult,
    Citation,
    EvidenceStrength,
    Framework,
    Level,
    Role,
    Section,
    Statement,
    Verdict,
)
from pipeline.text import compared


@dataclass(frozen=True)
class RoleLevel:
    """What the respondents of one role say: the middle one (the lower of two middle ones), by level id.

    `level` is NOT_ASSESSED where all of them say so, None where nobody of that role gave an answer.
    """

    role: Role
    level: str | None
    lowest: str | None
    highest: str | None
    number: int
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Movement:
    """Against the previous cycle; where that has no level, against the last one that has (`last assessed`).

    kind: up | down | same | first | last assessed | wording changed | other scale | not assessed | not shown.
    """

    kind: str
    previous: str | None = None
    """The level id reported in `cycle`."""
    cycle: str = ""
    """The cycle compared with: the previous one, or the last that has a level."""
    previous_name: str = ""
    change: str = ""
    """up | down | same | wording changed | other scale: also since a cycle before the previous one."""


@dataclass(frozen=True)
class PastLevel:
    """What was reported of a statement in an earlier cycle."""

    cycle: str
    level: str
    """A level id of that cycle's scale, or NOT_ASSESSED."""
    name: str
    same_wording: bool
    """True where the statement read then as it reads now."""


@dataclass(frozen=True)
class StatementScore:
    """One statement's reported level (id, or NOT_ASSESSED) and what stands behind it."""

    statement: str
    reported: str
    views: Mapping[Role, RoleLevel]
    standing: EvidenceStrength
    words_found: int
    movement: Movement
    past: tuple[PastLevel, ...] = ()
    """Newest first; without the cycles in which it was not asked."""


@dataclass(frozen=True)
class SectionScore:
    """One section's result: counts by level id, the middle level (None: too few assessed), the lowest."""

    section: str
    counts: Mapping[str, int]
    not_assessed: int
    middle: str | None
    lowest: str | None
    lowest_statements: tuple[str, ...]


@dataclass(frozen=True)
class Scores:
    """Every statement in scope and every section in scope, by id, in framework order."""

    statements: Mapping[str, StatementScore]
    sections: Mapping[str, SectionScore]
    movement_note: str = ""
    """Why movement is not shown, in words; empty where it is."""


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


OWN = (Role.TEAM, Role.BOARD)
FOUND = (Verdict.FOUND, Verdict.FOUND_ELSEWHERE)


def own_citations(views: Views) -> Iterator[Citation]:
    """The citations that count as evidence: the team's and the Board's, never the partners'."""
    for role in OWN:
        for answer in views[role].answers:
            yield from answer.citations


FEW = 4
"""Words that a quotation has at least, if no figure is among them, to show something."""


def shows_little(quotation: str) -> bool:
    """Whether words, though they stand where they are said to, are too few to show anything."""
    if any(letter.isnumeric() for letter in quotation):
        return False
    return sum(any(letter.isalnum() for letter in word) for word in quotation.split()) < FEW


def bears_weight(citation: Citation, check_result: CheckResult) -> bool:
    """Whether the words found show more than that the document has them."""
    if check_result.verdict not in FOUND or check_result.little or check_result.negation:
        return False
    return not shows_little(citation.quotation or "")


def standing(views: Views, case: Case) -> EvidenceStrength:
    """Found: words found that show something, and none not found. Not seen: nothing that could be read or found."""
    check_results = [(c, case.check_results[c]) for c in own_citations(views) if c in case.check_results]
    missed = any(s.verdict is Verdict.NOT_FOUND for _, s in check_results)
    if not missed and any(bears_weight(c, s) for c, s in check_results):
        return EvidenceStrength.FOUND
    if any(_was_read(c, s, case) for c, s in check_results):
        return EvidenceStrength.DOCUMENT_ONLY
    return EvidenceStrength.NOT_SEEN


def _was_read(citation: Citation, check_result: CheckResult, case: Case) -> bool:
    if check_result.verdict is Verdict.NO_QUOTATION:
        copy, document = case.copies.get(citation.evidence), case.document(citation.evidence)
        if document and case.seen_by_a_person(document):
            return True
        return bool(copy and copy.sha256) and not (copy and copy.uncheckable) and not check_result.unreadable_pages
    return check_result.verdict in (*FOUND, Verdict.RECOGNISED, Verdict.SEEN_BY_A_PERSON)


def words_found(views: Views, case: Case) -> int:
    """How many different quotations were found that show something; two respondents with the same words count once."""
    found = {
        (c.evidence, compared(c.quotation or ""))
        for c in own_citations(views)
        if c in case.check_results and bears_weight(c, case.check_results[c])
    }
    return len(found)
