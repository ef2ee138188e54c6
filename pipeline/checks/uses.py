"""Who cites what, for which statement; and which of it counts as evidence for the level reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.checks.scope import papers_of
from pipeline.model import Case, Citation, EvidenceDocument, Role, Verdict
from pipeline.score import Scores, StatementScore
from pipeline.score.results import OWN, own_citations


@dataclass(frozen=True)
class Use:
    """One citation and on whose behalf it stands. `own`: the team's or the Board's, on a statement."""

    citation: Citation
    statement: str | None = None
    respondent: str | None = None
    own: bool = False
    about: str | None = None
    papers: tuple[str, ...] = ()


def uses(case: Case, scores: Scores) -> Iterator[Use]:
    """Every citation for a statement in scope, then those of the tables and the narrative."""
    for statement in scores.statements.values():
        for role in Role:
            for answer in statement.views[role].answers:
                for citation in answer.citations:
                    yield Use(citation, statement.statement, answer.respondent, own=role in OWN)
    for table in (case.actions, case.risks, case.funding, case.indicators):
        for row in table:
            for citation in row.citations:
                yield Use(citation, about=row.id, papers=papers_of(citation.place.file))
    for narrative in case.narratives:
        for citation in narrative.citations:
            yield Use(citation, papers=papers_of(citation.place.file))


def by_document(case: Case, scores: Scores) -> dict[str, list[Use]]:
    """The uses of each registered document, by its id."""
    found: dict[str, list[Use]] = {}
    for use in uses(case, scores):
        if use.citation.known and not use.citation.fault:
            found.setdefault(use.citation.evidence, []).append(use)
    return found


@dataclass(frozen=True)
class Touched:
    """What a fault of a document touches: one statement, or something beside the statements."""

    statement: str | None
    respondent: str | None
    """The partner, where partners alone cite it there."""
    papers: tuple[str, ...] = ()
    about: str | None = None


def touched(found: Iterable[Use]) -> Iterator[Touched]:
    """Each statement once; then, where no statement of the team's or the Board's is touched, the other uses as one."""
    by_statement: dict[str, list[Use]] = {}
    others: list[Use] = []
    for use in found:
        if use.statement:
            by_statement.setdefault(use.statement, []).append(use)
        else:
            others.append(use)
    for statement, here in by_statement.items():
        own = any(use.own for use in here)
        yield Touched(statement, None if own else here[0].respondent)
    if others and not any(use.own for here in by_statement.values() for use in here):
        everywhere = any(not use.papers for use in others)
        papers = () if everywhere else tuple(sorted({p for use in others for p in use.papers}))
        yield Touched(None, None, papers, others[0].about)


def counted_evidence(score: StatementScore, case: Case) -> tuple[EvidenceDocument, ...]:
    """The documents that count for a statement: cited by the team or the Board, and read or not of a kind to be read.

    A document whose quotations are all `not found` does not count.
    """
    cited: dict[str, list[Citation]] = {}
    for citation in own_citations(score.views):
        if citation.known and not citation.fault:
            cited.setdefault(citation.evidence, []).append(citation)
    found = [(case.document(evidence), citations) for evidence, citations in cited.items()]
    return tuple(d for d, citations in found if d and _usable(d, case) and not _all_missed(citations, case))


def different(documents: Iterable[EvidenceDocument], case: Case) -> int:
    """How many different documents these are: two ids with one content are one."""
    return len({content(d, case) for d in documents})


def content(document: EvidenceDocument, case: Case) -> str:
    """The digest of a document, or its id where no copy is held."""
    copy = case.copies.get(document.id)
    return copy.sha256 if copy and copy.sha256 else f"id:{document.id}"


def _usable(document: EvidenceDocument, case: Case) -> bool:
    copy = case.copies.get(document.id)
    if copy is None:
        return not document.file  # a link alone: there is no copy that could be checked
    return not (copy.missing or copy.outside or copy.fault)


def _all_missed(citations: Iterable[Citation], case: Case) -> bool:
    verdicts = [case.check_results[c].verdict for c in citations if c.quotation is not None and c in case.check_results]
    return bool(verdicts) and all(v is Verdict.NOT_FOUND for v in verdicts)
