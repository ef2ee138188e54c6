"""The whole dossier: cover, respondents, pictures, and everything above."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.checks.screen import Screen
from pipeline.dossier.views.evidence import CaveatView, DocumentView, ExceptionView, FindingView, ReferenceView
from pipeline.dossier.views.statements import (
    FrameworkChangesView,
    LeftOutView,
    LevelView,
    MatrixView,
    NoLongerAskedView,
    ScoreView,
    SectionView,
    StatementView,
    TotalsView,
)
from pipeline.dossier.views.tables import (
    ActionView,
    ExpectedIndicatorView,
    FundingView,
    IndicatorView,
    MoneyView,
    NarrativeView,
    PastActionView,
    RiskView,
    SchemeView,
)

SCHEMA = "boardpack.dossier/1"


@dataclass(frozen=True)
class RespondentView:
    """Who answered, on whose behalf, when and how."""

    id: str
    name: str
    role: str
    completed_on: datetime.date | None
    method: str
    returned: bool
    asked: tuple[str, ...] = ()
    """Ids of the statements in scope that are this one's to answer."""


@dataclass(frozen=True)
class CoverView:
    """The cover sheet's fields; an empty one is left off."""

    title: str
    meeting: str
    date: datetime.date
    agenda_item: str
    session: str
    session_reason: str
    type: str
    report_by: tuple[str, ...]
    action_required: tuple[str, ...]
    key_areas: tuple[str, ...]
    objectives: tuple[tuple[bool, str], ...]
    """(ticked, words): the organisation's own list; then `Other: ...` for one that is not in it."""
    previously_considered: tuple[Mapping[str, str], ...]
    """meeting, date (in words), outcome"""
    assurance_level: str
    assurance_reason: str
    baf_risks: tuple[str, ...]
    implications: tuple[tuple[str, str], ...]
    """(label, text)"""
    involvement: str
    conflicts_of_interest: str
    foi_status: str
    equality_impact_assessment: str
    next_review: datetime.date | None
    evidence_annex: str


@dataclass(frozen=True)
class FigureView:
    """A picture in figures/, with the words that stand in for it. `file` without its ending (.png and .svg)."""

    id: str
    file: str
    caption: str
    alt: str


@dataclass(frozen=True)
class SignOffView:
    """One sign-off of this cycle; none is shown where their chain is broken."""

    by: str
    on: str
    digest: str
    changed: tuple[str, ...] = ()
    """Kinds of thing that changed since: `answers`, `the actions`."""


@dataclass(frozen=True)
class Dossier:
    """One checked and scored case."""

    schema: str
    audience: str
    """internal (everything), private or public"""
    organisation: str
    cycle: str
    previous_cycle: str
    as_of: datetime.date
    stage: str
    subject: str
    framework_id: str
    framework_title: str
    framework_version: str
    framework_wording: str
    framework_note: str
    framework_shipped: bool
    senior_responsible_officer: str
    non_executive_lead: str
    committee: str
    cover: CoverView
    levels: tuple[LevelView, ...]
    columns: tuple[LevelView, ...]
    """A matrix's columns (id, name, rank); empty for a list framework."""
    respondents: tuple[RespondentView, ...]
    sections: tuple[SectionView, ...]
    scores: Mapping[str, ScoreView]
    """By section id: `scores.GA.middle`."""
    totals: TotalsView
    partial: str
    """`covers 2 of 5 sections`, or empty."""
    weakest: tuple[str, ...]
    """Statement ids, up to five, lowest reported level first; none stands in `strongest` too."""
    strongest: tuple[str, ...]
    moved: tuple[str, ...]
    differences: tuple[str, ...]
    """Where the Board, the team and partners see it differently, widest first."""
    movement_note: str
    """Why no movement is shown, where none is."""
    actions: tuple[ActionView, ...]
    risks: tuple[RiskView, ...]
    funding: tuple[FundingView, ...]
    indicators: tuple[IndicatorView, ...]
    schemes: tuple[SchemeView, ...]
    narratives: Mapping[str, NarrativeView]
    documents: tuple[DocumentView, ...]
    findings: tuple[FindingView, ...]
    exceptions: tuple[ExceptionView, ...]
    caveats: tuple[CaveatView, ...]
    references: tuple[ReferenceView, ...]
    abbreviations: tuple[tuple[str, str], ...]
    """(short form, spelled out): those that the paper's texts use, in alphabetical order."""
    figures: tuple[FigureView, ...]
    annual_report_parts: Mapping[str, str]
    include_levels: bool
    targets_by: datetime.date | None
    small_numbers: int
    signoffs: tuple[SignOffView, ...]
    inputs_digest: str = ""
    """SHA-256 over the digests of every input."""
    left_out: tuple[LeftOutView, ...] = ()
    """Statements that this organisation does not assess, each with its reason; counted nowhere."""
    no_longer_asked: tuple[NoLongerAskedView, ...] = ()
    framework_changes: FrameworkChangesView = FrameworkChangesView()
    last_years_actions: tuple[PastActionView, ...] = ()
    """Those that were open in the previous cycle, and what became of each."""
    money: tuple[MoneyView, ...] = ()
    """The funding table in sums, by year."""
    screen: Screen = Screen()
    """What its texts are held against on their way to the public; no paper prints it, and a public dossier has none."""
    expected_indicators: tuple[ExpectedIndicatorView, ...] = ()
    """What the framework looks for, in its order; empty where the cycle has no indicators at all."""
    matrix: MatrixView = MatrixView()
    """Lines of enquiry by priorities, where the framework has them or its statements name them."""

    @property
    def statements(self) -> tuple[StatementView, ...]:
        """Every statement in scope, in framework order."""
        return tuple(s for section in self.sections for s in section.statements)

    def statement(self, statement_id: str) -> StatementView:
        """The statement of that id; KeyError where it is not in scope."""
        for statement in self.statements:
            if statement.id == statement_id:
                return statement
        raise KeyError(statement_id)
