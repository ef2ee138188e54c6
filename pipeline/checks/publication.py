"""What a public paper must not say: confidential documents, and the titles and words of those not published."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.messages import BLOCKER, finding
from pipeline.checks.scope import public_papers_citing, the_paper_is_public
from pipeline.checks.screen import Finder, screen_of
from pipeline.checks.texts import DOCUMENT, FRAMEWORK, public_texts
from pipeline.checks.uses import uses
from pipeline.model import Case, Finding
from pipeline.score import Scores


def confidential_cited(case: Case, scores: Scores) -> Iterator[Finding]:
    """PU701: a confidential document is cited."""
    for use in uses(case, scores):
        citation = use.citation
        document = case.document(citation.evidence) if citation.known and not citation.fault else None
        papers = public_papers_citing(citation.place.file, case.assessment)
        if document and document.visibility == "confidential" and papers:
            yield finding(
                "PU701",
                BLOCKER,
                citation.place,
                f"{document.id} is confidential and is cited, and {the_paper_is_public(papers)}.",
                "Cite another document, or take the citation out. If its owner agrees, its visibility may be changed.",
                statement=use.statement,
                evidence=document.id,
                respondent=use.respondent,
                papers=papers,
                about=use.about,
            )


def not_for_the_public(case: Case, scores: Scores) -> Iterator[Finding]:
    """PU701: the title, id or file name of a document that is not public, or words cited from one, in authors' text."""
    secret = Finder(screen_of(case, scores))
    for text, papers in public_texts(case, scores):
        # The register and the framework say what documents there are; they do not say it of one another.
        for evidence, what in secret.secrets_in(text.text).items() if text.kind not in (DOCUMENT, FRAMEWORK) else ():
            document = case.document(evidence)
            kind = document.visibility if document else "internal"
            yield finding(
                "PU701",
                BLOCKER,
                text.at(what.position),
                f"{text.named} {what.what} the {kind} document {evidence}, and {the_paper_is_public(papers)}.",
                "Say it in other words, without its title, id or file name and without words from it.",
                statement=text.statement,
                evidence=evidence,
                respondent=text.respondent,
                papers=papers,
                about=text.about,
            )
