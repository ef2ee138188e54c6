"""A full-text search through every registered document, with the citation ready to paste."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.evidence import Progress
from pipeline.evidence.folder import Known, digest_of, locate
from pipeline.evidence.index import Index, Part
from pipeline.evidence.jobs import Job, Outcome
from pipeline.evidence.matching import find, fragments
from pipeline.evidence.pages import Reading, between
from pipeline.evidence.resolver import read_all
from pipeline.evidence.texts import library_at
from pipeline.evidence.words import Words, words_of
from pipeline.model import EvidenceDocument
from pipeline.office.limits import DEFAULT, Limits
from pipeline.workspace import Workspace

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


Documents = Mapping[str, Sequence[EvidenceDocument]]
"""Digest -> the register's rows for it."""
PHRASE = re.compile(r'["\u201c\u201d\u201e]([^"\u201c\u201d\u201e]+)["\u201c\u201d\u201e]')


def search(
    ws: Workspace,
    register: Sequence[EvidenceDocument],
    words: str,
    *,
    limits: Limits = DEFAULT,
    progress: Progress | None = None,
    known_digests: Known | None = None,
    most: int = MOST,
    scheduler: str | None = None,
) -> Results:
    """The passages that hold these words in any order, and what stands in quotation marks as it stands."""
    phrases = [_normal(quoted) for quoted in PHRASE.findall(words)]
    wanted = [*phrases, *_normal(PHRASE.sub(" ", words)).split()]
    shown = next((quoted for quoted in PHRASE.findall(words)), words)

    def ask(index: Index, documents: Documents) -> Iterator[Hit]:
        for part in index.ask([phrase for phrase in wanted if phrase]) if any(wanted) else ():
            text = words_of(part.raw)
            for document in documents.get(part.digest, ()):
                yield hit_of(document, part, text, _passage(text, shown))

    return look_in(ws, register, ask, limits, progress, known_digests or {}, most, scheduler)


def _normal(words: str) -> str:
    return " ".join(atom.text for atom in words_of(words).atoms if atom.kind in ("word", "figure"))


def look_in(
    ws: Workspace,
    register: Sequence[EvidenceDocument],
    ask: Callable[[Index, Documents], Iterable[Hit]],
    limits: Limits,
    progress: Progress | None,
    known: Known,
    most: int,
    scheduler: str | None = None,
) -> Results:
    """What the index of all documents of the register, up to date, answers; and what could not be looked into."""
    jobs, absent = _jobs(ws, register, limits, known)
    by_digest: dict[str, list[EvidenceDocument]] = {}
    for document in register:
        if document.id in jobs:
            by_digest.setdefault(jobs[document.id].digest, []).append(document)

    def answer(index: Index, jobs: Mapping[str, Job]) -> Results:
        _bring_up_to_date(index, jobs, limits, progress, scheduler)
        reasons = index.documents()
        unread = {evidence: reasons[job.digest] for evidence, job in jobs.items() if reasons.get(job.digest)}
        return Results(tuple(islice(ask(index, by_digest), most)), {**absent, **unread})

    try:
        return answer(Index(ws.library), jobs)
    except OutputError as fault:  # the answer can be had all the same, from a place that is gone afterwards
        with tempfile.TemporaryDirectory(prefix="boardpack-") as place:
            found = answer(
                Index(Path(place)), {evidence: replace(job, library=place) for evidence, job in jobs.items()}
            )
        return replace(found, not_kept=fault.message)


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


def _bring_up_to_date(
    index: Index, jobs: Mapping[str, Job], limits: Limits, progress: Progress | None, scheduler: str | None
) -> None:
    indexed = index.documents()
    fresh = {job.digest: job for job in jobs.values() if job.digest and job.digest not in indexed}
    finished = 0

    def done() -> None:
        nonlocal finished
        finished += 1
        if progress:
            progress(finished, len(fresh))

    if fresh:
        outcomes = read_all(fresh.values(), limits, done, scheduler)
        reasons = {job.digest: o.fault or o.uncheckable for job, o in outcomes.items() if o.fault or o.uncheckable}
        index.add(_readings(outcomes), reasons)


def _readings(outcomes: Mapping[Job, Outcome]) -> Iterator[tuple[str, Reading]]:
    for job, outcome in sorted(outcomes.items(), key=lambda item: item[0].digest):
        reading = library_at(job.library).reading(job.digest, outcome.kind) if outcome.kind else None
        if reading is not None:
            yield job.digest, reading


def hit_of(document: EvidenceDocument, part: Part, text: Words, passage: str) -> Hit:
    """A passage of a part, and how to cite it."""
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
    while first > 0 and at - first < BEFORE and not ends_sentence(text, first - 1):
        first -= 1
    while last + 1 < len(text.atoms) and last - first < LONGEST and not ends_sentence(text, last):
        last += 1
    while first > 0 and not gap(text, first - 1).strip(CONNECTING):
        first -= 1
    while last + 1 < len(text.atoms) and not gap(text, last).strip(CONNECTING):
        last += 1
    if not text.atoms:
        return ""
    return between(text, text.atoms[first].start, text.atoms[last].end).replace('"', "'")


def ends_sentence(text: Words, at: int) -> bool:
    """Whether a sentence ends with this word."""
    return any(end in gap(text, at) for end in SENTENCE_ENDS)


def gap(text: Words, at: int) -> str:
    """What stands between this word and the next."""
    return text.raw[text.atoms[at].end : text.atoms[at + 1].start]
