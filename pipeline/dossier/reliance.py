"""How far the levels can be relied on: caveats, agreed exceptions, and who has to act on a finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.codes import explain
from pipeline.dossier.citations import alike
from pipeline.dossier.views import CaveatView, ExceptionView, FindingView, StatementView
from pipeline.model import AgreedException, Case, EvidenceStrength, Finding, Role, Severity
from pipeline.text import counted, list_in_words, number_in_words, sentence_case

EVIDENCE_INCOMPLETE = ("ST203", "EV301", "EV302", "CI401", "CI403", "CI406")
"""A level with one of these is marked, wherever it is printed."""
# Findings that change how far a level can be relied on; everything else is housekeeping for the check report.
CAVEATS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "evidence incomplete": (
        EVIDENCE_INCOMPLETE,
        "rests|rest on incomplete evidence, less than the level asks for or with a citation that could not be followed",
    ),
    "expired": (("EV303", "EV313"), "cites|cite a document past its review date"),
    "superseded": (("EV304",), "cites|cite a superseded document"),
    "moved": (
        ("CI402", "CI404"),
        "cites|cite words found on another page than the one cited, or a page that is not there",
    ),
    "little shown": (
        ("CI409", "CI410"),
        "cites|cite words that show little by themselves, or whose sentence has a negation that was left out",
    ),
    "not checkable": (("CI405", "CI411"), "cites|cite a document with no text to check against"),
    "whole documents only": (("CI408",), "rests|rest on whole documents, with no page or words cited"),
    "raised on earlier documents": (
        ("ST204",),
        "was|were raised on documents that were all cited for it the time before",
    ),
}
NAMED = 6
KEEPERS: Mapping[str, str] = {
    "register": "Keeper of the evidence register",
    "actions": "Authors of the action plan",
    "risks": "Keeper of the Board Assurance Framework",
    "funding": "Keeper of the funding table",
    "indicators": "Keeper of the indicators table",
}
AUTHORS = "Authors of the paper"


def by_a_partner(case: Case, finding: Finding) -> bool:
    """Whether a finding is about what a partner wrote: no level of the ICB's own rests on it."""
    respondent = case.assessment.respondent(finding.respondent) if finding.respondent else None
    return respondent is not None and respondent.role is Role.PARTNER


def view_caveats(
    case: Case, findings: Sequence[Finding], statements: Sequence[StatementView]
) -> tuple[CaveatView, ...]:
    """One line for each kind of caveat that touches a level reported, by the ICB's own citations; in a fixed order."""
    assessed = [s for s in statements if s.rank >= 0]
    own = [f for f in findings if not by_a_partner(case, f)]
    lines = []
    for kind, (codes, words) in CAVEATS.items():
        touched = {f.statement for f in own if f.code in codes and f.severity is not Severity.EXCEPTED}
        lines.append(_caveat(kind, words, [s for s in assessed if s.id in touched]))
    not_seen = [s for s in assessed if s.standing == EvidenceStrength.NOT_SEEN.value]
    lines.append(_caveat("not seen", "has|have no citation that could be read or found", not_seen))
    excepted = {f.statement for f in own if f.severity is Severity.EXCEPTED}
    agreed = [s for s in assessed if s.id in excepted]
    lines.append(_caveat("agreed exception", "was|were agreed without complete evidence", agreed))
    return (*(line for line in lines if line.statements), *_of_the_whole(case, own))


def _caveat(kind: str, words: str, statements: Sequence[StatementView]) -> CaveatView:
    named = [s.short for s in statements[:NAMED]]
    more = len(statements) - len(named)
    names = list_in_words([*named, f"{number_in_words(more)} more"] if more else named)
    verbs, _, rest = words.partition(" ")
    one, several = verbs.split("|")
    said = f"{counted(len(statements), 'statement')} {one if len(statements) == 1 else several} {rest}: {names}."
    return CaveatView(kind, said, tuple(s.id for s in statements))


def _of_the_whole(case: Case, findings: Sequence[Finding]) -> Iterator[CaveatView]:
    """What touches many levels at once."""
    heavy = [f.evidence for f in findings if f.code == "EV311"]
    if heavy:
        said = (
            "One document is" if len(heavy) == 1 else f"{sentence_case(number_in_words(len(heavy)))} documents are each"
        )
        cited = {c.statement for c in case.citations if c.evidence in heavy and c.statement}
        here = tuple(s.id for s in case.statements if s.id in cited)
        yield CaveatView("one document for many", f"{said} cited for more than a quarter of the statements.", here)
    if any(f.code == "EV310" for f in findings):
        yield CaveatView("changed", "What the paper rests on has changed since the last sign-off.", ())


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
