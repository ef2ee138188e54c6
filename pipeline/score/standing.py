"""How the evidence of a statement stands: what was seen when the team's and the Board's citations were followed."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Case, Citation, Role, Sighting, Standing, Verdict
from pipeline.score.levels import Views
from pipeline.wording import compared

OWN = (Role.TEAM, Role.BOARD)
FOUND = (Verdict.FOUND, Verdict.FOUND_ELSEWHERE)


def own_citations(views: Views) -> Iterator[Citation]:
    """The citations that count as evidence: the team's and the Board's, never the partners'."""
    for role in OWN:
        for answer in views[role].answers:
            yield from answer.citations


def standing(views: Views, case: Case) -> Standing:
    """Found: words found and none not found. Not seen: nothing cited that could be read or found."""
    sightings = [(c, case.sightings[c]) for c in own_citations(views) if c in case.sightings]
    verdicts = {s.verdict for _, s in sightings}
    if verdicts & {*FOUND} and Verdict.NOT_FOUND not in verdicts:
        return Standing.FOUND
    if any(_was_read(c, s, case) for c, s in sightings):
        return Standing.DOCUMENT_ONLY
    return Standing.NOT_SEEN


def _was_read(citation: Citation, sighting: Sighting, case: Case) -> bool:
    if sighting.verdict is Verdict.NO_QUOTATION:
        copy, document = case.copies.get(citation.evidence), case.document(citation.evidence)
        if document and case.seen_by_a_person(document):
            return True
        return bool(copy and copy.sha256) and not (copy and copy.uncheckable) and not sighting.unreadable_pages
    return sighting.verdict in (*FOUND, Verdict.SEEN_BY_A_PERSON)


def words_found(views: Views, case: Case) -> int:
    """How many different quotations were found; two respondents with the same words count once."""
    found = {
        (c.evidence, compared(c.quotation or ""))
        for c in own_citations(views)
        if c in case.sightings and case.sightings[c].verdict in FOUND
    }
    return len(found)
