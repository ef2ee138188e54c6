"""Agreed exceptions: a blocker that someone answers for, until a date; and those that have no effect."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.check.calendar import months_after
from pipeline.check.say import finding
from pipeline.model import AgreedException, Case, Finding, Severity
from pipeline.read.nearest import same
from pipeline.wording import people_in
from pipeline.words import date_in_words

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
