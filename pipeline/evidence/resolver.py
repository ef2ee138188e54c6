"""Every citation followed to its document: copies, what was seen there, and files that nobody registered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pipeline.errors import ProgramMissingError, UsageError
from pipeline.evidence import Progress, workers
from pipeline.evidence.folder import Known, Located, digest_of, locate, unregistered
from pipeline.evidence.jobs import Job, Outcome, kept
from pipeline.inputs.register import named_files
from pipeline.model import Case, CheckRequest, CheckResult, Citation, EvidenceDocument, StoredFile, Verdict
from pipeline.office.limits import MIB, Limits
from pipeline.workspace import Workspace

TOGETHER = 8
"""Documents that one task reads: enough that starting a process does not weigh."""
PATIENCE = 10
"""Seconds to wait for the scheduler."""


def run(
    scheduler: str, jobs: Sequence[Job], limits: Limits, done: Callable[[], None] = lambda: None
) -> dict[Job, Outcome]:
    """Every job's outcome, from the cluster at this address."""
    try:
        from distributed import Client, as_completed
    except ImportError as error:
        raise ProgramMissingError(
            "The package `distributed` is needed to read evidence on a cluster, and it is not installed.",
            "Install it with `pip install 'boardpack[cluster]'`, or leave out --scheduler to read here.",
        ) from error
    try:
        client: Any = Client(scheduler, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as error:
        raise UsageError(
            f"No Dask scheduler answers at {scheduler}.", "Check the address, or leave out --scheduler to read here."
        ) from error
    outcomes: dict[Job, Outcome] = {}
    with client:
        parcels = [list(jobs[at : at + TOGETHER]) for at in range(0, len(jobs), TOGETHER)]
        futures: Any = as_completed(client.map(read_here, parcels, pure=False), loop=client.loop)  # type: ignore[no-untyped-call]
        for future in futures:
            if future.status == "finished":
                outcomes.update(future.result())
                for _ in future.result():
                    done()
    # What a machine of the cluster could not do for reasons of its own is done here.
    missing = [job for job in jobs if job not in outcomes]
    return {**outcomes, **workers.run(missing, limits, done)}


def read_here(jobs: Sequence[Job]) -> dict[Job, Outcome]:
    """What one machine of the cluster does: one document after the other, watched over as always."""
    return workers.run(jobs, replace(jobs[0].limits, processes=1))


NO_COPY = "only a link is registered; no copy is held"


def follow(
    case: Case,
    ws: Workspace,
    limits: Limits,
    progress: Progress | None,
    scheduler: str | None,
    rehash: bool,
    known: Known,
) -> Case:
    """See `pipeline.evidence.follow`."""
    asked = _asked(case)
    located = {d.id: locate(ws.evidence, d.file) if d.file else Located() for d in case.register}
    copies = {d.id: _copy(d, located[d.id], ws, known, rehash and d.id in asked, limits) for d in case.register}
    jobs = {
        d.id: replace(
            _job(d, located[d.id], copies[d.id], asked[d.id], ws, limits), recognise=not case.seen_by_a_person(d)
        )
        for d in case.register
        if d.id in asked and _can_be_opened(located[d.id], copies[d.id])
    }
    outcomes = _outcomes(jobs, limits, progress, scheduler)
    for evidence, outcome in outcomes.items():
        copies[evidence] = replace(
            copies[evidence],
            fault=outcome.fault,
            uncheckable=outcome.uncheckable,
            pages=outcome.pages,
            paged=outcome.paged,
            remarks=outcome.remarks,
        )
    return replace(
        case,
        copies=copies,
        check_results=_sightings(case, copies, jobs, outcomes),
        unregistered=unregistered(ws, _named(case, ws, located)),
    )


def _named(case: Case, ws: Workspace, located: Mapping[str, Located]) -> set[str]:
    """The files that the register names; a row that could not be read names its file all the same."""
    names = {where.name for where in located.values() if where.name}
    if any((f.file or "").startswith(f"{ws.evidence.name}/register.") for f in case.faults):
        names |= named_files(ws, case.assessment.column_names)
    return names


def _asked(case: Case) -> dict[str, tuple[CheckRequest, ...]]:
    """What is asked of each cited document, each question once."""
    asked: dict[str, dict[CheckRequest, None]] = {}
    for citation in case.citations:
        if citation.known and not citation.fault:
            asked.setdefault(citation.evidence, {})[_question(citation)] = None
    return {evidence: tuple(questions) for evidence, questions in asked.items()}


def _question(citation: Citation) -> CheckRequest:
    return CheckRequest(citation.pages, citation.sheet, citation.quotation, citation.locator)


def _can_be_opened(located: Located, copy: StoredFile) -> bool:
    return located.path is not None and not copy.fault


def _copy(
    document: EvidenceDocument, located: Located, ws: Workspace, known: Known, always: bool, limits: Limits
) -> StoredFile:
    if located.path is None:
        return StoredFile(document.id, missing=located.missing, outside=located.outside, fault=located.fault)
    if located.size > limits.file:
        return StoredFile(document.id, size=located.size, fault=f"it is too large: more than {limits.file // MIB:,} MB")
    key = f"{ws.evidence.name}/{located.name}"
    sha256 = digest_of(located, known, key, always)
    fault = "" if sha256 else "it cannot be opened: the system does not allow it"
    return StoredFile(document.id, sha256, located.size, fault=fault)


def _job(
    document: EvidenceDocument,
    located: Located,
    copy: StoredFile,
    asked: tuple[CheckRequest, ...],
    ws: Workspace,
    limits: Limits,
) -> Job:
    return Job(str(located.path), document.file, copy.sha256, asked, str(ws.library), limits, located.size)


def _outcomes(
    jobs: Mapping[str, Job], limits: Limits, progress: Progress | None, scheduler: str | None
) -> dict[str, Outcome]:
    """From the library where all is known, else from reading."""
    found = {evidence: outcome for evidence, job in jobs.items() if (outcome := kept(job)) is not None}
    fresh = {evidence: job for evidence, job in jobs.items() if evidence not in found}
    finished = len(found)

    def done() -> None:
        nonlocal finished
        finished += 1
        if progress:
            progress(finished, len(jobs))

    if progress and fresh:
        progress(finished, len(jobs))
    read = read_all(fresh.values(), limits, done, scheduler)
    return {**found, **{evidence: read[job] for evidence, job in fresh.items()}}


def read_all(
    jobs: Iterable[Job], limits: Limits, done: Callable[[], None], scheduler: str | None = None
) -> dict[Job, Outcome]:
    """Every job done, here or on a cluster. The longest documents go first, so that none is left to the end."""
    order = sorted(dict.fromkeys(jobs), key=lambda job: (-job.size, job.path))
    if not order:
        return {}
    return run(scheduler, order, limits, done) if scheduler else workers.run(order, limits, done)


def _sightings(
    case: Case, copies: Mapping[str, StoredFile], jobs: Mapping[str, Job], outcomes: Mapping[str, Outcome]
) -> dict[Citation, CheckResult]:
    documents = {d.id: d for d in case.register}
    seen: dict[Citation, CheckResult] = {}
    for citation in case.citations:
        document = documents.get(citation.evidence)
        if document is None or citation.fault or not citation.known:
            continue
        copy = copies[document.id]
        if copy.missing or copy.outside or copy.fault:
            continue
        check_result = _seen(citation, copy, jobs.get(document.id), outcomes.get(document.id))
        if check_result.verdict is Verdict.NOT_CHECKABLE and case.seen_by_a_person(document):
            check_result = replace(check_result, verdict=Verdict.SEEN_BY_A_PERSON)
        seen[citation] = check_result
    return seen


def _seen(citation: Citation, copy: StoredFile, job: Job | None, outcome: Outcome | None) -> CheckResult:
    if job is not None and outcome is not None and not copy.uncheckable:
        return outcome.check_results[job.questions.index(_question(citation))]
    if citation.quotation is None:
        return CheckResult(Verdict.NO_QUOTATION)
    return CheckResult(Verdict.NOT_CHECKABLE, reason=copy.uncheckable or NO_COPY)
