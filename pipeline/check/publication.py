"""What a public paper must not say: confidential documents, and the titles and words of those not published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.check.say import BLOCKER, finding
from pipeline.check.scope import public_papers_citing, the_paper_is_public
from pipeline.check.texts import public_texts
from pipeline.check.uses import uses
from pipeline.check.words import Phrases, same_words, words
from pipeline.model import Case, EvidenceDocument, Finding
from pipeline.score import Scores

PUBLIC = "public"
FEWEST_WORDS_QUOTED = 4
FEWEST_WORDS_OF_A_TITLE = 3
"""A shorter title ("Board minutes") is looked for with its capitals, so that everyday words are not taken for it."""


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
    """PU701: the title of a document that is not public, or four words or more cited from one, in authors' text."""
    secret = _secret_words(case, scores)
    for text, papers in public_texts(case, scores):
        for evidence, what in secret.found_in(text.text).items():
            document = case.document(evidence)
            kind = document.visibility if document else "internal"
            yield finding(
                "PU701",
                BLOCKER,
                text.at(what.position),
                f"{text.named} {what.what} the {kind} document {evidence}, and {the_paper_is_public(papers)}.",
                "Say it in other words, without the title and without words from the document.",
                statement=text.statement,
                evidence=evidence,
                respondent=text.respondent,
                papers=papers,
                about=text.about,
            )


@dataclass(frozen=True)
class _Said:
    what: str
    position: int


@dataclass(frozen=True)
class _Secrets:
    """The words that must not be said, and the public titles that may hold some of them."""

    phrases: Phrases
    public: Phrases

    def found_in(self, text: str) -> dict[str, _Said]:
        """By document: what of it is said, and where first."""
        allowed = [(start, end) for _, start, end in self.public.find(text)]
        found: dict[str, _Said] = {}
        for key, start, end in self.phrases.find(text):
            what, evidence = key.split("\n")
            if not any(first <= start and end <= last for first, last in allowed):
                found.setdefault(evidence, _Said(what, start))
        return found


def _secret_words(case: Case, scores: Scores) -> _Secrets:
    phrases, public = Phrases(), Phrases()
    public_titles = {same_words(d.title) for d in case.register if d.visibility == PUBLIC}
    for document in case.register:
        if document.visibility == PUBLIC:
            public.add(document.title, document.id)
        elif same_words(document.title) not in public_titles:
            short = len(words(document.title)) < FEWEST_WORDS_OF_A_TITLE
            phrases.add(document.title, f"gives the title of\n{document.id}", as_written=short)
    published = {q for d, q in _quotations(case, scores) if d.visibility == PUBLIC}
    for document, quotation in _quotations(case, scores):
        if document.visibility != PUBLIC and quotation not in published:
            phrases.add(" ".join(quotation), f"repeats words cited from\n{document.id}")
    return _Secrets(phrases, public)


def _quotations(case: Case, scores: Scores) -> Iterator[tuple[EvidenceDocument, tuple[str, ...]]]:
    """The runs of words cited, cut where words are left out, that are long enough to be told from everyday words."""
    for use in uses(case, scores):
        document = case.document(use.citation.evidence)
        for run in (use.citation.quotation or "").replace("\u2026", "...").split("..."):
            if document and len(found := same_words(run)) >= FEWEST_WORDS_QUOTED:
                yield document, found
