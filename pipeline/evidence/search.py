"""A full-text search through every registered document, with the citation ready to paste."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.errors import OutputError, ProgramMissingError
from pipeline.evidence import Progress
from pipeline.evidence.cache import library_at
from pipeline.evidence.folder import Known, digest_of, locate
from pipeline.evidence.jobs import Job, Outcome, reading_version
from pipeline.evidence.matching import find, fragments
from pipeline.evidence.pages import Reading, between
from pipeline.evidence.resolver import read_all
from pipeline.evidence.words import Edge, Words, words_of
from pipeline.model import EvidenceDocument
from pipeline.office.limits import DEFAULT, Limits
from pipeline.workspace import Workspace

PART = 1_500
"""Characters: a document without pages is indexed in parts of about this length."""
JOINING = (Edge.LOOSE, Edge.BROKEN)
SCHEMA = """
CREATE TABLE documents (digest TEXT PRIMARY KEY, reason TEXT);
CREATE VIRTUAL TABLE parts USING fts5
    (words, digest UNINDEXED, page UNINDEXED, label UNINDEXED, raw UNINDEXED,
     tokenize = "unicode61 remove_diacritics 2");
"""


@dataclass(frozen=True)
class Part:
    """A stretch of a document that holds the words asked for."""

    digest: str
    page: int | None
    label: str
    raw: str


class Index:
    """The index of one library."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / f"search-{reading_version()}.sqlite"

    def documents(self) -> dict[str, str]:
        """What the index knows: digest -> why it could not be read, or nothing."""
        with suppress(sqlite3.Error), closing(self._open()) as base:
            return dict(base.execute("SELECT digest, reason FROM documents"))
        return {}

    def add(self, readings: Iterable[tuple[str, Reading]], reasons: Mapping[str, str]) -> None:
        """Put documents in, by digest, and the reasons of those that could not be read."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle, beside = tempfile.mkstemp(dir=self._path.parent, prefix=".", suffix=".tmp")
            os.close(handle)
            try:
                self._fill(Path(beside), readings, reasons)
                Path(beside).replace(self._path)
            finally:
                Path(beside).unlink(missing_ok=True)
        except OSError as fault:
            raise OutputError(f"The search index cannot be written: {fault.strerror or fault}.") from fault

    def _fill(self, beside: Path, readings: Iterable[tuple[str, Reading]], reasons: Mapping[str, str]) -> None:
        if self.documents():
            shutil.copyfile(self._path, beside)
        with closing(sqlite3.connect(beside)) as base, base:
            if not base.execute("SELECT 1 FROM sqlite_master").fetchone():
                _lay_out(base)
            for digest, reading in readings:
                _insert(base, digest, reading)
            base.executemany("INSERT OR IGNORE INTO documents VALUES (?, ?)", reasons.items())

    def ask(self, words: Sequence[str]) -> Iterator[Part]:
        """The parts that hold all these words, those that hold them side by side first."""
        seen: set[int] = set()
        quoted = ['"' + word.replace('"', "") + '"' for word in words]
        phrase = '"' + " ".join(word.replace('"', "") for word in words) + '"'
        with closing(self._open()) as base:
            for query in (phrase, " ".join(quoted)):
                rows = base.execute(
                    "SELECT rowid, digest, page, label, raw FROM parts WHERE parts MATCH ? ORDER BY rank, rowid",
                    (query,),
                )
                for row, digest, page, label, raw in rows:
                    if row not in seen:
                        seen.add(row)
                        yield Part(digest, page, label, raw)

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def _lay_out(base: sqlite3.Connection) -> None:
    try:
        base.executescript(SCHEMA)
    except sqlite3.OperationalError as error:
        raise ProgramMissingError(
            "The search needs an SQLite with full-text search (FTS5), and this Python has one without.",
            "Install Python from python.org, or from the system's packages.",
        ) from error


def _insert(base: sqlite3.Connection, digest: str, reading: Reading) -> None:
    unread = [n for n, page in sorted(reading.pages.items()) if page.unreadable]
    reason = (
        f"{len(unread)} of its {reading.count} pages cannot be read (the first is page {unread[0]})" if unread else ""
    )
    if not base.execute("INSERT OR IGNORE INTO documents VALUES (?, ?)", (digest, reason)).rowcount:
        return
    for number, page in sorted(reading.pages.items()):
        if page.hidden:
            continue
        parts = [page.text] if reading.paged else _cut(page.text)
        place = number if reading.paged else None
        label = page.label if reading.kind == "workbook" else ""
        rows = ((_indexed(raw), digest, place, label, raw) for raw in parts)
        base.executemany("INSERT INTO parts VALUES (?, ?, ?, ?, ?)", rows)


def _cut(text: str) -> Iterator[str]:
    """A long text in parts, cut between paragraphs."""
    part = ""
    for line in text.splitlines(keepends=True):
        if part and len(part) + len(line) > PART:
            yield part
            part = ""
        part += line
    if part.strip():
        yield part


def _indexed(raw: str) -> str:
    """The words as they are searched: one that a line's end breaks stands there whole, and in its halves."""
    words = words_of(raw)
    run: list[str] = []
    halves: list[str] = []
    for at, atom in enumerate(words.atoms):
        if run and atom.kind == "word" == words.atoms[at - 1].kind and words.edges[words.starts[at]] in JOINING:
            halves += [words.atoms[at - 1].text, atom.text]
            run[-1] += atom.text
        else:
            run.append(atom.text)
    return " ".join([*run, *halves])


MOST = 50
BEFORE, LONGEST = 6, 20
"""Words: how far a passage goes back before the words found, and how long it gets."""
CONNECTING = "-\u2010\u2011\u2013/'’@_.,:"
SENTENCE_ENDS = (". ", ".\n", ".\r", "? ", "! ", "\n\n", "•")


@dataclass(frozen=True)
class Hit:
    """One passage, and how to cite it."""

    evidence: str
    title: str
    page: int | None
    sheet: str
    passage: str
    citation: str
    """Ready to paste into a form's evidence column."""


@dataclass(frozen=True)
class Results:
    """What was found, best first, and what could not be searched: evidence id -> why."""

    hits: tuple[Hit, ...]
    not_searched: Mapping[str, str]
    not_kept: str = ""
    """Why what was read is not kept for the next search, where it is not."""


def search(
    ws: Workspace,
    register: Sequence[EvidenceDocument],
    words: str,
    *,
    limits: Limits = DEFAULT,
    progress: Progress | None = None,
    known_digests: Known | None = None,
    most: int = MOST,
) -> Results:
    """The passages that hold these words, in all documents of the register."""
    jobs, absent = _jobs(ws, register, limits, known_digests or {})
    try:
        return _search(register, words, jobs, absent, Index(ws.library), limits, progress, most)
    except OutputError as fault:  # the answer can be had all the same, from a place that is gone afterwards
        with tempfile.TemporaryDirectory(prefix="boardpack-") as place:
            here = {evidence: replace(job, library=place) for evidence, job in jobs.items()}
            found = _search(register, words, here, absent, Index(Path(place)), limits, progress, most)
        return replace(found, not_kept=fault.message)


def _search(
    register: Sequence[EvidenceDocument],
    words: str,
    jobs: Mapping[str, Job],
    absent: Mapping[str, str],
    index: Index,
    limits: Limits,
    progress: Progress | None,
    most: int,
) -> Results:
    _bring_up_to_date(index, jobs, limits, progress)
    reasons = index.documents()
    wanted = [atom.text for atom in words_of(words).atoms if atom.kind in ("word", "figure")]
    by_digest: dict[str, list[EvidenceDocument]] = {}
    for document in register:
        if document.id in jobs:
            by_digest.setdefault(jobs[document.id].digest, []).append(document)
    hits: list[Hit] = []
    for part in index.ask(wanted) if wanted else ():
        hits += [_hit(document, part, words) for document in by_digest.get(part.digest, ())]
        if len(hits) >= most:
            break
    unread = {evidence: reasons[job.digest] for evidence, job in jobs.items() if reasons.get(job.digest)}
    return Results(tuple(hits[:most]), {**absent, **unread})


def _jobs(
    ws: Workspace, register: Sequence[EvidenceDocument], limits: Limits, known: Known
) -> tuple[dict[str, Job], dict[str, str]]:
    """What there is to read, by evidence id, and why the others cannot be."""
    jobs, absent = {}, {}
    for document in register:
        located = locate(ws.evidence, document.file) if document.file else None
        if located is None or located.path is None:
            absent[document.id] = (
                "only a link is registered" if located is None else located.fault or "no file is there"
            )
            continue
        digest = digest_of(located, known, f"{ws.evidence.name}/{located.name}", always=False)
        jobs[document.id] = Job(
            str(located.path), document.file, digest, (), str(ws.library), limits, located.size, whole=True
        )
    return jobs, absent


def _bring_up_to_date(index: Index, jobs: Mapping[str, Job], limits: Limits, progress: Progress | None) -> None:
    indexed = index.documents()
    fresh = {job.digest: job for job in jobs.values() if job.digest and job.digest not in indexed}
    finished = 0

    def done() -> None:
        nonlocal finished
        finished += 1
        if progress:
            progress(finished, len(fresh))

    if fresh:
        outcomes = read_all(fresh.values(), limits, done)
        reasons = {job.digest: o.fault or o.uncheckable for job, o in outcomes.items() if o.fault or o.uncheckable}
        index.add(_readings(outcomes), reasons)


def _readings(outcomes: Mapping[Job, Outcome]) -> Iterator[tuple[str, Reading]]:
    for job, outcome in sorted(outcomes.items(), key=lambda item: item[0].digest):
        reading = library_at(job.library).reading(job.digest, outcome.kind) if outcome.kind else None
        if reading is not None:
            yield job.digest, reading


def _hit(document: EvidenceDocument, part: Part, words: str) -> Hit:
    text = words_of(part.raw)
    passage = _passage(text, words)
    place = f" p.{part.page}" if part.page else f' sheet "{part.label}"' if part.label and '"' not in part.label else ""
    # Only what would be found again is offered as a quotation.
    quotation = f' "{passage}"' if find(fragments(passage), text) else ""
    return Hit(document.id, document.title, part.page, part.label, passage, f"{document.id}{place}{quotation}")


def _passage(text: Words, words: str) -> str:
    """The sentence around the words found, or as much of it as is easily read."""
    place = find(fragments(words), text)
    asked = {atom.text for atom in words_of(words).atoms}
    at = place.first if place else next((n for n, atom in enumerate(text.atoms) if atom.text in asked), 0)
    first = last = at
    while first > 0 and at - first < BEFORE and not _ends_sentence(text, first - 1):
        first -= 1
    while last + 1 < len(text.atoms) and last - first < LONGEST and not _ends_sentence(text, last):
        last += 1
    while first > 0 and not _gap(text, first - 1).strip(CONNECTING):
        first -= 1
    while last + 1 < len(text.atoms) and not _gap(text, last).strip(CONNECTING):
        last += 1
    if not text.atoms:
        return ""
    return between(text, text.atoms[first].start, text.atoms[last].end).replace('"', "'")


def _ends_sentence(text: Words, at: int) -> bool:
    return any(end in _gap(text, at) for end in SENTENCE_ENDS)


def _gap(text: Words, at: int) -> str:
    return text.raw[text.atoms[at].end : text.atoms[at + 1].start]
