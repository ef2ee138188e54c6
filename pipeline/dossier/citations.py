"""A citation as it is shown: what a footnote, an annex and the trail print of it."""

from __future__ import annotations

from pathlib import PurePosixPath

from pipeline.dossier.views import CitationView
from pipeline.model import Case, Citation, Copy, EvidenceDocument, Sighting, Verdict
from pipeline.score.standing import FOUND
from pipeline.words import date_in_words, the

UNKNOWN = "A document that is not in the evidence register"
UNREADABLE = "A reference that could not be understood"
SLIDES = (".pptx", ".ppsx", ".potx")


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
    copy = case.copies.get(document.id, Copy(document.id))
    sighting = case.sightings.get(citation, _unseen(document, copy, citation))
    place = page_in_words(document, citation, sighting)
    return CitationView(
        key="|".join((document.id, place, sighting.verdict.value, citation.quotation or "")),
        source=document.id,
        shown=full_reference(document, place, citation, sighting),
        shown_again=short_reference(document, place, citation, sighting),
        verdict=sighting.verdict.value,
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
        page_found=sighting.page,
        page_label=sighting.page_label,
        sheet=_sheet(citation, sighting),
        quotation=citation.quotation or "",
        context=sighting.context,
        nearest=sighting.nearest,
        nearest_page=sighting.nearest_page,
        difference=sighting.difference,
        reason=sighting.reason,
        statement=citation.statement or "",
        respondent=citation.respondent or "",
    )


def _unseen(document: EvidenceDocument, copy: Copy, citation: Citation) -> Sighting:
    """The sighting of a citation whose document could not be opened."""
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
        return Sighting(Verdict.NO_QUOTATION)
    return Sighting(Verdict.NOT_CHECKABLE, reason=reason)


def _pages(citation: Citation) -> str:
    if not citation.pages:
        return ""
    first, last = citation.pages
    return str(first) if first == last else f"{first}-{last}"


def _sheet(citation: Citation, sighting: Sighting) -> str:
    """The sheet where the words were found; else the one that was cited."""
    return sighting.sheet if sighting.verdict in FOUND else citation.sheet or sighting.sheet


def page_in_words(document: EvidenceDocument, citation: Citation, sighting: Sighting) -> str:
    """`page 9 of the PDF (printed page 7)`, `slide 4`, `sheet “Summary”`; empty for a whole document.

    The page where the words were found goes before the page that was cited.
    """
    if sheet := _sheet(citation, sighting):
        return f"sheet “{sheet}”"
    suffix = PurePosixPath(document.file).suffix.lower()
    if suffix not in (*SLIDES, ".pdf"):
        return ""
    noun = "slide" if suffix in SLIDES else "page"
    of_the = "" if noun == "slide" else " of the PDF"
    if sighting.page:
        label = f" (printed page {sighting.page_label})" if sighting.page_label else ""
        return f"{noun} {sighting.page}{of_the}{label}"
    if not citation.pages:
        return ""
    first, last = citation.pages
    return f"{noun} {first}{of_the}" if first == last else f"{noun}s {first} to {last}{of_the}"


def full_reference(document: EvidenceDocument, place: str, citation: Citation, sighting: Sighting) -> str:
    """The first note on a source: title, publisher, date, place, words and how they stand."""
    parts = [document.title, document.publisher, date_in_words(document.dated), place]
    return ", ".join(part for part in parts if part) + _words(document, citation, sighting)


def short_reference(document: EvidenceDocument, place: str, citation: Citation, sighting: Sighting) -> str:
    """A later note on the same source: title, place and words."""
    return ", ".join(part for part in (document.title, place) if part) + _words(document, citation, sighting)


def _words(document: EvidenceDocument, citation: Citation, sighting: Sighting) -> str:
    """What is said of the words. A quotation that was not found is never printed as one."""
    if sighting.verdict is Verdict.NOT_FOUND:
        return ". The words cited were not found there."
    if sighting.verdict is Verdict.SEEN_BY_A_PERSON:
        seen = f" on {date_in_words(document.checked_on)}" if document.checked_on else ""
        return f". Seen by {the(document.checked_by)}{seen}; a program cannot read it."
    quoted = f": “{citation.quotation}”" if citation.quotation else ""
    if sighting.verdict is Verdict.NOT_CHECKABLE:
        return f". The words could not be checked: {sighting.reason}." if quoted else f" ({sighting.reason})."
    return quoted if quoted else "."
