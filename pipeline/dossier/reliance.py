"""How far the levels can be relied on: caveats, agreed exceptions, and who has to act on a finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.check.codes import explain
from pipeline.dossier.alike import alike
from pipeline.dossier.views import CaveatView, ExceptionView, FindingView
from pipeline.model import AgreedException, Case, Finding, Severity
from pipeline.words import counted, list_in_words

# Findings that change how far a level can be relied on; everything else is housekeeping for the check report.
CAVEATS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "evidence incomplete": (
        ("ST203", "EV301", "EV302", "CI401", "CI403", "CI406"),
        "with less evidence than the level asks for",
    ),
    "expired": (("EV303", "EV313"), "citing a document past its review date"),
    "superseded": (("EV304",), "citing a superseded document"),
    "moved": (("CI402", "CI404"), "citing words found on another page than the one cited"),
    "little shown": (
        ("CI409", "CI410"),
        "citing words that show little by themselves, or that leave a negation of their sentence out",
    ),
    "not checkable": (("CI405",), "citing a document with no text to check against"),
    "whole documents only": (("CI408",), "resting on whole documents, with no page or words cited"),
}
KEEPERS: Mapping[str, str] = {
    "register": "Keeper of the evidence register",
    "actions": "Authors of the action plan",
    "risks": "Keeper of the Board Assurance Framework",
    "funding": "Keeper of the funding table",
    "indicators": "Keeper of the indicators table",
}
AUTHORS = "Authors of the paper"


def view_caveats(case: Case, findings: Sequence[Finding]) -> tuple[CaveatView, ...]:
    """One line for each kind of caveat that touches a statement in scope, in a fixed order."""
    order = [s.id for s in case.statements]
    lines = []
    for kind, (codes, words) in CAVEATS.items():
        touched = {f.statement for f in findings if f.code in codes and f.severity is not Severity.EXCEPTED}
        lines.append(_caveat(case, kind, words, [s for s in order if s in touched]))
    excepted = {f.statement for f in findings if f.severity is Severity.EXCEPTED}
    lines.append(
        _caveat(case, "agreed exception", "agreed without complete evidence", [s for s in order if s in excepted])
    )
    return tuple(line for line in lines if line.statements)


def _caveat(case: Case, kind: str, words: str, statements: Sequence[str]) -> CaveatView:
    names = [s.name for s in case.statements if s.id in statements]
    return CaveatView(
        kind, f"{counted(len(statements), 'statement')} {words}: {list_in_words(names)}.", tuple(statements)
    )


def view_exceptions(case: Case, findings: Sequence[Finding]) -> tuple[ExceptionView, ...]:
    """The agreed exceptions that are in effect: those that took a finding out of the way."""
    excepted = [f for f in findings if f.severity is Severity.EXCEPTED]
    shown = []
    for agreed in case.assessment.agreed_exceptions:
        touched = [f for f in excepted if f.code == agreed.code and _covers(agreed, f)]
        if touched:
            shown.append(
                ExceptionView(
                    statement=agreed.statement or touched[0].statement or "",
                    what=explain(agreed.code).title,
                    reason=agreed.reason,
                    mitigation=agreed.mitigation,
                    agreed_by=agreed.agreed_by,
                    agreed_on=agreed.agreed_on,
                    until=agreed.until,
                    file=agreed.place.file,
                    row=agreed.place.row,
                )
            )
    return tuple(shown)


def _covers(agreed: AgreedException, finding: Finding) -> bool:
    ids = (finding.evidence, finding.statement, finding.respondent, finding.about)
    return agreed.subject in ids and agreed.statement in (None, finding.statement)


def view_findings(case: Case, findings: Sequence[Finding]) -> tuple[FindingView, ...]:
    """The findings in their order, each with who has to act."""
    return tuple(alike(FindingView, f, severity=f.severity.value, who=who_acts(case, f)) for f in findings)


def who_acts(case: Case, finding: Finding) -> str:
    """A document's owner, a respondent, or whoever keeps the table that the finding is in."""
    document = case.document(finding.evidence) if finding.evidence else None
    if document and finding.code.startswith("EV") and finding.code not in ("EV301", "EV305", "EV306", "EV308", "EV309"):
        return document.owner or KEEPERS["register"]
    respondent = case.assessment.respondent(finding.respondent) if finding.respondent else None
    if respondent:
        return respondent.name
    name = (finding.file or "").rsplit("/", 1)[-1].split(".")[0]
    if finding.code.startswith("EV"):
        return KEEPERS["register"]
    return KEEPERS.get(name, AUTHORS)
