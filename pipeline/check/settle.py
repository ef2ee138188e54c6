"""One fault, one finding: what follows from another fault is left out, and each finding gets its due weight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.check.say import of_another_cycle
from pipeline.check.scope import papers_of
from pipeline.model import Case, Finding, Role, Severity

FIRST = ("EV309", "BA601", "CI401", "NA801", "ST202", "IN102", "IN101", "PU704", "ST201")
"""Where two of these fit one place, the first of them stands."""
EMPTY = ("AC501", "EV305", "BA604", "PU706")
"""These find an empty cell; a cell that could not be understood is not empty."""
UNANSWERED = ("ST201", "ST202", "ST203")
GRAVITY = (Severity.BLOCKER, Severity.EXCEPTED, Severity.WARNING, Severity.NOTE)

_Cell = tuple[str | None, int | None, str | None]


def settle(findings: Iterable[Finding], case: Case) -> list[Finding]:
    """The findings less those that say the same fault again."""
    found = list(dict.fromkeys(findings))
    misread = {f.statement for f in found if _misread_answer(f, case)}
    silent = {f.respondent for f in found if f.code in UNANSWERED and f.statement is None}
    garbled = {(f.file, f.row) for f in found if f.code == "IN101" and f.row and f.field is None}
    left = [
        f
        for f in found
        if not (f.code in UNANSWERED and f.statement in misread)
        and not (f.code == "IN105" and f.severity is Severity.NOTE and f.respondent and f.respondent in silent)
        and not ((f.file, f.row) in garbled and not f.code.startswith("IN"))
    ]
    # Only what still stands can say it for another.
    cells: dict[_Cell, list[Finding]] = {}
    for f in left:
        cells.setdefault(_cell(f), []).append(f)
    return [f for f in left if not _said_by_another(f, cells[_cell(f)])]


def _misread_answer(found: Finding, case: Case) -> bool:
    """An answer of the team or the Board that is there and could not be understood."""
    respondent = case.assessment.respondent(found.respondent) if found.respondent else None
    if found.code not in ("IN101", "IN102", "IN103") or not found.statement or respondent is None:
        return False
    # Of two rows in one form the first stands; of two forms that differ neither does.
    if found.code == "IN103" and (found.respondent, found.statement) in _answered(case):
        return False
    if of_another_cycle(found.file, case):
        return False
    return respondent.role is not Role.PARTNER


def _answered(case: Case) -> set[tuple[str | None, str | None]]:
    return {(answer.respondent, answer.statement) for form in case.forms for answer in form.answers}


def _cell(found: Finding) -> _Cell:
    return (found.file, found.row, found.field)


def _said_by_another(found: Finding, here: Sequence[Finding]) -> bool:
    if found.row is None:
        return False
    codes = {f.code for f in here}
    if found.code in EMPTY:
        return bool(codes & {"IN101", "IN102"})
    if found.code not in FIRST:
        return False
    return any(code in codes for code in FIRST[: FIRST.index(found.code)])


def weigh(findings: Iterable[Finding], case: Case) -> list[Finding]:
    """Severities as the team made them stricter; then what is found in a partner's form is a warning at most."""
    partners = {r.id for r in case.assessment.respondents if r.role is Role.PARTNER}
    forms = {file for form in case.forms if form.respondent in partners for file in form.files}
    written = case.assessment.file
    return [f if f.file == written else _soften(f, partners, forms) for f in (_stricter(g, case) for g in findings)]


def _stricter(found: Finding, case: Case) -> Finding:
    wanted = case.assessment.severities.get(found.code)
    if wanted is None or of_another_cycle(found.file, case):
        return found
    return replace(found, severity=min(found.severity, wanted, key=GRAVITY.index))


def _soften(found: Finding, partners: set[str], forms: set[str]) -> Finding:
    theirs = found.respondent in partners or found.file in forms
    return replace(found, severity=Severity.WARNING) if theirs and found.severity is Severity.BLOCKER else found


def scoped(findings: Iterable[Finding]) -> list[Finding]:
    """Each finding with the papers that it touches, where its file goes into one paper alone."""
    return [f if f.papers else replace(f, papers=papers_of(f.file)) for f in findings]


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What must be put right first; then by file, row and code."""
    return tuple(sorted(findings, key=_order))


def _order(found: Finding) -> tuple[object, ...]:
    where: Mapping[str, str | None] = {
        "field": found.field,
        "statement": found.statement,
        "evidence": found.evidence,
        "respondent": found.respondent,
        "message": found.message,
    }
    return (
        GRAVITY.index(found.severity),
        found.file or "",
        found.row or 0,
        found.code,
        *(text or "" for text in where.values()),
    )
