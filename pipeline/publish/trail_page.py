"""trail.html: every claim followed to its page, to be searched, filtered, printed and linked to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.dossier.figures import ROLES, is_compared, level_of, roles_shown
from pipeline.dossier.views import (
    ActionView,
    CitationView,
    Dossier,
    ExceptionView,
    FindingView,
    RiskView,
    SectionView,
    StatementView,
)
from pipeline.publish.pages import NOTHING_BESIDE, Part, address, anchor, cited_address, passage, render, slug
from pipeline.publish.trail import Reach, citations_in_place, reach_of_documents

VERDICTS = (
    "found on page", "found elsewhere", "found by text recognition", "seen by a person", "no quotation",
    "not checkable", "not found",
)  # fmt: skip
RESPONDENT_ROLES = {"team": "team", "board": "Board", "partner": "partner", "": "no role given"}
SEVERITIES = {
    "blocker": "Must be put right",
    "excepted": "Agreed exception",
    "warning": "To be looked at",
    "note": "For information",
}


@dataclass(frozen=True)
class Cited:
    """A citation as the page shows it."""

    citation: CitationView
    by: str
    """Who cites it, or where it stands."""
    passage: Sequence[Part]
    address: str
    in_page: str
    """The address of its document in the page; empty where the document is not listed there."""


@dataclass(frozen=True)
class Claim:
    """A statement with all that is shown of it, and what the filters compare."""

    statement: StatementView
    cited: Sequence[Cited]
    actions: Sequence[ActionView]
    risks: Sequence[RiskView]
    findings: Sequence[FindingView]
    exceptions: Sequence[ExceptionView]
    filters: Mapping[str, str]


def trail_page(dossier: Dossier, *, beside: Mapping[str, str] = NOTHING_BESIDE) -> bytes:
    """The trail as one page, for whoever the dossier is for; `beside`: documents that go with it, and their names."""
    listed = {d.id for d in dossier.documents}
    found: dict[str | None, list[FindingView]] = {}
    for f in dossier.findings if dossier.audience != "public" else ():
        found.setdefault(f.statement, []).append(f)
    sections = [
        (section, [_claim(dossier, s, listed, beside, found.get(s.id, [])) for s in section.statements])
        for section in dossier.sections
    ]
    reach = reach_of_documents(dossier)
    used = {r.document.id for r in reach}
    return render(
        "trail.html",
        dossier,
        "trail.js",
        sections=sections,
        elsewhere=_elsewhere(dossier, listed, beside),
        reach=reach,
        unused=[d for d in dossier.documents if d.id not in used],
        open_document={r.document.id: address(dossier, r.document.file, r.document.url, beside=beside) for r in reach},
        roles={role: ROLES[role] for role in roles_shown(dossier)},
        level_of=level_of,
        respondent_roles=RESPONDENT_ROLES,
        compared=is_compared(dossier),
        choices=_choices(dossier, sections, reach),
        severities=SEVERITIES,
        findings_on={d.id: _findings_on(dossier, d.id) for d in dossier.documents},
    )


def _claim(
    dossier: Dossier, s: StatementView, listed: set[str], beside: Mapping[str, str], found: Sequence[FindingView]
) -> Claim:
    cited = [_cited(dossier, c, a.name, listed, beside) for a in s.answers for c in a.citations]
    return Claim(
        statement=s,
        cited=cited,
        actions=[a for a in dossier.actions if a.statement == s.id],
        risks=[r for r in dossier.risks if s.id in r.statements],
        findings=found,
        exceptions=[e for e in dossier.exceptions if e.statement == s.id],
        filters={
            "section": anchor(s.section),
            "level": s.level_id or slug(s.reported),
            "verdict": _words(slug(c.citation.verdict) for c in cited),
            "respondent": _words(anchor(a.respondent) for a in s.answers),
            "document": _words(anchor(c.citation.evidence) for c in cited if c.in_page),
        },
    )


def _cited(dossier: Dossier, c: CitationView, by: str, listed: set[str], beside: Mapping[str, str]) -> Cited:
    return Cited(
        citation=c,
        by=by,
        passage=passage(c.context, c.quotation) if c.context else [],
        address=cited_address(dossier, c, beside=beside),
        in_page=f"document-{anchor(c.evidence)}" if c.evidence in listed else "",
    )


def _findings_on(dossier: Dossier, document: str) -> list[FindingView]:
    """Findings on a document that no single statement is concerned in."""
    own = [f for f in dossier.findings if f.evidence == document and not f.statement]
    return own if dossier.audience != "public" else []


def _elsewhere(dossier: Dossier, listed: set[str], beside: Mapping[str, str]) -> list[Cited]:
    """Citations in actions, risks, tables and narrative."""
    places = [(place, c) for place, c in citations_in_place(dossier) if not place.statement]
    return [_cited(dossier, c, place.where, listed, beside) for place, c in places]


def _words(values: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(v for v in values if v))


def _choices(
    dossier: Dossier, sections: Sequence[tuple[SectionView, Sequence[Claim]]], reach: Sequence[Reach]
) -> Mapping[str, Sequence[tuple[str, str]]]:
    """What each filter offers: (value, words). Only what occurs is offered."""
    claims = [claim for _, of_section in sections for claim in of_section]
    levels = [(level.id, level.name) for level in dossier.levels]
    levels += [("not-assessed", "Not assessed")] if any(c.statement.rank < 0 for c in claims) else []
    verdicts = {c.citation.verdict for claim in claims for c in claim.cited}
    answered = {a.respondent for claim in claims for a in claim.statement.answers}
    return {
        "section": [(anchor(s.id), f"{s.id} {s.title}") for s, _ in sections],
        "level": levels,
        "verdict": [(slug(v), v.capitalize()) for v in VERDICTS if v in verdicts],
        "respondent": [(anchor(r.id), r.name) for r in dossier.respondents if r.id in answered],
        "document": sorted(
            ((anchor(r.document.id), r.document.title) for r in reach), key=lambda choice: choice[1].casefold()
        ),
    }
