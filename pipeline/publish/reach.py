"""What rests on a document: the statements it carries, and those that nothing else would carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.dossier.views import CitationView, DocumentView, Dossier, StatementView
from pipeline.publish.places import Place, citations_in_place

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
