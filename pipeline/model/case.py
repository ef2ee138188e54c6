"""Everything gathered for one cycle, and what somebody signed of it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from pipeline.model.assessment import Assessment
from pipeline.model.evidence import CheckResult, Citation, EvidenceDocument, Form, StoredFile
from pipeline.model.findings import Finding, Place
from pipeline.model.framework import Framework, Section, Statement
from pipeline.model.tables import Action, Funding, Indicator, Narrative, Risk, Scheme
from pipeline.text import date_in_words, people_in


@dataclass(frozen=True)
class SignOff:
    """One record of the chain. It proves order and content, not identity."""

    number: int
    by: str
    on: datetime.date
    rows: Mapping[str, Mapping[str, Mapping[str, str]]]
    """Kind -> what a row is called -> field -> the beginning of its SHA-256; under the empty name the row's file."""
    evidence: Mapping[str, str]
    """Evidence id -> SHA-256 of the document."""
    inputs: Mapping[str, str]
    """Path of any other input (a table, narrative, the framework, a template, an earlier cycle) -> SHA-256."""
    previous: str
    """The digest of the record before this one; empty for the first."""
    digest: str
    """The digest of this record, as it is written in it."""
    mends: str
    """What was wrong with the chain when it was signed anew; empty where nothing was."""
    place: Place


@dataclass(frozen=True)
class PreviousCycle:
    """What is read of an earlier cycle; its own faults are notes."""

    assessment: Assessment
    framework: Framework
    forms: tuple[Form, ...]
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True)
class Case:
    """Everything gathered for one cycle: what people wrote, and what the evidence answered."""

    assessment: Assessment
    framework: Framework
    forms: tuple[Form, ...] = ()
    register: tuple[EvidenceDocument, ...] = ()
    actions: tuple[Action, ...] = ()
    risks: tuple[Risk, ...] = ()
    funding: tuple[Funding, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    schemes: tuple[Scheme, ...] = ()
    narratives: tuple[Narrative, ...] = ()
    previous: PreviousCycle | None = None
    """The cycle to compare with."""
    earlier: tuple[PreviousCycle, ...] = ()
    """The cycles of this organisation before `previous`, newest first."""
    copies: Mapping[str, StoredFile] = field(default_factory=dict)
    """By evidence id."""
    check_results: Mapping[Citation, CheckResult] = field(default_factory=dict)
    """One for every citation that could be parsed and whose document could be opened."""
    signoffs: tuple[SignOff, ...] = ()
    """The sign-offs since the chain was last whole."""
    signoffs_broken: tuple[str, Place] | None = None
    """What is wrong with the chain of sign-offs, and where; None where nothing is."""
    inputs: Mapping[str, str] = field(default_factory=dict)
    """Path -> SHA-256 of every input file; empty where nobody looked."""
    unregistered: tuple[str, ...] = ()
    """Files in evidence/ that no row registers, relative to the workspace."""
    faults: tuple[Finding, ...] = ()
    """What the readers could not understand (IN1xx and the like)."""

    def document(self, evidence_id: str) -> EvidenceDocument | None:
        """The register row of that id, or None."""
        return self._documents.get(evidence_id)

    @cached_property
    def _documents(self) -> Mapping[str, EvidenceDocument]:
        return {d.id: d for d in reversed(self.register)}

    def seen_by_a_person(self, document: EvidenceDocument) -> bool:
        """Whether the register names somebody who saw what a program cannot read, and that counts."""
        return bool(document.checked_by.strip()) and not self.why_unseen(document)

    def why_unseen(self, document: EvidenceDocument) -> str:
        """Why the check that the register names does not count; nothing where it does, or names none."""
        if not document.checked_by.strip():
            return ""
        if document.checked_on is None:
            return "no date is given for it in `checked_on`"
        if document.checked_on > self.assessment.paper.date:
            return f"`checked_on` is {date_in_words(document.checked_on)}, after the meeting"
        aside = [self.assessment.organisation]
        if people_in(document.checked_by, aside) & people_in(document.owner, aside):
            return "it was made by the owner of the document"
        return ""

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections in scope with the statements in scope, in framework order."""
        return self._sections

    @cached_property
    def _sections(self) -> tuple[Section, ...]:
        chosen = self.assessment.sections
        out = {left.statement for left in self.assessment.left_out}
        asked = self.assessment.respondents
        if self.assessment.kind == "plan" and all(r.sections or r.statements for r in asked):
            # Of a plan only the cells are in scope that somebody is asked.
            out |= {s.id for s in self.framework.statements if not any(r.is_asked(s) for r in asked)}
        found = (s for s in self.framework.sections if not chosen or s.id in chosen)
        kept = (replace(s, statements=tuple(x for x in s.statements if x.id not in out)) for s in found)
        return tuple(s for s in kept if s.statements)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements in scope, in framework order."""
        return tuple(s for section in self.sections for s in section.statements)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation of this cycle: forms, then actions, risks, funding, indicators and narrative."""
        answers = [c for form in self.forms for a in form.answers for c in a.citations]
        tables = [c for t in (self.actions, self.risks, self.funding, self.indicators) for r in t for c in r.citations]
        return (*answers, *tables, *(c for n in self.narratives for c in n.citations))
