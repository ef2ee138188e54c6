"""A citation as it is shown: what a footnote, an annex and the trail print of it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import PurePosixPath
from typing import Any, TypeVar

from pipeline.dossier.views import CitationView
from pipeline.model import Answer, Case, CheckResult, Citation, EvidenceDocument, Role, Statement, StoredFile, Verdict
from pipeline.model.periods import months_after
from pipeline.score.movement import previous_statement
from pipeline.score.results import FOUND
from pipeline.text import date_in_words, the

UNKNOWN = "A document that is not in the evidence register"
UNREADABLE = "A reference that could not be understood"
SLIDES = (".pptx", ".ppsx", ".potx", ".odp", ".ppt", ".pps")


def view_citation(case: Case, citation: Citation) -> CitationView:
    """The citation with what was seen when it was followed."""
    document = case.document(citation.evidence) if citation.known and not citation.fault else None
    if document is None:
        shown = UNREADABLE if citation.fault else UNKNOWN
        return CitationView(
            key=f"{shown}|{citation.text}",
            source=citation.text,
            shown=f"{shown}: {citation.text}",
            shown_again=shown,
            verdict=Verdict.NOT_CHECKABLE.value,
            written=citation.text,
            reason=shown,
            statement=citation.statement or "",
            respondent=citation.respondent or "",
        )
    copy = case.copies.get(document.id, StoredFile(document.id))
    check_result = case.check_results.get(citation, _unseen(document, copy, citation))
    place = page_in_words(document, citation, check_result)
    return CitationView(
        key="|".join((document.id, place, check_result.verdict.value, citation.quotation or "")),
        source=document.id,
        shown=full_reference(document, place, citation, check_result),
        shown_again=short_reference(document, place, citation, check_result),
        verdict=check_result.verdict.value,
        written=citation.text,
        evidence=document.id,
        title=document.title,
        file=document.file,
        url=document.url,
        owner=document.owner,
        kind=document.kind,
        dated=document.dated,
        review_by=document.review_by,
        visibility=document.visibility,
        assurance_line=document.assurance_line,
        sha256=copy.sha256,
        page_cited=_pages(citation),
        locator=str(citation.locator or ""),
        page_found=check_result.page,
        page_label=check_result.page_label,
        sheet=_sheet(citation, check_result),
        quotation=citation.quotation or "",
        context=check_result.context,
        found=check_result.found,
        at=check_result.at,
        marks=check_result.marks,
        nearest=check_result.nearest,
        nearest_page=check_result.nearest_page,
        difference=check_result.difference,
        reason=check_result.reason,
        read_by=check_result.read_by,
        remarks=copy.remarks,
        statement=citation.statement or "",
        respondent=citation.respondent or "",
    )


def _unseen(document: EvidenceDocument, copy: StoredFile, citation: Citation) -> CheckResult:
    """The check_result of a citation whose document could not be opened."""
    if copy.outside:
        reason = "the path leaves the evidence folder"
    elif copy.missing:
        reason = "the document's file is missing"
    elif copy.fault or copy.uncheckable:
        reason = copy.fault or copy.uncheckable
    elif not document.file:
        reason = "a link only, no copy is held"
    elif citation.quotation:
        reason = "the document was not opened"
    else:
        return CheckResult(Verdict.NO_QUOTATION)
    return CheckResult(Verdict.NOT_CHECKABLE, reason=reason)


def _pages(citation: Citation) -> str:
    if not citation.pages:
        return ""
    first, last = citation.pages
    return str(first) if first == last else f"{first}-{last}"


def _sheet(citation: Citation, check_result: CheckResult) -> str:
    """The sheet where the words were found; else the one that was cited."""
    return check_result.sheet if check_result.verdict in FOUND else citation.sheet or check_result.sheet


def page_in_words(document: EvidenceDocument, citation: Citation, check_result: CheckResult) -> str:
    """`page 9 of the PDF (printed page 7)`, `slide 4`, `sheet “Summary”`; empty for a whole document.

    The page where the words were found goes before the page that was cited.
    """
    if sheet := _sheet(citation, check_result):
        return f"sheet “{sheet}”"
    suffix = PurePosixPath(document.file).suffix.lower()
    named = str(citation.locator or "") if check_result.verdict is not Verdict.FOUND_ELSEWHERE else check_result.at
    if suffix not in (*SLIDES, ".pdf") or named and not check_result.page and not citation.pages:
        return named
    noun = "slide" if suffix in SLIDES else "page"
    of_the = "" if noun == "slide" else " of the PDF"
    if check_result.page:
        label = f" (printed page {check_result.page_label})" if check_result.page_label else ""
        return f"{noun} {check_result.page}{of_the}{label}"
    if not citation.pages:
        return ""
    first, last = citation.pages
    return f"{noun} {first}{of_the}" if first == last else f"{noun}s {first} to {last}{of_the}"


def full_reference(document: EvidenceDocument, place: str, citation: Citation, check_result: CheckResult) -> str:
    """The first note on a source: title, publisher, date, place, words and how they stand."""
    parts = [document.title, document.publisher, date_in_words(document.dated), place]
    return ", ".join(part for part in parts if part) + _words(document, citation, check_result)


def short_reference(document: EvidenceDocument, place: str, citation: Citation, check_result: CheckResult) -> str:
    """A later note on the same source: title, place and words."""
    return ", ".join(part for part in (document.title, place) if part) + _words(document, citation, check_result)


def _words(document: EvidenceDocument, citation: Citation, check_result: CheckResult) -> str:
    """What is said of the words. A quotation that was not found is never printed as one."""
    if check_result.verdict is Verdict.NOT_FOUND:
        return ". The words cited were not found there."
    if check_result.verdict is Verdict.SEEN_BY_A_PERSON:
        seen = f" on {date_in_words(document.checked_on)}" if document.checked_on else ""
        return f". Seen by {the(document.checked_by)}{seen}; a program cannot read it."
    quoted = f": “{citation.quotation}”" if citation.quotation else ""
    if check_result.verdict is Verdict.RECOGNISED:
        return f"{quoted}. Found by text recognition alone, in a scan; seen by nobody yet."
    if check_result.verdict is Verdict.NOT_CHECKABLE:
        return f". The words could not be checked: {check_result.reason}." if quoted else f" ({check_result.reason})."
    return quoted if quoted else "."


LAPSES_SOON = 3


def age_of(case: Case, answers: Sequence[Answer]) -> str:
    """How the documents that the ICB cites itself stand by their review dates: the worst that can be said of them."""
    cited = {c.evidence for a in answers if by_the_icb(case, a.respondent) for c in a.citations if c.known}
    documents = [d for d in map(case.document, sorted(cited)) if d]
    ends = [d.review_by for d in documents if isinstance(d.review_by, datetime.date)]
    lapsed = sum(end < case.assessment.as_of for end in ends)
    if not documents:
        return ""
    if lapsed:
        return "lapsed" if lapsed == len(documents) else "part lapsed"
    soon = months_after(case.assessment.as_of, LAPSES_SOON)
    return "lapses within three months" if any(end <= soon for end in ends) else "in date"


def cited_before(case: Case, statement: Statement) -> tuple[CitationView, ...]:
    """What the team and the Board cited for a statement in the previous cycle: each document once, as a whole."""
    before = previous_statement(statement, case)
    if case.previous is None or before is None:
        return ()
    own = {r.id for r in case.previous.assessment.respondents if r.role is not Role.PARTNER}
    given = [a for form in case.previous.forms if form.respondent in own for a in form.answers]
    cited = [c for a in given if a.statement == before.id for c in a.citations if c.known and not c.fault]
    whole = {c.evidence: replace(c, text=c.evidence, pages=None, sheet=None, quotation=None) for c in cited}
    return tuple(view_citation(case, c) for c in whole.values())


def by_the_icb(case: Case, respondent: str) -> bool:
    """Whether a respondent is the team or the Board."""
    known = case.assessment.respondent(respondent)
    return known is not None and known.role is not Role.PARTNER


View = TypeVar("View")


def alike(view: type[View], row: Any, **own: Any) -> View:
    """A view of a row: fields of one name are taken over, then `file` and `row` of its place; `own` goes first."""
    place = getattr(row, "place", None)
    taken = {f.name: getattr(row, f.name) for f in fields(view) if hasattr(row, f.name)}  # type: ignore[arg-type]
    where = {"file": place.file, "row": place.row} if place is not None else {}
    named = {f.name for f in fields(view)}  # type: ignore[arg-type]
    return view(**{key: value for key, value in {**where, **taken, **own}.items() if key in named})
