"""The work on one document: what is asked of it, and what came of it; the same on any machine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.evidence.cache import TextCache, reading_version
from pipeline.evidence.checking import CheckRequest, answer
from pipeline.evidence.clock import Clock, OutOfTime
from pipeline.evidence.readers.pdf import release
from pipeline.evidence.sniff import kind_of
from pipeline.evidence.texts import Texts
from pipeline.files import as_compact_json
from pipeline.model import CheckResult, Verdict
from pipeline.office.limits import DEFAULT, Limits, UncheckableError, UnreadableError

ANSWERS = "answers"
TOO_LONG = "the document is so long that looking for these words was given up; a page number helps"
AT_ONCE = 12
"""Pages of one citation that are read at once."""


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


@dataclass(frozen=True)
class Outcome:
    """What came of a job: a reason why not, or the answers in the order of the questions."""

    fault: str = ""
    uncheckable: str = ""
    pages: int | None = None
    paged: bool = False
    remarks: tuple[str, ...] = ()
    check_results: tuple[CheckResult, ...] = ()
    kind: str = ""
    """By which reader it was read."""
    passing: bool = False
    """True for a fault of the moment (it took too long), which is not kept."""


def work(job: Job) -> Outcome:
    """Open the document, answer every question, and keep what was read."""
    try:
        kind = kind_of(Path(job.path), job.name)
        texts = Texts(Path(job.path), kind, job.digest, library_at(job.library), job.limits, _first(job))
        clock = Clock(job.limits.seconds)
        check_results = tuple(_answered(question, texts, clock) for question in job.questions)
        if job.whole:
            texts.read_all()
        texts.keep()
        outcome = Outcome(
            pages=_count(texts),
            paged=texts.paged,
            remarks=texts.remarks,
            check_results=check_results,
            kind=kind,
        )
    except UncheckableError as reason:
        outcome = Outcome(uncheckable=str(reason))
    except UnreadableError as reason:
        outcome = Outcome(fault=str(reason))
    except MemoryError:
        return Outcome(fault="it is too large: it needs more memory than one document may take", passing=True)
    except OSError as error:
        return Outcome(fault=f"it cannot be opened: {error.strerror or 'the disk gave an error'}", passing=True)
    except Exception as error:  # our own fault, not the file's; said as such, and it costs only this file
        return Outcome(
            fault=f"it could not be checked: this program failed on it ({error!r}), which is a bug", passing=True
        )
    finally:
        release()
    if not outcome.passing:
        _keep(job, outcome)
    return outcome


def _answered(question: CheckRequest, texts: Texts, clock: Clock) -> CheckResult:
    """What a citation gives. One that takes too long costs the others nothing: it may spend half of what is left."""
    try:
        with clock.running(0.5):
            return answer(question, texts)
    except OutOfTime:
        return CheckResult(
            Verdict.NO_QUOTATION if question.quotation is None else Verdict.NOT_CHECKABLE, reason=TOO_LONG
        )


def _first(job: Job) -> list[int]:
    """The pages that are read when the document is opened: the first, and those that are cited."""
    cited = {n for q in job.questions if q.pages for n in range(q.pages[0], min(q.pages[1], q.pages[0] + AT_ONCE) + 1)}
    return sorted({1, *cited})


def _count(texts: Texts) -> int | None:
    return texts.count if texts.paged or texts.kind == "workbook" else None


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
    known = tuple(answer for answer in answers if answer is not None)
    return replace(record.outcome, check_results=known) if len(known) == len(answers) else None


def _keep(job: Job, outcome: Outcome) -> None:
    before = _load(job)
    fresh = {_key(q): s for q, s in zip(job.questions, outcome.check_results, strict=False)}
    answers = {**(before.answers if before else {}), **fresh}
    record = _Kept(replace(outcome, check_results=()), job.limits, dict(sorted(answers.items())))
    library_at(job.library).store(job.digest, _record_name(job), record)


def _load(job: Job) -> _Kept | None:
    return library_at(job.library).load(job.digest, _record_name(job), _Kept)


def library_at(folder: str) -> TextCache:
    """The kept texts and answers of this very code."""
    return TextCache(Path(folder) if folder else None, reading_version())


def _record_name(job: Job) -> str:
    """Whether name and bytes agree is part of the answer, so the name's ending is part of the record's."""
    ending = Path(job.name).suffix.lower().strip(". ")
    return f"{ANSWERS}-{ending if ending.isalnum() and ending.isascii() else 'other'}"


def _key(question: CheckRequest) -> str:
    return as_compact_json(question).decode()
