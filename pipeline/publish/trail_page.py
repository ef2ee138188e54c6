"""trail.html: every claim followed to its page, to be searched, filtered, printed and linked to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

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
from pipeline.model import Mark
from pipeline.publish.cited_pages import Picture, Pictures, cited_pages, pages_of
from pipeline.publish.pages import NOTHING_BESIDE, Part, address, anchor, cited_address, passage, render, slug
from pipeline.publish.trail import Place, Reach, citations_in_place, reach_of_documents
from pipeline.text import counted

NO_PICTURES: Pictures = MappingProxyType({})

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
class ShownMark:
    """A mark on a picture, in percent of the page."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class ShownPage:
    """A picture of a page, or of the part of it around the words, with the words marked."""

    picture: Picture
    page: int
    place: str
    """The address in the page where the whole of it is shown."""
    alt: str
    marks: Sequence[ShownMark]
    ratio: str
    """Width to height of what is seen."""
    above: float
    """How much of the page is passed by above it, in percent of what is seen."""


@dataclass(frozen=True)
class PageOfDocument:
    """One page of a document, and the claims that rest on it."""

    shown: ShownPage
    resting: Sequence[tuple[Place, CitationView]]


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
    pages: Sequence[ShownPage] = ()
    """The pages on which the words stand, cut to what is around them."""


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


def trail_page(
    dossier: Dossier, *, beside: Mapping[str, str] = NOTHING_BESIDE, pictures: Pictures = NO_PICTURES
) -> bytes:
    """The trail as one page, for whoever the dossier is for.

    `beside`: documents that go with it, and their names; `pictures`: of the cited pages, where they lie beside it.
    """
    listed = {d.id for d in dossier.documents}
    found: dict[str | None, list[FindingView]] = {}
    for f in dossier.findings if dossier.audience != "public" else ():
        found.setdefault(f.statement, []).append(f)
    sections = [
        (section, [_claim(dossier, s, listed, beside, found.get(s.id, []), pictures) for s in section.statements])
        for section in dossier.sections
    ]
    reach = reach_of_documents(dossier)
    used = {r.document.id for r in reach}
    return render(
        "trail.html",
        dossier,
        "trail.js",
        sections=sections,
        elsewhere=_elsewhere(dossier, listed, beside, pictures),
        pictures=pictures,
        pages_of=_pages_of_documents(dossier, [r.document.id for r in reach], pictures),
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
    dossier: Dossier,
    s: StatementView,
    listed: set[str],
    beside: Mapping[str, str],
    found: Sequence[FindingView],
    pictures: Pictures,
) -> Claim:
    cited = [_cited(dossier, c, a.name, listed, beside, pictures) for a in s.answers for c in a.citations]
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


def _cited(
    dossier: Dossier, c: CitationView, by: str, listed: set[str], beside: Mapping[str, str], pictures: Pictures
) -> Cited:
    return Cited(
        citation=c,
        by=by,
        passage=passage(c.context, c.quotation) if c.context else [],
        address=cited_address(dossier, c, beside=beside),
        in_page=f"document-{anchor(c.evidence)}" if c.evidence in listed else "",
        pages=[_part_of_page(c, page, pictures) for page in pages_of(c) if (c.sha256, page) in pictures],
    )


PER_CENT = 100
ABOVE, LEAST = 0.05, 0.14
"""Of the page: what is shown above and below the words, and how much is shown at least."""
WITHOUT_WORDS = 0.4
"""Of the page, from its head: what is shown where no words are cited."""


def _part_of_page(c: CitationView, page: int, pictures: Pictures) -> ShownPage:
    """The strip of the page around the words."""
    own = [m for m in c.marks if m.page == page]
    top = max(0.0, min((m.top for m in own), default=0.0) - ABOVE)
    bottom = min(1.0, max((m.top + m.height for m in own), default=WITHOUT_WORDS - ABOVE) + ABOVE)
    top = max(0.0, min(top, bottom - LEAST))
    bottom = max(bottom, min(1.0, top + LEAST))
    words = f", with these words marked: “{c.found or c.quotation}”" if own else ""
    return _shown(c, page, pictures, own, f"Part of page {page} of {c.title}{words}", (top, bottom))


def _shown(
    c: CitationView, page: int, pictures: Pictures, marks: Iterable[Mark], alt: str, part: tuple[float, float]
) -> ShownPage:
    picture, (top, bottom) = pictures[c.sha256, page], part
    sides = ((m.left, m.top, m.width, m.height) for m in marks)
    return ShownPage(
        picture=picture,
        page=page,
        place=f"page-{anchor(c.evidence)}-{page}",
        alt=alt,
        marks=[ShownMark(*(round(PER_CENT * side, 2) for side in mark)) for mark in dict.fromkeys(sides)],
        ratio=f"{picture.width} / {picture.height * (bottom - top):.0f}",
        above=round(PER_CENT * top / (bottom - top), 2),
    )


def _pages_of_documents(
    dossier: Dossier, documents: Iterable[str], pictures: Pictures
) -> dict[str, list[PageOfDocument]]:
    """Each cited page of each document as a whole, all that is cited on it marked, with the claims that rest on it."""
    found: dict[str, list[PageOfDocument]] = {document: [] for document in documents}
    for one in cited_pages(dossier):
        if one.evidence in found and (one.sha256, one.page) in pictures:
            marks = [m for _, c in one.citations for m in c.marks if m.page == one.page]
            number = counted(len(one.citations), "citation")
            alt = f"Page {one.page} of {one.title}; the words of {number} are marked on it and listed beside it"
            whole = _shown(one.citations[0][1], one.page, pictures, marks, alt, (0.0, 1.0))
            found[one.evidence].append(PageOfDocument(whole, one.citations))
    return found


def _findings_on(dossier: Dossier, document: str) -> list[FindingView]:
    """Findings on a document that no single statement is concerned in."""
    own = [f for f in dossier.findings if f.evidence == document and not f.statement]
    return own if dossier.audience != "public" else []


def _elsewhere(dossier: Dossier, listed: set[str], beside: Mapping[str, str], pictures: Pictures) -> list[Cited]:
    """Citations in actions, risks, tables and narrative."""
    places = [(place, c) for place, c in citations_in_place(dossier) if not place.statement]
    return [_cited(dossier, c, place.where, listed, beside, pictures) for place, c in places]


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
