"""The work on one document, as data: what is asked of it, and what came of it; the same on any machine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.evidence.cache import TextCache, reading_version
from pipeline.evidence.checking import CheckRequest, answer
from pipeline.evidence.clock import Clock, OutOfTime
from pipeline.evidence.readers.pdf import release
from pipeline.evidence.sniff import kind_of
from pipeline.evidence.texts import Texts
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
        texts = Texts(Path(job.path), kind, job.digest, _library(job), job.limits, _first(job))
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


def kept(job: Job) -> Outcome | None:
    """The outcome as it is kept from an earlier run, where it answers every question."""
    record = _library(job).load(job.digest, _record_name(job))
    try:
        return None if record is None or job.whole else _from_record(job, record)
    except (KeyError, TypeError, ValueError):
        return None


def _from_record(job: Job, record: Mapping[str, Any]) -> Outcome | None:
    outcome = _outcome_from(record["outcome"])
    if outcome.fault and record["limits"] != asdict(job.limits):
        return None  # what was too large for others need not be too large now
    if outcome.fault or outcome.uncheckable:
        return outcome
    return replace(outcome, check_results=tuple(_sighting_from(record["answers"][_key(q)]) for q in job.questions))


def _keep(job: Job, outcome: Outcome) -> None:
    library = _library(job)
    before = (library.load(job.digest, _record_name(job)) or {}).get("answers")
    fresh = {_key(q): asdict(s) for q, s in zip(job.questions, outcome.check_results, strict=False)}
    answers = {**(before if isinstance(before, dict) else {}), **fresh}
    record = {"outcome": asdict(replace(outcome, check_results=())), "limits": asdict(job.limits), "answers": answers}
    library.store(job.digest, _record_name(job), record)


def _library(job: Job) -> TextCache:
    return library_at(job.library)


def library_at(folder: str) -> TextCache:
    """The kept texts and answers of this very code."""
    return TextCache(Path(folder) if folder else None, reading_version())


def _record_name(job: Job) -> str:
    """Whether name and bytes agree is part of the answer, so the name's ending is part of the record's."""
    ending = Path(job.name).suffix.lower().strip(". ")
    return f"{ANSWERS}-{ending if ending.isalnum() and ending.isascii() else 'other'}"


def _key(question: CheckRequest) -> str:
    return json.dumps([question.pages, question.sheet, question.quotation], ensure_ascii=False)


def _sighting_from(record: Mapping[str, Any]) -> CheckResult:
    given = {**record, "verdict": Verdict(record["verdict"]), "unreadable_pages": tuple(record["unreadable_pages"])}
    return CheckResult(**given)


def _outcome_from(record: Mapping[str, Any]) -> Outcome:
    check_results = tuple(_sighting_from(s) for s in record["check_results"])
    return Outcome(**{**record, "remarks": tuple(record["remarks"]), "check_results": check_results})


def job_to_json(job: Job) -> bytes:
    """A job as it is sent to a reading process."""
    return json.dumps(asdict(job)).encode("ascii")


def job_from_json(data: bytes) -> Job:
    """The other end of `job_to_json`."""
    given = json.loads(data)
    questions = tuple(
        CheckRequest(tuple(q["pages"]) if q["pages"] else None, q["sheet"], q["quotation"]) for q in given["questions"]
    )
    return Job(**{**given, "questions": questions, "limits": Limits(**given["limits"])})


def outcome_to_json(outcome: Outcome) -> bytes:
    """An outcome as it is sent back."""
    return json.dumps(asdict(outcome)).encode("ascii")


def outcome_from_json(data: bytes) -> Outcome:
    """The other end of `outcome_to_json`."""
    return _outcome_from(json.loads(data))
