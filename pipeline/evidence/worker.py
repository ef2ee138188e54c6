"""A reading process: takes jobs on its standard input, hands outcomes back, and can be killed at any moment."""

from __future__ import annotations

import os
import pickle
import sys
from dataclasses import replace
from pathlib import Path

from pipeline.evidence.checking import answer
from pipeline.evidence.clock import Clock, OutOfTime
from pipeline.evidence.cut import cut
from pipeline.evidence.jobs import Job, Outcome, keep
from pipeline.evidence.pictures import show
from pipeline.evidence.readers import SHEETS
from pipeline.evidence.readers.pdf import release
from pipeline.evidence.sniff import kind_of
from pipeline.evidence.texts import Texts, library_at
from pipeline.files import as_compact_json
from pipeline.model import CheckRequest, CheckResult, Verdict
from pipeline.office.limits import Limits, ProgramAbsentError, UncheckableError, UnreadableError

TOO_LONG = "the document is so long that looking for these words was given up; a page number helps"
AT_ONCE = 12
"""Pages of one citation that are read at once."""


def main() -> None:
    """Serve until the input ends: jobs as our own program pickles them, a line of JSON for each outcome.

    What reads hostile files is not trusted to send anything but data. The first, empty line says that the process has
    started: the time of its first file begins then.
    """
    # What a library prints must not land among the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    said = b""
    while True:
        answers.write(said + b"\n")
        answers.flush()
        try:
            job = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        confine(job.limits)
        said = as_compact_json(work(job))


def confine(limits: Limits) -> None:
    """Take from this process what reading a document never needs: memory, and computing time without end.

    The allowance is a little more than a document has: what can stop by itself then does.
    """
    try:
        import resource
    except ImportError:
        return
    spent = resource.getrusage(resource.RUSAGE_SELF)
    allowed = int(spent.ru_utime + spent.ru_stime + 1.2 * limits.seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    # The engine of text recognition, a process of its own, may give itself more than a reader of documents has.
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, resource.getrlimit(resource.RLIMIT_AS)[1]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def work(job: Job) -> Outcome:
    """Open the document, answer every question, and keep what was read."""
    try:
        kind = kind_of(Path(job.path), job.name)
        limits = job.limits if job.recognise else replace(job.limits, recognition=0.0)
        texts = Texts(Path(job.path), kind, job.digest, library_at(job.library), limits, _first(job))
        clock = Clock(job.limits.seconds)
        check_results = tuple(_answered(question, texts, clock) for question in job.questions)
        if job.whole:
            texts.read_all()
        texts.keep()
        if job.cut and kind == "pdf":
            cut(job)
        outcome = Outcome(
            pages=_count(texts),
            paged=texts.paged,
            remarks=texts.remarks,
            check_results=check_results,
            shown=tuple(show(page, texts, job) for page in job.pages),
            kind=kind,
            passing=texts.unfinished,
        )
    except UncheckableError as reason:
        # What is for want of a program is not kept: it may be there the next time.
        outcome = Outcome(uncheckable=str(reason), passing=isinstance(reason, ProgramAbsentError))
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
    if not outcome.passing and job.questions:
        keep(job, outcome)
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
    return texts.count if texts.paged or texts.kind in SHEETS else None
