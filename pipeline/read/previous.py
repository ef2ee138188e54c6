"""Last cycle, to compare with: only its assessment.yaml, framework and forms are read, and its faults are notes."""

from __future__ import annotations

from dataclasses import replace

from pipeline.errors import InputError
from pipeline.model import Assessment, Finding, PreviousCycle, Severity
from pipeline.read.assessment import read_assessment
from pipeline.read.citations import RegisterIndex
from pipeline.read.faults import Faults, unreadable
from pipeline.read.framework import read_framework
from pipeline.read.responses import read_responses
from pipeline.read.settle import settle
from pipeline.workspace import Workspace


def read_previous(ws: Workspace, assessment: Assessment, index: RegisterIndex, faults: Faults) -> PreviousCycle | None:
    """The cycle that the assessment names, or None where it names none or it cannot be read."""
    cycle = assessment.previous
    if cycle is None:
        return None
    own = Faults()
    try:
        previous = _read(ws, cycle, index, own)
    except InputError as fault:
        previous = None
        own.found = [unreadable(fault, "It cannot be read, so no movement is shown.")]
    faults.found.extend(_as_note(f, cycle) for f in own.found if f.severity is not Severity.NOTE)
    return previous


def _read(ws: Workspace, cycle: str, index: RegisterIndex, faults: Faults) -> PreviousCycle:
    assessment, found = read_assessment(ws, cycle)
    faults.found.extend(found)
    framework = read_framework(ws, assessment.framework, cycle)
    settled = settle(ws, assessment, framework, faults)
    return PreviousCycle(
        settled, framework, read_responses(ws, settled, framework, index, faults, pass_over_unreadable=True)
    )


def _as_note(finding: Finding, cycle: str) -> Finding:
    return replace(finding, severity=Severity.NOTE, message=f"Last cycle ({cycle}): {finding.message}")
