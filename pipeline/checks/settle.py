"""One fault, one finding, with its due weight: what follows from another is left out, what was agreed is excepted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from pipeline.checks.messages import finding, of_another_cycle
from pipeline.checks.scope import ANNUAL_REPORT, BOARD_PAPER, papers_of
from pipeline.checks.small_counts import same_words
from pipeline.inputs.suggest import same
from pipeline.model import AgreedException, Case, Finding, Role, Severity
from pipeline.model.periods import months_after
from pipeline.text import date_in_words, natural, people_in

FIRST = ("EV309", "BA601", "CI401", "NA801", "ST202", "IN102", "IN101", "PU704", "ST201")
"""Where two of these fit one place, the first of them stands."""
EMPTY = ("AC501", "EV305", "BA604", "PU706")
"""These find an empty cell; a cell that could not be understood is not empty."""
UNANSWERED = ("ST201", "ST202", "ST203")
MONEY_OF_BOARD_PAPER = ("year", "amount", "ringfenced", "redirected")
"""Columns of the funding table of which the board paper prints the sums."""
GRAVITY = (Severity.BLOCKER, Severity.EXCEPTED, Severity.WARNING, Severity.NOTE)

_Cell = tuple[str | None, int | None, str | None]


def settle(findings: Iterable[Finding], case: Case) -> list[Finding]:
    """The findings less those that say the same fault again."""
    found = list(dict.fromkeys(findings))
    misread = {f.statement for f in found if _misread_answer(f, case)}
    silent = {f.respondent for f in found if f.code in UNANSWERED and f.statement is None}
    garbled = {(f.file, f.row) for f in found if f.code == "IN101" and f.row and f.field is None}
    unproved = {f.statement for f in found if f.code == "ST203"}
    left = [
        f
        for f in found
        if not (f.code == "FG903" and f.statement in unproved - {None})
        and not (f.code in UNANSWERED and f.statement in misread)
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


def scoped(findings: Iterable[Finding], case: Case) -> list[Finding]:
    """Each finding with the papers that it touches, where its file goes into some papers alone."""
    headline = {same_words(row.id) for row in case.indicators if row.headline == "yes"}
    rows = {row.place.row: same_words(row.id) in headline for row in case.indicators}
    found = []
    for f in findings:
        papers = f.papers or papers_of(f.file)
        table = PurePosixPath(f.file or "").stem
        # A row that could not be read may be of any indicator.
        shown = table == "indicators" and bool(headline) and rows.get(f.row, True)
        if papers == (ANNUAL_REPORT,) and (shown or table == "funding" and f.field in (None, *MONEY_OF_BOARD_PAPER)):
            papers = (ANNUAL_REPORT, BOARD_PAPER)
        found.append(replace(f, papers=papers))
    return found


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
        *(natural(text or "") for text in where.values()),
    )


POSSIBLE = ["ST201", "ST202", "ST203", "EV301", "EV302", "EV303", "EV304", "CI402", "CI403", "AC501", "PU702", "PU704"]
LONGEST_MONTHS = 12


def except_agreed(findings: Sequence[Finding], case: Case) -> tuple[list[Finding], list[Finding]]:
    """The findings with those that are agreed set apart; and a finding for each agreement without effect (OV101)."""
    settled, idle = list(findings), []
    for agreed in case.assessment.agreed_exceptions:
        matched = [n for n, f in enumerate(settled) if _matches(agreed, f)]
        if reasons := _why_without_effect(agreed, [settled[n] for n in matched], case):
            idle.append(_without_effect(agreed, reasons))
            continue
        for n in matched:
            settled[n] = replace(settled[n], severity=Severity.EXCEPTED)
    return settled, idle


def _matches(agreed: AgreedException, found: Finding) -> bool:
    """A second agreement on the same finding matches it too, and changes nothing."""
    if found.code != agreed.code or found.severity not in (Severity.BLOCKER, Severity.EXCEPTED):
        return False
    ids = {same(i) for i in (found.evidence, found.statement, found.respondent, found.about) if i}
    narrowed = agreed.statement is None or same(agreed.statement) == same(found.statement or "")
    return same(agreed.subject) in ids and narrowed


def _why_without_effect(agreed: AgreedException, matched: Sequence[Finding], case: Case) -> list[str]:
    if agreed.code not in POSSIBLE:
        return ["no exception is possible for this kind of finding"]
    meeting, as_of = case.assessment.paper.date, case.assessment.as_of
    reasons = []
    if not matched:
        reasons.append("there is nothing that must be put right under that subject")
    if agreed.until is not None and agreed.until < meeting:
        reasons.append(f"it ends on {date_in_words(agreed.until)}, before the meeting on {date_in_words(meeting)}")
    if agreed.agreed_on is not None and agreed.agreed_on > meeting:
        reasons.append(f"it was agreed on {date_in_words(agreed.agreed_on)}, after that meeting")
    if agreed.agreed_on is not None and agreed.until is not None and agreed.agreed_on >= agreed.until:
        reasons.append(f"it was agreed on {date_in_words(agreed.agreed_on)}, when it had already ended")
    if agreed.until is None or agreed.until > months_after(as_of, LONGEST_MONTHS):
        reasons.append(f"it lasts more than {LONGEST_MONTHS} months from {date_in_words(as_of)}")
    if interest := _interest(agreed.agreed_by, matched, case):
        reasons.append(f"it was agreed by {interest}")
    return reasons


def _interest(agreed_by: str, matched: Iterable[Finding], case: Case) -> str:
    """`the owner of E014` or `an author of the paper`, where whoever agreed is one of them; else nothing."""
    aside = [case.assessment.organisation]
    who = people_in(agreed_by, aside)
    for found in matched:
        document = case.document(found.evidence) if found.evidence else None
        if document and who & people_in(document.owner, aside):
            return f"the owner of {document.id}"
    if any(who & people_in(author, aside) for author in case.assessment.paper.report_by):
        return "an author of the paper"
    return ""


def _without_effect(agreed: AgreedException, reasons: Sequence[str]) -> Finding:
    return finding(
        "OV101",
        Severity.WARNING,
        agreed.place,
        f"The agreed exception for {agreed.subject}{f' on {agreed.statement}' if agreed.statement else ''} has no "
        f"effect: {'; '.join(reasons)}.",
        "Take it out, or have it agreed anew by someone who is neither owner nor author, for as long as is needed.",
        statement=agreed.statement,
    )
