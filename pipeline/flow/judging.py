"""Gather a cycle and judge it; then write what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from pipeline import checks, evidence
from pipeline import dossier as dossier_
from pipeline.dossier import INTERNAL, for_audience
from pipeline.dossier.views import Dossier
from pipeline.errors import OutputError, UsageError
from pipeline.evidence import Progress
from pipeline.files import as_json, one_at_a_time, write_whole
from pipeline.flow.gathering import read_case
from pipeline.flow.made import inputs_file
from pipeline.inputs.assessment import read_assessment
from pipeline.inputs.framework import read_framework
from pipeline.inputs.scan import InputFile, inputs_digest, read_inputs, scan, write_if_changed
from pipeline.inputs.suggest import did_you_mean, same, shown
from pipeline.model import Case, Finding, Statement
from pipeline.score import Scores, score
from pipeline.workspace import Workspace

if TYPE_CHECKING:
    from pipeline.evidence.folder import Known
    from pipeline.evidence.search import Results


def inputs_now(ws: Workspace, cycle: str) -> tuple[InputFile, ...]:
    """Every input as it is at this moment, each hashed anew."""
    assessment, _ = read_assessment(ws, cycle)
    return scan(ws, cycle, assessment.previous, rehash=True)


KEYS = tuple(f.name for f in fields(Finding) if f.name != "about")


@dataclass(frozen=True)
class Judgement:
    """One cycle, gathered and judged; nothing of it is written yet."""

    case: Case
    findings: tuple[Finding, ...]
    dossier: Dossier
    inputs: tuple[InputFile, ...]


def judge(
    ws: Workspace,
    cycle: str,
    *,
    rehash: bool = False,
    progress: Progress | None = None,
    scheduler: str | None = None,
    inputs: tuple[InputFile, ...] | None = None,
) -> Judgement:
    """Gather a cycle, work out its levels and check everything: all findings come in one run.

    `scheduler` is the address of a Dask cluster that reads the documents; without it this machine does. `inputs` are
    given where somebody has looked at them just now.
    """
    assessment, faults = read_assessment(ws, cycle)
    if inputs is None:
        inputs = scan(ws, cycle, assessment.previous, read_inputs(inputs_file(ws, cycle)), rehash=rehash)
    register, more = evidence.read_register(ws, assessment.column_names)
    written = read_case(ws, assessment, register, (*faults, *more))
    written = replace(written, inputs={entry.path: entry.digest for entry in inputs})
    known = {entry.path: (entry.size, entry.time, entry.digest) for entry in inputs if entry.digest}
    case = evidence.follow(written, ws, known_digests=known, rehash=rehash, progress=progress, scheduler=scheduler)
    scores: Scores = score(case)
    findings = checks.check(case, scores)
    return Judgement(case, findings, dossier_.build(case, scores, findings, inputs_digest(inputs)), inputs)


def write_judgement(ws: Workspace, judged: Judgement) -> None:
    """Everything that says what was found, for internal eyes; dossier.json last, since make hangs on it."""
    from pipeline.publish.pages import write_report
    from pipeline.publish.trail import write_trail

    cycle = judged.case.assessment.cycle
    folder = ws.build(cycle)
    internal = for_audience(judged.dossier, INTERNAL)
    with one_at_a_time(ws.lock(cycle)):
        write_if_changed(folder / "inputs.json", judged.inputs)
        write_whole(folder / "findings.json", findings_json(judged.findings))
        write_report(internal, folder)
        write_trail(internal, folder)
        write_whole(folder / "dossier.json", dossier_.dump(internal))


def keep_judgement(ws: Workspace, judged: Judgement) -> str:
    """Write what was found, where something can be written; else say why not: the answer can be had all the same."""
    try:
        write_judgement(ws, judged)
    except OutputError as fault:
        return f"What was found is not kept: {fault.message}"
    return ""


def findings_json(findings: Sequence[Finding]) -> bytes:
    """The findings as a sorted list; an absent part is null."""
    rows = [{key: getattr(finding, key) for key in KEYS} for finding in findings]
    return as_json(rows)


def load(ws: Workspace, cycle: str) -> Dossier:
    """The dossier of a cycle that was judged before."""
    return dossier_.load(ws.build(cycle) / "dossier.json")


def search_evidence(
    ws: Workspace, cycle: str, words: str, progress: Progress | None = None, scheduler: str | None = None
) -> Results:
    """The passages of all registered documents that hold these words."""
    from pipeline.evidence.search import search

    assessment, _ = read_assessment(ws, cycle)
    register, _ = evidence.read_register(ws, assessment.column_names)
    return search(ws, register, words, progress=progress, known_digests=_known(ws, cycle), scheduler=scheduler)


def suggest_evidence(
    ws: Workspace, cycle: str, wanted: str, progress: Progress | None = None, scheduler: str | None = None
) -> tuple[Statement, Results]:
    """The statement meant, and the passages that bear most on it, in the documents that no other has replaced."""
    from pipeline.evidence.suggest import suggest

    assessment, _ = read_assessment(ws, cycle)
    framework = read_framework(ws, assessment.framework, cycle)
    known = {same(s.id): s for s in framework.statements}
    statement = known.get(same(wanted))
    if statement is None:
        ids = [s.id for s in framework.statements]
        raise UsageError(
            f"There is no statement {shown(wanted)} in {framework.id}.",
            did_you_mean(wanted, ids) + f"Its statements run from {ids[0]} to {ids[-1]}.",
        )
    register, _ = evidence.read_register(ws, assessment.column_names)
    replaced = {old for d in register if d.dated and d.dated <= assessment.as_of for old in d.supersedes}
    current = [d for d in register if d.id not in replaced]
    digests = _known(ws, cycle)
    found = suggest(ws, current, statement, framework, progress=progress, known_digests=digests, scheduler=scheduler)
    return statement, found


def _known(ws: Workspace, cycle: str) -> Known:
    """What is known of the files already, so that none that has not changed is read for its digest."""
    return {e.path: (e.size, e.time, e.digest) for e in read_inputs(inputs_file(ws, cycle)) if e.digest}
