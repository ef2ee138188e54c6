"""What must not be published: one screen that every text on its way to the public is held against."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from pipeline.checks.personal import addresses_in, found_in, personal_in
from pipeline.checks.texts import public_texts, strings
from pipeline.checks.uses import uses
from pipeline.checks.words import Phrases, as_read, decoded, same_words, start_of_line, words
from pipeline.codes import codes
from pipeline.model import Case, EvidenceDocument, Finding, Severity
from pipeline.score import Scores

PUBLIC = "public"
FEWEST_WORDS_QUOTED = 4
FEWEST_WORDS_OF_A_TITLE = 3
"""A shorter title ("Board minutes") is looked for with its capitals, so that everyday words are not taken for it."""
TITLE, WORDS, ID, FILE = "gives the title of", "repeats words cited from", "gives the id of", "gives the file name of"
_LIKE_AN_ID = re.compile(r"(?=.*\d)(?=.*[^\W\d_])(?!(?:q[1-4]|h[12])$)\S{2,40}", re.IGNORECASE)
_LIKE_A_FILE_STEM = re.compile(r"[^\s_-]+_\S+|[^\s_-]+(?:-[^\s_-]+){2,}")


@dataclass(frozen=True)
class Secret:
    """Words that must not be said. `exact`: letter for letter but for capitals; `capitals`: with those too."""

    words: str
    what: str
    evidence: str
    exact: bool = False
    capitals: bool = False


@dataclass(frozen=True)
class Screen:
    """What a text for the public is held against."""

    secrets: tuple[Secret, ...] = ()
    published: tuple[str, ...] = ()
    """Titles and names of public documents, which may hold some of the secret words."""
    cleared: tuple[str, ...] = ()
    """Addresses and numbers that may be shown: listed contacts, and what was agreed as an exception."""


@dataclass(frozen=True)
class Said:
    """What a text says of a document that is not public, and where."""

    what: str
    position: int


class Finder:
    """Looks through texts for what a screen names."""

    def __init__(self, screen: Screen) -> None:
        self._cleared = frozenset(screen.cleared)
        self._secret, self._published = Phrases(), Phrases()
        self._secrets = screen.secrets
        for n, secret in enumerate(screen.secrets):
            self._secret.add(secret.words, str(n), as_written=secret.capitals)
        for title in screen.published:
            self._published.add(title, title)

    def secrets_in(self, text: str) -> dict[str, Said]:
        """By document: what of it is said, and where first."""
        found = self._secrets_in(text)
        for read in [t for t in dict.fromkeys((decoded(text), as_read(text))) if t != text]:
            for evidence, said in self._secrets_in(read).items():
                line = start_of_line(text, read.count("\n", 0, said.position))
                found.setdefault(evidence, Said(said.what, line))
        return found

    def _secrets_in(self, text: str) -> dict[str, Said]:
        found: dict[str, Said] = {}
        allowed: list[tuple[int, int]] | None = None
        for key, start, end in self._secret.find(text):
            secret = self._secrets[int(key)]
            if secret.exact and text[start:end].casefold() != secret.words.casefold():
                continue
            if allowed is None:
                allowed = [(first, last) for _, first, last in self._published.find(text)]
            if not any(first <= start and end <= last for first, last in allowed):
                found.setdefault(secret.evidence, Said(secret.what, start))
        return found

    def unfit(self, text: str) -> str:
        """What in a text must not be published, in words; empty where nothing is."""
        personal = next(iter(found_in(text, self._cleared)), "")
        if personal:
            return personal
        said = next(iter(self.secrets_in(text).items()), None)
        return f"words that give away the document {said[0]}, which is not public" if said else ""


def screen_of(case: Case, scores: Scores, findings: Iterable[Finding] = ()) -> Screen:
    """The screen of a case. `findings` say what was agreed as an exception, and so may be shown."""
    secrets = _Secrets(case, scores)
    agreed = {(f.file, f.row, f.field) for f in findings if f.code == "PU702" and f.severity is Severity.EXCEPTED}
    texts = (t.text for t, _ in public_texts(case, scores) if (t.place.file, t.place.row, t.place.field) in agreed)
    cleared = {token for text in texts for _, token, _ in personal_in(text)} if agreed else set()
    return Screen(
        tuple(dict.fromkeys(secrets.found())),
        tuple(dict.fromkeys(name for d in case.register if d.visibility == PUBLIC for name in (d.title, d.id, d.file))),
        tuple(sorted({*addresses_in(case.assessment.contacts), *cleared})),
    )


class _Secrets:
    """Titles, ids, file names and cited words of documents that are not public."""

    def __init__(self, case: Case, scores: Scores) -> None:
        self._case, self._scores = case, scores
        public = [d for d in case.register if d.visibility == PUBLIC]
        self._public_titles = {same_words(d.title) for d in public}
        self._public_files = {PurePosixPath(d.file).stem.casefold() for d in public}
        # An id that names something else too says nothing of the document.
        others = (case.actions, case.risks, case.funding, case.indicators, case.schemes, case.assessment.respondents)
        self._ids = {row.id.casefold() for rows in (*others, public) for row in rows}
        self._ids |= {text.casefold() for _, text in strings(case.framework)}

    def found(self) -> Iterator[Secret]:
        hidden = [d for d in self._case.register if d.visibility != PUBLIC]
        titles = [secret for d in hidden for secret in self._title(d)]
        said_anyway = self._said_anyway(titles)
        yield from (secret for n, secret in enumerate(titles) if str(n) not in said_anyway)
        for document in hidden:
            yield from self._names(document)
        yield from self._quotations()

    def _title(self, document: EvidenceDocument) -> Iterator[Secret]:
        if same_words(document.title) not in self._public_titles:
            short = len(words(document.title)) < FEWEST_WORDS_OF_A_TITLE
            yield Secret(document.title, TITLE, document.id, capitals=short)

    def _said_anyway(self, titles: Iterable[Secret]) -> set[str]:
        """Titles that the framework or the program's own sentences use as everyday words ("Health inequalities")."""
        phrases = Phrases()
        for n, secret in enumerate(titles):
            phrases.add(secret.words, str(n))
        own = (text for source in (self._case.framework, codes()) for _, text in strings(source))
        return {key for text in own for key, _, _ in phrases.find(text)}

    def _names(self, document: EvidenceDocument) -> Iterator[Secret]:
        if _LIKE_AN_ID.fullmatch(document.id) and document.id.casefold() not in self._ids:
            yield Secret(document.id, ID, document.id, exact=True)
        path = PurePosixPath(document.file)
        if document.file and path.stem.casefold() not in self._public_files:
            yield Secret(path.name, FILE, document.id, exact=not path.suffix)
            if _LIKE_A_FILE_STEM.fullmatch(path.stem):
                yield Secret(path.stem, FILE, document.id, exact=True)

    def _quotations(self) -> Iterator[Secret]:
        every = [(d, run, same_words(run)) for d, run in self._runs()]
        published = {said for d, _, said in every if d.visibility == PUBLIC}
        for document, run, said in every:
            if document.visibility != PUBLIC and said not in published:
                yield Secret(run.strip(), WORDS, document.id)

    def _runs(self) -> Iterator[tuple[EvidenceDocument, str]]:
        """The runs of words cited, cut where words are left out, that are too long to be everyday words."""
        for use in uses(self._case, self._scores):
            document = self._case.document(use.citation.evidence)
            for run in (use.citation.quotation or "").replace("\u2026", "...").split("..."):
                if document and len(same_words(run)) >= FEWEST_WORDS_QUOTED:
                    yield document, run
