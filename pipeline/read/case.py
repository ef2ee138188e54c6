"""Everything that people wrote for one cycle, as one case."""

from __future__ import annotations

from dataclasses import replace

from pipeline.model import Assessment, Case, EvidenceDocument, Finding
from pipeline.read.actions import read_actions
from pipeline.read.citations import RegisterIndex, index_register
from pipeline.read.faults import Faults
from pipeline.read.forms_waiting import note_actions, with_what_forms_say
from pipeline.read.framework import note_left_overs, read_framework
from pipeline.read.narrative import read_narratives
from pipeline.read.previous import read_earlier, read_previous
from pipeline.read.publication_tables import read_funding, read_indicators
from pipeline.read.responses import read_responses
from pipeline.read.risks import read_risks
from pipeline.read.schemes import read_schemes
from pipeline.read.settle import settle
from pipeline.read.signoffs import read_signoffs
from pipeline.read.unread import note_unread
from pipeline.workspace import Workspace


def read_case(
    ws: Workspace, assessment: Assessment, register: tuple[EvidenceDocument, ...], faults: tuple[Finding, ...] = ()
) -> Case:
    """The case without what the evidence answers; `faults` are those found so far, the readers add theirs."""
    found = Faults()
    framework = read_framework(ws, assessment.framework, assessment.cycle)
    note_left_overs(ws, assessment, framework, found)
    assessment = settle(ws, assessment, framework, found)
    index = _index(register, faults)
    forms = read_responses(ws, assessment, framework, index, found)
    assessment = with_what_forms_say(assessment, forms, found)
    actions = read_actions(ws, assessment, framework, index, found)
    note_actions(forms, actions, found)
    previous = read_previous(ws, assessment, index, found)
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
        earlier=read_earlier(ws, assessment, previous, index, found),
        signoffs=chain.records,
        signoffs_broken=chain.broken,
    )
    note_unread(ws, case, found)
    return replace(case, faults=(*faults, *found.found))


def _index(register: tuple[EvidenceDocument, ...], faults: tuple[Finding, ...]) -> RegisterIndex:
    """A row that could not be read still has its id: that fault is named once, not at every citation of it."""
    return index_register(register, (f.evidence for f in faults if f.evidence))
