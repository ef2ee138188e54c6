"""trail.csv: a row for each citation, from the claim to the page and the digest of the file."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.dossier.views import AnswerView, CitationView, DocumentView, Dossier, StatementView
from pipeline.files import as_csv, write_whole


@dataclass(frozen=True)
class Place:
    """Where one citation stands, in words; `statement` and `answer` where it is an answer's."""

    where: str
    statement: StatementView | None = None
    answer: AnswerView | None = None


def citations_in_place(dossier: Dossier) -> Iterator[tuple[Place, CitationView]]:
    """Every citation of the dossier: statements in framework order, then the tables, then the narrative."""
    for statement in dossier.statements:
        for answer in statement.answers:
            place = Place(f"answer on {statement.id}", statement, answer)
            yield from ((place, citation) for citation in answer.citations)
    for action in dossier.actions:
        yield from ((Place(f"action {action.id}"), citation) for citation in action.citations)
    for risk in dossier.risks:
        yield from ((Place(f"risk {risk.id}"), citation) for citation in risk.assurances)
    for row in dossier.funding:
        yield from ((Place(f"funding {row.id}"), citation) for citation in row.citations)
    for indicator in dossier.indicators:
        yield from ((Place(f"indicator {indicator.id}"), citation) for citation in indicator.citations)
    for name, narrative in dossier.narratives.items():
        yield from ((Place(f"narrative {name}"), citation) for citation in narrative.citations)


def every_citation(dossier: Dossier) -> Iterator[CitationView]:
    """Every citation, wherever it stands."""
    return (citation for _, citation in citations_in_place(dossier))


COLUMNS = (
    "statement",
    "respondent",
    "level",
    "evidence id",
    "title",
    "file",
    "page",
    "quotation",
    "verdict",
    "page found",
    "sha256",
    "owner",
    "dated",
    "review by",
    "where",
    "as written",
    "audience",
    "remarks",
    "found at",
)


def write_trail(dossier: Dossier, folder: Path) -> None:
    """trail.csv and trail.html, for whoever the dossier is for, with the pictures of pages that lie there."""
    from pipeline.publish.cited_pages import cited_pages, pictures_in
    from pipeline.publish.trail_page import trail_page

    write_whole(folder / "trail.csv", trail_csv(dossier))
    pictures = pictures_in(folder, cited_pages(dossier))
    write_whole(folder / "trail.html", trail_page(dossier, pictures=pictures))


def trail_csv(dossier: Dossier) -> bytes:
    """The trail as a table."""
    return as_csv(COLUMNS, rows(dossier))


def rows(dossier: Dossier) -> Iterator[Sequence[str]]:
    """A row for each citation, in the order of COLUMNS."""
    for place, citation in citations_in_place(dossier):
        yield _row(place, citation, dossier.audience)


def _row(place: Place, citation: CitationView, audience: str) -> Sequence[str]:
    return (
        place.statement.id if place.statement else citation.statement,
        place.answer.name if place.answer else "",
        place.answer.level if place.answer else "",
        citation.evidence,
        citation.title or ("" if citation.evidence else citation.shown),
        citation.file or citation.url,
        page_cited(citation),
        citation.quotation,
        citation.verdict,
        str(citation.page_found) if citation.page_found else "",
        citation.sha256,
        citation.owner,
        iso(citation.dated),
        iso(citation.review_by),
        place.where,
        citation.written,
        audience,
        "; ".join(citation.remarks),
        found_at(citation),
    )


def found_at(citation: CitationView) -> str:
    """Where in the document the words stand; of a page, what each mark takes in percent: left, top, width, height."""
    by_page: dict[int, list[str]] = {}
    for m in citation.marks:
        sides = " ".join(f"{100 * side:.1f}" for side in (m.left, m.top, m.width, m.height))
        by_page.setdefault(m.page, []).append(sides)
    return citation.at or "; ".join(f"page {page} at {', '.join(sides)}" for page, sides in by_page.items())


def page_cited(citation: CitationView) -> str:
    """The page, the pages or the sheet that was cited. Excel would take `4-6` for the fourth of June."""
    if citation.page_cited:
        return citation.page_cited.replace("-", " to ")
    return f"sheet “{citation.sheet}”" if citation.sheet else citation.locator


def iso(day: datetime.date | None) -> str:
    """The date in ISO form; empty for none."""
    return day.isoformat() if day else ""


NOT_FOUND, PARTNER = "not found", "partner"


@dataclass(frozen=True)
class Reach:
    """One document and what falls if it is withdrawn. Only the team's and the Board's citations carry a level."""

    document: DocumentView
    alone: tuple[StatementView, ...]
    """Statements for which no other document that could be read is cited."""
    shared: tuple[StatementView, ...]
    """Statements that would keep another document."""
    idle: tuple[StatementView, ...]
    """Statements that cite it in vain (words not found, file not there), or on which a partner alone cites it."""
    elsewhere: tuple[str, ...]
    """Actions, risks, tables and narrative that cite it."""
    citations: int


def reach_of_documents(dossier: Dossier) -> tuple[Reach, ...]:
    """Every document that is cited, the one on which most rests alone first."""
    resting = {s.id: documents_under(s) for s in dossier.statements}
    cited: dict[str, list[Place]] = {}
    for place, citation in citations_in_place(dossier):
        cited.setdefault(citation.evidence, []).append(place)
    found = [_reach(dossier, d, cited[d.id], resting) for d in dossier.documents if d.id in cited]
    return tuple(sorted(found, key=lambda r: (-len(r.alone), -len(r.shared))))


def documents_under(statement: StatementView) -> frozenset[str]:
    """The documents, by what they hold, on which the team's and the Board's answers rest."""
    citations = [c for a in statement.answers if a.role != PARTNER for c in a.citations]
    return frozenset(c.sha256 or c.source for c in citations if carries(c))


def carries(citation: CitationView) -> bool:
    """True where the words were not missing from it and, for a file, it was there to be read."""
    return citation.verdict != NOT_FOUND and bool(citation.sha256 or not citation.file)


def _reach(
    dossier: Dossier, document: DocumentView, places: Sequence[Place], resting: Mapping[str, frozenset[str]]
) -> Reach:
    key = document.sha256 or document.id
    citing = {p.statement.id for p in places if p.statement}
    here = [s for s in dossier.statements if s.id in citing]
    return Reach(
        document=document,
        alone=tuple(s for s in here if resting[s.id] == {key}),
        shared=tuple(s for s in here if key in resting[s.id] and len(resting[s.id]) > 1),
        idle=tuple(s for s in here if key not in resting[s.id]),
        elsewhere=tuple(dict.fromkeys(p.where for p in places if not p.statement)),
        citations=len(places),
    )
