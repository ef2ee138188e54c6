"""Everything that people wrote for one cycle, and last cycle to compare with."""

from __future__ import annotations

from dataclasses import replace

from pipeline.errors import InputError
from pipeline.forms.responses import read_responses
from pipeline.forms.waiting import note_actions, with_what_forms_say
from pipeline.inputs.assessment import read_assessment
from pipeline.inputs.citations import RegisterIndex, index_register
from pipeline.inputs.exceptions import settle
from pipeline.inputs.faults import Faults, unreadable
from pipeline.inputs.framework import note_left_overs, read_framework
from pipeline.inputs.grids import read_actions, read_funding, read_indicators, read_risks, read_schemes
from pipeline.inputs.narrative import read_narratives
from pipeline.inputs.signoffs import read_signoffs
from pipeline.inputs.suggest import same
from pipeline.inputs.unread import note_unread
from pipeline.model import Assessment, Case, EvidenceDocument, Finding, PreviousCycle, Severity
from pipeline.score.movement import earlier_names
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


def read_case(
    ws: Workspace, assessment: Assessment, register: tuple[EvidenceDocument, ...], faults: tuple[Finding, ...] = ()
) -> Case:
    """The case without what the evidence answers; `faults` are those found so far, the readers add theirs."""
    found = Faults()
    framework = read_framework(ws, assessment.framework, assessment.cycle)
    note_left_overs(ws, assessment, framework, found)
    index = _index(register, faults)
    previous = read_previous(ws, assessment, index, found)
    earlier = read_earlier(ws, assessment, previous, index, found)
    before = [cycle.framework for cycle in (previous, *earlier) if cycle]
    framework = replace(framework, earlier_names=earlier_names(framework, before))
    assessment = settle(ws, assessment, framework, found)
    forms = read_responses(ws, assessment, framework, index, found)
    assessment = with_what_forms_say(assessment, forms, found)
    actions = read_actions(ws, assessment, framework, index, found)
    note_actions(forms, actions, found)
    chain = read_signoffs(ws, assessment.cycle)
    case = Case(
        assessment=assessment,
        framework=framework,
        forms=forms,
        register=register,
        actions=actions,
        risks=read_risks(ws, assessment, framework, index, found),
        funding=read_funding(ws, assessment, framework, index, found),
        indicators=read_indicators(ws, assessment, index, found),
        schemes=read_schemes(ws, assessment.cycle, found),
        narratives=read_narratives(ws, assessment.cycle, framework, index),
        previous=previous,
        earlier=earlier,
        signoffs=chain.records,
        signoffs_broken=chain.broken,
    )
    note_unread(ws, case, found)
    return replace(case, faults=(*faults, *found.found))


def _index(register: tuple[EvidenceDocument, ...], faults: tuple[Finding, ...]) -> RegisterIndex:
    """A row that could not be read still has its id: that fault is named once, not at every citation of it."""
    return index_register(register, (f.evidence for f in faults if f.evidence))
