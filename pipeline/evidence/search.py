"""A full-text search through every registered document, with the citation ready to paste."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
