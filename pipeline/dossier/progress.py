"""How far the answers have come: who was asked what, what is back, and what is blocked."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.dossier.views import Dossier, RespondentView, StatementView
from pipeline.model import Role


@dataclass(frozen=True)
class RespondentProgress:
    """One respondent: how many statements are theirs to answer and how many they answered."""

    name: str
    role: str
    returned: bool
    asked: int
    answered: int
    """With a level, or `not assessed` written out."""
    blocked: int
    """Findings that must be put right."""


@dataclass(frozen=True)
class SectionProgress:
    """One section: statements that have all the answers they need, and how their evidence stands."""

    id: str
    title: str
    asked: int
    answered: int
    """By everyone who must answer: the Board, the team, or both."""
    in_date: int
    """With at least one document cited, by the team or the Board, that is in date."""
    blocked: int
    """Statements with something that must be put right."""


@dataclass(frozen=True)
class CycleProgress:
    """The cycle as it stands."""

    respondents: tuple[RespondentProgress, ...]
    sections: tuple[SectionProgress, ...]


def view_progress(dossier: Dossier) -> CycleProgress:
    """From an internal dossier, by respondent and by section."""
    blocked = {f.statement for f in dossier.findings if f.severity == "blocker" and f.statement}
    return CycleProgress(
        tuple(_respondent(dossier, r) for r in dossier.respondents),
        tuple(
            SectionProgress(
                section.id,
                section.title,
                asked=len(section.statements),
                answered=sum(_answered(s) for s in section.statements),
                in_date=sum(_in_date(dossier, s) for s in section.statements),
                blocked=sum(s.id in blocked for s in section.statements),
            )
            for section in dossier.sections
        ),
    )


def queried(dossier: Dossier, respondent: str) -> dict[str, tuple[str, ...]]:
    """Statement -> what the checks ask of a respondent about it: what must be put right, then what is doubtful."""
    asked: dict[str, dict[str, None]] = {}
    for finding in sorted(dossier.findings, key=lambda f: f.severity != "blocker"):
        if finding.respondent == respondent and finding.statement and finding.severity in ("blocker", "warning"):
            asked.setdefault(finding.statement, {})[f"{finding.message} {finding.remedy}"] = None
    return {statement: tuple(texts) for statement, texts in asked.items()}


def _respondent(dossier: Dossier, respondent: RespondentView) -> RespondentProgress:
    asked = [s for s in dossier.statements if s.id in respondent.asked]
    return RespondentProgress(
        respondent.name,
        respondent.role,
        respondent.returned,
        asked=len(asked),
        answered=sum(any(a.level and a.respondent == respondent.id for a in s.answers) for s in asked),
        blocked=sum(f.severity == "blocker" and f.respondent == respondent.id for f in dossier.findings),
    )


def _must_answer(statement: StatementView) -> tuple[str, ...]:
    both = (Role.TEAM.value, Role.BOARD.value)
    return both if statement.answered_by == "both" else (statement.answered_by,)


def _answered(statement: StatementView) -> bool:
    return all(any(a.role == role and a.level for a in statement.answers) for role in _must_answer(statement))


def _in_date(dossier: Dossier, statement: StatementView) -> bool:
    own = [c for a in statement.answers if a.role != Role.PARTNER.value for c in a.citations if c.evidence]
    return any(c.review_by is None or c.review_by >= dossier.as_of for c in own)
