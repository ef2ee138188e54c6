"""How findings are made, and how they name things: words that a governance manager knows."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from pipeline.model import NOT_ASSESSED, Case, EvidenceDocument, Finding, Place, Role, Severity
from pipeline.text import list_in_words

BLOCKER, WARNING, NOTE = Severity.BLOCKER, Severity.WARNING, Severity.NOTE
LONGEST_QUOTATION = 160


def finding(
    code: str,
    severity: Severity,
    place: Place,
    message: str,
    remedy: str,
    *,
    statement: str | None = None,
    evidence: str | None = None,
    respondent: str | None = None,
    papers: tuple[str, ...] = (),
    about: str | None = None,
) -> Finding:
    """A finding at a place."""
    return Finding(
        code,
        severity,
        place.on_its_sheet(message),
        remedy,
        file=place.file or None,
        row=place.row,
        field=place.field,
        statement=statement,
        evidence=evidence,
        respondent=respondent,
        papers=papers,
        about=about,
    )


def faults_of_this_cycle(case: Case) -> list[Finding]:
    """What the readers could not understand, last cycle's notes aside."""
    return [f for f in case.faults if not of_another_cycle(f.file, case)]


def of_another_cycle(file: str | None, case: Case) -> bool:
    """Whether a file lies in the folder of another cycle."""
    here = PurePosixPath(case.assessment.file).parent
    parents = PurePosixPath(file or "").parents
    return here.parent in parents and here not in parents and here.parent != here


def column(place: Place, name: str) -> Place:
    """Another column of the same row."""
    return place.at(name)


def statement_name(case: Case, statement_id: str) -> str:
    """`GA3 (Money follows ambition)`."""
    statement = case.framework.statement(statement_id)
    return f"{statement_id} ({statement.name})" if statement and statement.name != statement_id else statement_id


def statement_names(statement_ids: Iterable[str], most: int = 5) -> str:
    """`GA3, SC1 and CP2`; the rest counted where there are many."""
    ids = list(statement_ids)
    if len(ids) <= most:
        return list_in_words(ids)
    return f"{', '.join(ids[:most])} and {len(ids) - most} more"


def document_name(document: EvidenceDocument) -> str:
    """`E014 (Health equity strategy)`."""
    return f"{document.id} ({document.title})" if document.title else document.id


def level_name(case: Case, level_id: str) -> str:
    """The level as people know it."""
    return level_id if level_id == NOT_ASSESSED else case.framework.level(level_id).name


def respondent_name(case: Case, respondent_id: str | None) -> str:
    """The respondent as people know them."""
    respondent = case.assessment.respondent(respondent_id) if respondent_id else None
    return respondent.name if respondent else respondent_id or ""


def role_name(role: Role) -> str:
    """`the team`, `the Board`, `partners`."""
    return {Role.TEAM: "the team", Role.BOARD: "the Board", Role.PARTNER: "partners"}[role]


def quoted(text: str, longest: int = LONGEST_QUOTATION) -> str:
    """What was written, in quotation marks, on one line and not too long."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    line = line if len(line) <= longest else f"{line[: longest - 3].rstrip()}..."
    return f"“{line}”"
