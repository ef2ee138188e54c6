"""Cases made by hand, for tests of scores and checks: a framework of four levels, answers, documents, check_results."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pipeline.checks import check
from pipeline.model import (
    Action,
    Answer,
    Assessment,
    Case,
    CheckResult,
    Citation,
    EvidenceDocument,
    Finding,
    Form,
    Framework,
    Level,
    Narrative,
    Paper,
    Place,
    PreviousCycle,
    Requirement,
    Respondent,
    Role,
    Section,
    Statement,
    StoredFile,
    Verdict,
)
from pipeline.score import score

FOLDER = "assessments/2025-26"
AS_OF = datetime.date(2026, 3, 19)
MEETING = datetime.date(2026, 3, 26)
RESPONDENTS = (
    Respondent("team", "ICB team", Role.TEAM),
    Respondent("team2", "Second team", Role.TEAM),
    Respondent("team3", "Third team", Role.TEAM),
    Respondent("board", "Board members", Role.BOARD),
    Respondent("vcse", "Voluntary sector", Role.PARTNER),
)
LEVELS = (
    Level("reactive", "Reactive", 0, requires=Requirement(documents=0)),
    Level("emergent", "Emergent", 1),
    Level("growing", "Growing", 2, requires=Requirement(documents=2, max_age_months=12, kinds=("minutes", "report"))),
    Level("consistent", "Consistent", 3, requires=Requirement(documents=2, periods=2, outside_the_team=True)),
)


def day(text: str) -> datetime.date:
    """An ISO date."""
    return datetime.date.fromisoformat(text)


def statement(identity: str, answered_by: str = "team", text: str = "", **more: Any) -> Statement:
    """A statement; its section is its id without figures."""
    return Statement(identity, identity.rstrip("0123456789"), text or f"Text of {identity}.", answered_by, **more)


def framework(*statements: Statement, levels: Sequence[Level] = LEVELS, **more: Any) -> Framework:
    """A framework with these statements, in sections by their ids."""
    sections: dict[str, list[Statement]] = {}
    for s in statements:
        sections.setdefault(s.section, []).append(s)
    made = tuple(Section(name, f"Section {name}", tuple(here)) for name, here in sections.items())
    return Framework("hand", "Framework made by hand", "1", tuple(levels), made, **more)


def cite(evidence: str, quotation: str | None = None, row: int = 2, **more: Any) -> Citation:
    """A citation; `respondent` is the form it stands in."""
    form = more.get("respondent", "team")
    text = evidence + (f' "{quotation}"' if quotation else "")
    place = more.pop("place", Place(f"{FOLDER}/responses/{form}.csv", row, "evidence"))
    return Citation(text, place, evidence, quotation=quotation, **more)


def answer(
    about: str, level: str | None, respondent: str = "team", comment: str = "", *citations: Citation, row: int = 2
) -> Answer:
    """One row of a form."""
    place = Place(f"{FOLDER}/responses/{respondent}.csv", row)
    return Answer(about, respondent, level, comment, "; ".join(c.text for c in citations), citations, place)


def forms(*answers: Answer) -> tuple[Form, ...]:
    """The answers in the forms of their respondents."""
    by_respondent: dict[str, list[Answer]] = {}
    for a in answers:
        by_respondent.setdefault(a.respondent, []).append(a)
    return tuple(Form(name, f"{FOLDER}/responses/{name}.csv", tuple(rows)) for name, rows in by_respondent.items())


def document(identity: str, row: int = 2, **more: Any) -> EvidenceDocument:
    """A public report in date, of the team's own, with a file."""
    given: dict[str, Any] = {
        "title": f"Title of document {identity}",
        "file": f"{identity}.txt",
        "owner": f"Keeper of {identity}",
        "dated": day("2026-01-10"),
        "review_by": day("2026-12-31"),
        "visibility": "public",
        "kind": "report",
    }
    return EvidenceDocument(id=identity, place=Place("evidence/register.csv", row), **(given | more))


def paper(**more: Any) -> Paper:
    """A paper for a public session."""
    given: dict[str, Any] = {"title": "Self-assessment", "meeting": "ICB Board", "date": MEETING}
    return Paper(**(given | more))


def assessment(**more: Any) -> Assessment:
    """An assessment with two teams more than usual, a Board and a partner."""
    given: dict[str, Any] = {
        "organisation": "NHS Example ICB",
        "cycle": "2025-26",
        "framework": "hand",
        "as_of": AS_OF,
        "paper": paper(),
        "respondents": RESPONDENTS,
        "file": f"{FOLDER}/assessment.yaml",
    }
    return Assessment(**(given | more))


def make_case(
    *answers: Answer,
    about: Assessment | None = None,
    of: Framework | None = None,
    register: Sequence[EvidenceDocument] = (),
    copies: Mapping[str, StoredFile] | None = None,
    check_results: Mapping[Citation, CheckResult] | None = None,
    **more: Any,
) -> Case:
    """A case; every document has a copy of its own content, and every quotation is found unless said otherwise."""
    held = {d.id: StoredFile(d.id, sha256=f"digest of {d.id}") for d in register if d.file} | dict(copies or {})
    case = Case(about or assessment(), of or framework(statement("GA1")), forms(*answers), tuple(register), **more)
    case = replace(case, copies=held)
    seen = {c: seen_as(c) for c in case.citations if _opened(c, held)}
    return replace(case, check_results=seen | dict(check_results or {}))


def _opened(citation: Citation, copies: Mapping[str, StoredFile]) -> bool:
    copy = copies.get(citation.evidence)
    return bool(citation.known and not citation.fault and copy and copy.sha256 and not copy.fault)


def seen_as(citation: Citation) -> CheckResult:
    """Found, where words are cited."""
    return CheckResult(Verdict.NO_QUOTATION if citation.quotation is None else Verdict.FOUND)


def last_year(*answers: Answer, of: Framework | None = None, **more: Any) -> PreviousCycle:
    """The previous cycle."""
    about = assessment(cycle="2024-25", file="assessments/2024-25/assessment.yaml", **more)
    return PreviousCycle(about, of or framework(statement("GA1")), forms(*answers))


def narrative(text: str, *citations: Citation, name: str = "background") -> Narrative:
    """A narrative."""
    return Narrative(name, text, citations, Place(f"{FOLDER}/narrative/{name}.md"))


def action(identity: str = "A1", row: int = 2, **more: Any) -> Action:
    """An open action with owner and date."""
    given: dict[str, Any] = {
        "section": "GA",
        "statement": "GA1",
        "action": "Do it",
        "owner": "Director of Strategy",
        "due": day("2026-09-30"),
        "status": "open",
        "measure": "It is done",
    }
    return Action(id=identity, place=Place(f"{FOLDER}/actions.csv", row), **(given | more))


def codes(findings: Sequence[Finding], *wanted: str) -> list[str]:
    """The codes found, in order; of `wanted` alone where given."""
    return sorted(f.code for f in findings if not wanted or f.code in wanted)


def told(code: str, case: Case) -> str:
    """The findings of a code, a line each: row and column, of whom and what it is, and its words."""
    found = [f for f in check(case, score(case)) if f.code == code]
    ids = [(i for i in (f.statement, f.respondent, f.evidence, f.about) if i) for f in found]
    return "\n".join(
        " ".join(map(str, (f.row or "-", f.field or "-", *named))) + f": {f.message}"
        for f, named in zip(found, ids, strict=True)
    )
