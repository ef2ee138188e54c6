"""Everything gathered for one cycle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.model.answers import Citation, Form
from pipeline.model.assessment import Assessment
from pipeline.model.evidence import Copy, EvidenceDocument, Sighting
from pipeline.model.findings import Finding
from pipeline.model.framework import Framework, Section, Statement
from pipeline.model.signoff import SignOff
from pipeline.model.tables import Action, Funding, Indicator, Narrative, Risk, Scheme


@dataclass(frozen=True)
class PreviousCycle:
    """What is read of the cycle to compare with; its own faults are notes."""

    assessment: Assessment
    framework: Framework
    forms: tuple[Form, ...]


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
    copies: Mapping[str, Copy] = field(default_factory=dict)
    """By evidence id."""
    sightings: Mapping[Citation, Sighting] = field(default_factory=dict)
    """One for every citation that could be parsed and whose document could be opened."""
    signoffs: tuple[SignOff, ...] = ()
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

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections in scope, in framework order."""
        chosen = self.assessment.sections
        return tuple(s for s in self.framework.sections if not chosen or s.id in chosen)

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
