"""Earlier cycles, to compare with: their assessment.yaml, framework and forms are read, and their faults are notes."""

from __future__ import annotations

from dataclasses import replace

from pipeline.errors import InputError
from pipeline.model import Assessment, Finding, PreviousCycle, Severity
from pipeline.read.actions import read_actions
from pipeline.read.assessment import read_assessment
from pipeline.read.citations import RegisterIndex
from pipeline.read.faults import Faults, unreadable
from pipeline.read.framework import read_framework
from pipeline.read.nearest import same
from pipeline.read.responses import read_responses
from pipeline.read.settle import settle
from pipeline.workspace import Workspace

MOST_EARLIER = 4
"""With the previous cycle, five years of history."""


def read_previous(ws: Workspace, assessment: Assessment, index: RegisterIndex, faults: Faults) -> PreviousCycle | None:
    """The cycle that the assessment names, or None where it names none or it cannot be read.

    Of this cycle the actions are read too: those that were open then are looked for now.
    """
    cycle = assessment.previous
    if cycle is None:
        return None
    own = Faults()
    try:
        previous = _read(ws, cycle, index, own)
    except InputError as fault:
        previous = None
        own.found = [unreadable(fault, "It cannot be read, so no movement is shown.")]
    if previous:
        try:
            previous = replace(previous, actions=read_actions(ws, previous.assessment, previous.framework, index, own))
        except InputError as fault:
            own.found.append(unreadable(fault, "Its actions cannot be read, so they are not looked for this year."))
    faults.found.extend(_as_note(f, f"Last cycle ({cycle})") for f in own.found if f.severity is not Severity.NOTE)
    return previous


def read_earlier(
    ws: Workspace, assessment: Assessment, previous: PreviousCycle | None, index: RegisterIndex, faults: Faults
) -> tuple[PreviousCycle, ...]:
    """The cycles of this organisation before `previous`, newest first: where levels were given before."""
    if previous is None:
        return ()
    names = {same(previous.assessment.organisation), same(assessment.organisation)}
    found = []
    for cycle in ws.cycles_before(assessment.cycle):
        if cycle == previous.assessment.cycle:
            continue
        own = Faults()
        try:
            earlier = _read(ws, cycle, index, own)
        except InputError as fault:
            own.found = [unreadable(fault, "It cannot be read, so its levels are not looked up.")]
        else:
            day = earlier.assessment.paper.date
            if same(earlier.assessment.organisation) not in names or day >= assessment.paper.date:
                continue
            found.append(earlier)
        faults.found.extend(
            _as_note(f, f"Earlier cycle ({cycle})") for f in own.found if f.severity is not Severity.NOTE
        )
    return tuple(sorted(found, key=lambda p: p.assessment.paper.date, reverse=True)[:MOST_EARLIER])


def _read(ws: Workspace, cycle: str, index: RegisterIndex, faults: Faults) -> PreviousCycle:
    assessment, found = read_assessment(ws, cycle)
    faults.found.extend(found)
    framework = read_framework(ws, assessment.framework, cycle)
    settled = settle(ws, assessment, framework, faults)
    return PreviousCycle(settled, framework, read_responses(ws, settled, framework, index, faults, to_compare=True))


def _as_note(finding: Finding, whose: str) -> Finding:
    return replace(finding, severity=Severity.NOTE, message=f"{whose}: {finding.message}")
