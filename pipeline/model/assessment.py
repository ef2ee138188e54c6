"""assessment.yaml: who assesses what, when, and for which meeting."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pipeline.model.findings import Place, Severity
from pipeline.model.framework import Statement


class Role(StrEnum):
    """On whose behalf a respondent answers."""

    TEAM = "team"
    BOARD = "board"
    PARTNER = "partner"


@dataclass(frozen=True)
class Respondent:
    """Someone, or some body, who answers."""

    id: str
    name: str
    role: Role
    completed_on: datetime.date | None = None
    method: str = ""
    sections: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    """Asked these sections and these statements alone; both empty: all that is for this role to answer."""

    def is_asked(self, statement: Statement) -> bool:
        """Whether a statement is this respondent's to answer: partners all, others by `answered_by`."""
        if self.role is not Role.PARTNER and statement.answered_by not in ("both", self.role.value):
            return False
        everything = not self.sections and not self.statements
        return everything or statement.section in self.sections or statement.id in self.statements


@dataclass(frozen=True)
class Consideration:
    """A meeting that has considered the paper before."""

    meeting: str
    date: datetime.date | None = None
    outcome: str = ""


@dataclass(frozen=True)
class AssuranceOffered:
    """The assurance that the authors offer: substantial, reasonable, limited or none."""

    level: str
    reason: str = ""


@dataclass(frozen=True)
class Paper:
    """The fields of the cover sheet; one that was not given is empty and is left off."""

    title: str
    meeting: str
    date: datetime.date
    agenda_item: str = ""
    session: str = "public"
    session_reason: str = ""
    type: str = ""
    report_by: tuple[str, ...] = ()
    action_required: tuple[str, ...] = ()
    key_areas: tuple[str, ...] = ()
    strategic_objectives: tuple[str, ...] = ()
    previously_considered: tuple[Consideration, ...] = ()
    assurance_offered: AssuranceOffered | None = None
    baf_risks: tuple[str, ...] = ()
    implications: Mapping[str, str] = field(default_factory=dict)
    involvement: str = ""
    conflicts_of_interest: str = ""
    foi_status: str = ""
    equality_impact_assessment: str = ""
    next_review: datetime.date | None = None
    evidence_annex: str = "separate"


@dataclass(frozen=True)
class AgreedException:
    """A blocker that someone agreed to live with, until a date."""

    code: str
    subject: str
    reason: str
    agreed_by: str
    agreed_on: datetime.date | None
    until: datetime.date | None
    mitigation: str = ""
    statement: str | None = None
    place: Place = Place("assessment.yaml")


@dataclass(frozen=True)
class Targets:
    """The levels aimed at; `by_statement` goes before `default`. Level ids."""

    default: str | None = None
    by_statement: Mapping[str, str] = field(default_factory=dict)
    by: datetime.date | None = None

    def of(self, statement_id: str) -> str | None:
        """The level aimed at for a statement, or None."""
        return self.by_statement.get(statement_id, self.default)


@dataclass(frozen=True)
class LeftOut:
    """A statement that this organisation does not assess, and why."""

    statement: str
    reason: str
    agreed_by: str = ""
    place: Place = Place("assessment.yaml")


@dataclass(frozen=True)
class Assessment:
    """assessment.yaml: who, when, which framework, which meeting."""

    organisation: str
    cycle: str
    framework: str
    as_of: datetime.date
    paper: Paper
    respondents: tuple[Respondent, ...]
    file: str = "assessment.yaml"
    previous: str | None = None
    kind: str = "cycle"
    """`plan`: the framework is asked of one paper or plan."""
    stage: str = "result"
    sections: tuple[str, ...] = ()
    """Empty: all sections are in scope."""
    left_out: tuple[LeftOut, ...] = ()
    targets: Targets = Targets()
    senior_responsible_officer: str = ""
    non_executive_lead: str = ""
    committee: str = ""
    objectives: tuple[str, ...] = ()
    include_levels: bool = False
    """Whether the annual report section publishes levels."""
    contacts: tuple[str, ...] = ()
    small_numbers: int = 7
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    column_names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Table -> {the team's heading -> our column}."""
    comparable: str = ""
    subject: str = ""
    severities: Mapping[str, Severity] = field(default_factory=dict)
    agreed_exceptions: tuple[AgreedException, ...] = ()
    tags: Mapping[str, object] = field(default_factory=dict)

    def respondent(self, respondent_id: str) -> Respondent | None:
        """The declared respondent of that id, or None."""
        return next((r for r in self.respondents if r.id == respondent_id), None)
