"""Every citation followed to its document: copies, sightings, and files that nobody registered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from pipeline.evidence import Progress, cluster, workers
from pipeline.evidence.digests import Known, digest_of
from pipeline.evidence.folder import Located, locate, unregistered
from pipeline.evidence.jobs import Job, Outcome, kept
from pipeline.evidence.limits import MIB, Limits
from pipeline.evidence.register import named_files
from pipeline.evidence.sightings import Question
from pipeline.model import Case, Citation, Copy, EvidenceDocument, Sighting, Verdict
from pipeline.workspace import Workspace

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
        d.id: _job(d, located[d.id], copies[d.id], asked[d.id], ws, limits)
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
        sightings=_sightings(case, copies, jobs, outcomes),
        unregistered=unregistered(ws, _named(case, ws, located)),
    )


def _named(case: Case, ws: Workspace, located: Mapping[str, Located]) -> set[str]:
    """The files that the register names; a row that could not be read names its file all the same."""
    names = {where.name for where in located.values() if where.name}
    if any((f.file or "").startswith(f"{ws.evidence.name}/register.") for f in case.faults):
        names |= named_files(ws, case.assessment.column_names)
    return names


def _asked(case: Case) -> dict[str, tuple[Question, ...]]:
    """What is asked of each cited document, each question once."""
    asked: dict[str, dict[Question, None]] = {}
    for citation in case.citations:
        if citation.known and not citation.fault:
            asked.setdefault(citation.evidence, {})[_question(citation)] = None
    return {evidence: tuple(questions) for evidence, questions in asked.items()}


def _question(citation: Citation) -> Question:
    return Question(citation.pages, citation.sheet, citation.quotation)


def _can_be_opened(located: Located, copy: Copy) -> bool:
    return located.path is not None and not copy.fault


def _copy(
    document: EvidenceDocument, located: Located, ws: Workspace, known: Known, always: bool, limits: Limits
) -> Copy:
    if located.path is None:
        return Copy(document.id, missing=located.missing, outside=located.outside, fault=located.fault)
    if located.size > limits.file:
        return Copy(document.id, size=located.size, fault=f"it is too large: more than {limits.file // MIB:,} MB")
    key = f"{ws.evidence.name}/{located.name}"
    sha256 = digest_of(located, known, key, always)
    fault = "" if sha256 else "it cannot be opened: the system does not allow it"
    return Copy(document.id, sha256, located.size, fault=fault)


def _job(
    document: EvidenceDocument, located: Located, copy: Copy, asked: tuple[Question, ...], ws: Workspace, limits: Limits
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
    return cluster.run(scheduler, order, limits, done) if scheduler else workers.run(order, limits, done)


def _sightings(
    case: Case, copies: Mapping[str, Copy], jobs: Mapping[str, Job], outcomes: Mapping[str, Outcome]
) -> dict[Citation, Sighting]:
    documents = {d.id: d for d in case.register}
    seen: dict[Citation, Sighting] = {}
    for citation in case.citations:
        document = documents.get(citation.evidence)
        if document is None or citation.fault or not citation.known:
            continue
        copy = copies[document.id]
        if copy.missing or copy.outside or copy.fault:
            continue
        sighting = _seen(citation, copy, jobs.get(document.id), outcomes.get(document.id))
        if sighting.verdict is Verdict.NOT_CHECKABLE and case.seen_by_a_person(document):
            sighting = replace(sighting, verdict=Verdict.SEEN_BY_A_PERSON)
        seen[citation] = sighting
    return seen


def _seen(citation: Citation, copy: Copy, job: Job | None, outcome: Outcome | None) -> Sighting:
    if job is not None and outcome is not None and not copy.uncheckable:
        return outcome.sightings[job.questions.index(_question(citation))]
    if citation.quotation is None:
        return Sighting(Verdict.NO_QUOTATION)
    return Sighting(Verdict.NOT_CHECKABLE, reason=copy.uncheckable or NO_COPY)
