"""Statements, sections and totals as they are shown: levels by name, answers by respondent, movement in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.dossier.citations import age_of, alike, cited_before, view_citation
from pipeline.dossier.reliance import EVIDENCE_INCOMPLETE, by_a_partner
from pipeline.dossier.views import (
    AnswerView,
    FrameworkChangesView,
    LeftOutView,
    MovementView,
    NoLongerAskedView,
    RoleView,
    ScoreView,
    SectionView,
    StatementView,
    TotalsView,
)
from pipeline.model import NOT_ASSESSED, Answer, Case, EvidenceStrength, Finding, Role, Severity, Statement
from pipeline.score import Movement, RoleLevel, Scores, SectionScore, StatementScore
from pipeline.score.movement import Year, framework_changes, no_longer_asked
from pipeline.score.results import MUST_ANSWER

TOO_FEW = "too few assessed"
SINCE = {
    "up": "moved up since",
    "down": "moved down since",
    "same": "no change since",
    "wording changed": "wording changed since, not compared",
    "other scale": "another scale since, not compared",
}
AGREED = "agreed without complete evidence"
INCOMPLETE = "evidence incomplete"
ROLE_NAMES = {Role.TEAM: "team", Role.BOARD: "Board", Role.PARTNER: "partners"}


class Levels:
    """Level ids to the names and ranks that people see; `not assessed` stays itself."""

    def __init__(self, case: Case) -> None:
        self.names = {level.id: level.name for level in case.framework.levels}
        self.ranks = {level.id: level.rank for level in case.framework.levels}

    def name(self, level: str | None) -> str:
        """The name of a level id; `not assessed` for that; empty for None."""
        return self.names.get(level, level) if level else ""

    def assessed(self, level: str | None) -> str:
        """The level's id, or empty where it is not assessed or not given."""
        return level if level in self.ranks and level else ""


def view_sections(case: Case, scores: Scores, findings: Sequence[Finding]) -> tuple[SectionView, ...]:
    """Every section in scope with its statements."""
    levels = Levels(case)
    answers = _answers_by_statement(case)
    own: dict[str, list[Finding]] = {}
    for finding in findings:
        own.setdefault(finding.statement or "", []).append(finding)

    def view(s: Statement, title: str) -> StatementView:
        return _view_statement(
            case, s, title, scores.statements[s.id], levels, answers.get(s.id, ()), own.get(s.id, ())
        )

    return tuple(
        SectionView(
            id=section.id,
            title=section.title,
            scope=section.scope,
            compliance=section.compliance,
            score=view_score(scores.sections[section.id], levels),
            statements=tuple(view(s, section.title) for s in section.statements),
        )
        for section in case.sections
    )


def _answers_by_statement(case: Case) -> Mapping[str, Sequence[Answer]]:
    """Answers of declared respondents: team, then Board, then partners, in the order of assessment.yaml."""
    roles = list(Role)
    order = {r.id: (roles.index(r.role), n) for n, r in enumerate(case.assessment.respondents)}
    found: dict[str, list[Answer]] = {}
    for form in case.forms:
        for answer in form.answers:
            if answer.respondent in order:
                found.setdefault(answer.statement, []).append(answer)
    return {s: sorted(given, key=lambda a: order[a.respondent]) for s, given in found.items()}


def view_score(score: SectionScore, levels: Levels) -> ScoreView:
    """A section's result in words."""
    assessed = sum(score.counts.values())
    return ScoreView(
        middle=levels.name(score.middle) or TOO_FEW,
        lowest=levels.name(score.lowest) or NOT_ASSESSED,
        counts=dict(score.counts),
        not_assessed=score.not_assessed,
        assessed=assessed,
        in_scope=assessed + score.not_assessed,
        lowest_statements=score.lowest_statements,
    )


def _view_statement(
    case: Case,
    statement: Statement,
    section_title: str,
    score: StatementScore,
    levels: Levels,
    answers: Sequence[Answer],
    findings: Sequence[Finding],
) -> StatementView:
    reported = levels.name(score.reported)
    level_id = levels.assessed(score.reported)
    rank = levels.ranks.get(level_id, -1)
    target = case.assessment.targets.of(statement.id) or ""
    excepted = any(f.severity is Severity.EXCEPTED for f in findings)
    own = [f for f in findings if f.severity is not Severity.EXCEPTED and not by_a_partner(case, f)]
    incomplete = bool(level_id) and any(f.code in EVIDENCE_INCOMPLETE for f in own)
    several = spread(statement, score, levels)
    views = [view_answer(case, a, levels) for a in answers]
    return alike(
        StatementView,
        statement,
        short=statement.name,
        section_title=section_title,
        reported=reported,
        level_id=level_id,
        rank=rank,
        standing=score.standing.value,
        cell=f"{reported}, {score.standing.value}" if level_id else reported,
        words_found=score.words_found,
        movement=view_movement(score, levels),
        views={
            role.value: replace(view_role(score.views.get(role), role, levels), asked=_is_asked(case, statement, role))
            for role in Role
        },
        partners=tuple(v for v in views if v.role == Role.PARTNER.value),
        answers=tuple(views),
        target=levels.name(target),
        target_id=target,
        below_target=bool(level_id and target in levels.ranks and rank < levels.ranks[target]),
        evidence_incomplete=incomplete,
        agreed_exception=excepted,
        qualifier="; ".join(filter(None, (AGREED if excepted else INCOMPLETE if incomplete else "", several))),
        spread=several,
        baf=dict(statement.baf),
        evidence_age=age_of(case, answers),
        cited_before=cited_before(case, statement) if score.movement.kind in ("up", "down") else (),
        tags={k: tuple(v) for k, v in statement.tags.items()},
        related=statement.statements,
        actions=tuple(a.id for a in case.actions if a.statement == statement.id),
        risks=tuple(r.id for r in case.risks if statement.id in r.statements),
        history=((case.assessment.cycle, reported), *((p.cycle, p.name) for p in score.past)),
    )


def spread(statement: Statement, score: StatementScore, levels: Levels) -> str:
    """`Board: 5 answers, Reactive to Consistent`: of those whose level is the reported one, where they are several."""
    views = (
        [score.views[role] for role in MUST_ANSWER[statement.answered_by]] if levels.assessed(score.reported) else []
    )
    return "; ".join(f"{ROLE_NAMES[v.role]}: {number_and_range(v, levels)}" for v in views if v.number > 1)


def number_and_range(view: RoleLevel, levels: Levels) -> str:
    """`5 answers, Reactive to Consistent`, or `3 answers, all Growing`."""
    lowest, highest = levels.name(view.lowest), levels.name(view.highest)
    return f"{view.number} answers, {f'all {lowest}' if lowest == highest else f'{lowest} to {highest}'}"


def view_answer(case: Case, answer: Answer, levels: Levels) -> AnswerView:
    """One respondent's answer; the public comment is put in its place later, by `for_audience`."""
    respondent = case.assessment.respondent(answer.respondent)
    return AnswerView(
        respondent=answer.respondent,
        name=respondent.name if respondent else answer.respondent,
        role=respondent.role.value if respondent else "",
        level=levels.name(answer.level),
        level_id=levels.assessed(answer.level),
        comment=answer.comment,
        public_comment=answer.public_comment,
        dissent=answer.dissent,
        citations=tuple(view_citation(case, c) for c in answer.citations),
        file=answer.place.file,
        row=answer.place.row,
    )


def _is_asked(case: Case, statement: Statement, role: Role) -> bool:
    of_that_role = [r for r in case.assessment.respondents if r.role is role]
    return not of_that_role or any(r.is_asked(statement) for r in of_that_role)


def view_role(view: RoleLevel | None, role: Role, levels: Levels) -> RoleView:
    """What one role says, in words; with range and number where several answered."""
    if view is None or view.level is None:
        return RoleView(role=role.value, level="", level_id="", shown="no answer")
    name, shown = levels.name(view.level), levels.name(view.level)
    lowest, highest = levels.name(view.lowest), levels.name(view.highest)
    if view.number > 1:
        alike_all = lowest == highest
        shown = f"{name} ({f'{view.number} answers' if alike_all else number_and_range(view, levels)})"
    return RoleView(role.value, name, levels.assessed(view.level), lowest, highest, view.number, shown)


def view_movement(score: StatementScore, levels: Levels) -> MovementView:
    """Movement in words."""
    movement: Movement = score.movement
    before, now = movement.previous_name, levels.name(score.reported)
    shown = {
        "up": f"moved up from {before} to {now}",
        "down": f"moved down from {before} to {now}",
        "same": f"no change from {before}",
        "first": "first assessed",
        "last assessed": f"last assessed {movement.cycle}: {before}; {SINCE.get(movement.change, '')}",
        "wording changed": f"{before} in {movement.cycle}; wording changed, not compared",
        "other scale": f"{before} in {movement.cycle} on another scale, not compared",
        "not assessed": f"not assessed this year; last assessed {movement.cycle}: {before}" if before else NOT_ASSESSED,
    }.get(movement.kind, "")
    return MovementView(movement.kind, before, shown, movement.cycle, movement.change)


def view_totals(case: Case, sections: Sequence[SectionView]) -> TotalsView:
    """Counts over the sections in scope."""
    statements = [s for section in sections for s in section.statements]
    assessed = [s for s in statements if s.rank >= 0]

    def standing(kind: EvidenceStrength) -> int:
        return sum(s.standing == kind.value for s in assessed)

    def movement(kind: str) -> int:
        return sum(s.movement.kind == kind for s in statements)

    return TotalsView(
        counts={level.id: sum(s.level_id == level.id for s in assessed) for level in case.framework.levels},
        not_assessed=len(statements) - len(assessed),
        assessed=len(assessed),
        in_scope=len(statements),
        found_on_page=standing(EvidenceStrength.FOUND),
        document_only=standing(EvidenceStrength.DOCUMENT_ONLY),
        not_seen=standing(EvidenceStrength.NOT_SEEN),
        moved_up=movement("up"),
        moved_down=movement("down"),
        unchanged=movement("same"),
        sections_in_scope=len(sections),
        sections_in_framework=len(case.framework.sections),
    )


def view_left_out(case: Case) -> tuple[LeftOutView, ...]:
    """What this organisation does not assess, in the order of assessment.yaml."""
    named = {s.id: s.name for s in case.framework.statements}
    return tuple(alike(LeftOutView, left, short=named[left.statement]) for left in case.assessment.left_out)


def view_no_longer_asked(case: Case) -> tuple[NoLongerAskedView, ...]:
    """What the previous cycle asked and this framework does not have, with its level then."""
    if case.previous is None:
        return ()
    then = Year(case.previous)
    names = {level.id: level.name for level in then.framework.levels}
    cycle = case.previous.assessment.cycle
    return tuple(
        NoLongerAskedView(s.id, s.name, cycle, names.get(then.reported[s.id], NOT_ASSESSED))
        for s in no_longer_asked(case)
    )


def view_framework_changes(case: Case) -> FrameworkChangesView:
    """What this version of the framework added, removed, reworded and renumbered."""
    changes = framework_changes(case)
    return FrameworkChangesView(
        added=tuple(map(_named, changes.added)),
        removed=tuple(map(_named, changes.removed)),
        reworded=tuple(map(_named, changes.reworded)),
        renumbered=tuple(f"{_named(now)}, formerly {before}" for now, before in changes.renumbered),
    )


def _named(statement: Statement) -> str:
    return statement.id if statement.name == statement.id else f"{statement.id}, {statement.name}"
