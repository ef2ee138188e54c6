"""What is asked of one document, and what came of it; the answers are kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.files import as_compact_json
from pipeline.model import CheckRequest, CheckResult, Mark
from pipeline.office.cache import Cache, code_version
from pipeline.office.limits import DEFAULT, Limits
from pipeline.office.recognition import engine_name

LIBRARIES = ("lxml", "pypdf", "pypdfium2", "rapidfuzz")
ANSWERS = "answers"


@dataclass(frozen=True)
class PageRequest:
    """One page of a document to be shown: its picture drawn, its words or some of them placed."""

    page: int
    draw: bool = True
    words: bool = False
    """Whether every word of it is wanted, with its place."""
    find: str = ""
    """Words whose place on it is wanted."""


@dataclass(frozen=True)
class ShownPage:
    """What came of it. The picture lies in the folder of kept texts."""

    reason: str = ""
    """Why there is no picture, in plain words."""
    words: tuple[tuple[str, Mark], ...] = ()
    marks: tuple[Mark, ...] = ()
    """Where the words to be found stand; they may run on to the next page."""


@dataclass(frozen=True)
class Job:
    """One document and all that is asked of it."""

    path: str
    name: str
    """What the register calls the file."""
    digest: str
    questions: tuple[CheckRequest, ...]
    library: str
    """The folder of kept texts; empty to keep nothing."""
    limits: Limits = DEFAULT
    size: int = 0
    """Of the file, in bytes."""
    whole: bool = False
    """Whether every page is to be read and kept, as a search needs it."""
    pages: tuple[PageRequest, ...] = ()
    """Pages to be shown."""
    cut: tuple[int, ...] = ()
    """Pages to be cut out of it, into one PDF."""
    recognise: bool = True
    """Whether words may be looked for by text recognition: needless where a person has seen them."""


@dataclass(frozen=True)
class Outcome:
    """What came of a job: a reason why not, or the answers in the order of the questions."""

    fault: str = ""
    uncheckable: str = ""
    pages: int | None = None
    paged: bool = False
    remarks: tuple[str, ...] = ()
    check_results: tuple[CheckResult, ...] = ()
    shown: tuple[ShownPage, ...] = ()
    """For each page to be shown."""
    kind: str = ""
    """By which reader it was read."""
    passing: bool = False
    """True for a fault of the moment (it took too long), which is not kept."""


@dataclass(frozen=True)
class _Kept:
    """What is kept of the jobs on one document."""

    outcome: Outcome
    """Without answers."""
    limits: Limits
    answers: dict[str, CheckResult]


def kept(job: Job) -> Outcome | None:
    """The outcome as it is kept from an earlier run, where it answers every question."""
    record = None if job.whole else _load(job)
    if record is None or record.outcome.fault and record.limits != job.limits:
        return None  # what was too large for others need not be too large now
    if record.outcome.fault or record.outcome.uncheckable:
        return record.outcome
    answers = [record.answers.get(_key(question)) for question in job.questions]
    known = tuple(answer for answer in answers if answer is not None and _still_holds(answer))
    return replace(record.outcome, check_results=known) if len(known) == len(answers) else None


def _still_holds(answer: CheckResult) -> bool:
    """Whether an answer that turns on text recognition was given by the engine that is here now, or for want of one."""
    return not answer.read_by or answer.read_by == engine_name()


def keep(job: Job, outcome: Outcome) -> None:
    """Keep an outcome with the answers that were kept before."""
    before = _load(job)
    fresh = {_key(q): s for q, s in zip(job.questions, outcome.check_results, strict=False)}
    answers = {**(before.answers if before else {}), **fresh}
    record = _Kept(replace(outcome, check_results=()), job.limits, dict(sorted(answers.items())))
    _kept_by(job).store(job.digest, _record_name(job), record)


def _load(job: Job) -> _Kept | None:
    return _kept_by(job).load(job.digest, _record_name(job), _Kept)


def _kept_by(job: Job) -> Cache:
    """What this very code kept of documents."""
    return Cache(Path(job.library) if job.library else None, reading_version())


def reading_version() -> str:
    """A short digest over the code and the libraries that documents are read with."""
    return code_version(("evidence", "office", "text"), LIBRARIES)


def _record_name(job: Job) -> str:
    """Whether name and bytes agree is part of the answer, so the name's ending is part of the record's."""
    ending = Path(job.name).suffix.lower().strip(". ")
    asked = ANSWERS if job.recognise else f"{ANSWERS}-seen"
    return f"{asked}-{ending if ending.isalnum() and ending.isascii() else 'other'}"


def _key(question: CheckRequest) -> str:
    return as_compact_json(question).decode()
