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


FEW = 4
"""Words that a quotation has at least, if no figure is among them, to show something."""


def shows_little(quotation: str) -> bool:
    """Whether words, though they stand where they are said to, are too few to show anything."""
    if any(letter.isnumeric() for letter in quotation):
        return False
    return sum(any(letter.isalnum() for letter in word) for word in quotation.split()) < FEW


def bears_weight(citation: Citation, sighting: Sighting) -> bool:
    """Whether the words found show more than that the document has them."""
    if sighting.verdict not in FOUND or sighting.little or sighting.negation:
        return False
    return not shows_little(citation.quotation or "")


def standing(views: Views, case: Case) -> Standing:
    """Found: words found that show something, and none not found. Not seen: nothing that could be read or found."""
    sightings = [(c, case.sightings[c]) for c in own_citations(views) if c in case.sightings]
    missed = any(s.verdict is Verdict.NOT_FOUND for _, s in sightings)
    if not missed and any(bears_weight(c, s) for c, s in sightings):
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
    """How many different quotations were found that show something; two respondents with the same words count once."""
    found = {
        (c.evidence, compared(c.quotation or ""))
        for c in own_citations(views)
        if c in case.sightings and bears_weight(c, case.sightings[c])
    }
    return len(found)
