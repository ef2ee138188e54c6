"""What stands in dossier.json, and so every name that a template, a picture or the trail can use.

Words for people (level names, titles, sentences' parts) beside ids for programs. Dates are dates, shown in ISO form in
the file. Nothing here is None that a paper prints: an empty text means that nothing was given.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

SCHEMA = "boardpack.dossier/1"


@dataclass(frozen=True)
class LevelView:
    """A level of the scale; `rank` counts from 0, the lowest."""

    id: str
    name: str
    rank: int
    meaning: str = ""


@dataclass(frozen=True)
class CitationView:
    """One citation, followed to its document. In a public dossier an internal document's is `redacted`:
    then only `shown`, `owner`, `verdict`, `statement`, `respondent` and `redacted` say anything."""

    key: str
    """Same source, same page, same words: same key, and so the same footnote."""
    source: str
    """Same document, same source; never printed."""
    shown: str
    """The reference in full, as a footnote prints it."""
    shown_again: str
    """The short form, for another page of a source already noted."""
    verdict: str
    written: str = ""
    """As the respondent wrote it."""
    evidence: str = ""
    title: str = ""
    file: str = ""
    url: str = ""
    owner: str = ""
    kind: str = ""
    dated: datetime.date | None = None
    review_by: datetime.date | None = None
    visibility: str = ""
    assurance_line: int = 1
    sha256: str = ""
    page_cited: str = ""
    """As written: `4` or `4-6`; empty where no page was cited."""
    page_found: int | None = None
    page_label: str = ""
    sheet: str = ""
    quotation: str = ""
    context: str = ""
    nearest: str = ""
    nearest_page: int | None = None
    difference: str = ""
    reason: str = ""
    statement: str = ""
    respondent: str = ""
    redacted: bool = False


@dataclass(frozen=True)
class AnswerView:
    """One respondent's answer on one statement."""

    respondent: str
    name: str
    role: str
    level: str
    """The level's name, `not assessed`, or empty where none was given."""
    level_id: str
    comment: str
    shortened: bool
    """True where the public comment stands in place of the comment."""
    citations: tuple[CitationView, ...] = ()


@dataclass(frozen=True)
class RoleView:
    """What the respondents of one role say of a statement, taken together: their middle level, never an average."""

    role: str
    level: str
    """Name of the middle level, `not assessed`, or empty where nobody of that role answered."""
    level_id: str
    lowest: str = ""
    highest: str = ""
    number: int = 0
    """How many of that role gave a level."""
    shown: str = ""
    """In words: `Growing`, or `Growing (3 answers, Emergent to Consistent)`."""


@dataclass(frozen=True)
class MovementView:
    """Against the previous cycle. kind: up | down | same | first | wording changed | not assessed | not shown."""

    kind: str
    previous: str = ""
    """Last cycle's reported level by name, where it is known."""
    shown: str = ""
    """In words: `moved up from Emergent to Growing`, `no change`, `first assessed this year`."""


@dataclass(frozen=True)
class StatementView:
    """One statement with all that was said and seen of it."""

    id: str
    short: str
    text: str
    section: str
    section_title: str
    answered_by: str
    reported: str
    """Name of the reported level, or `not assessed`."""
    level_id: str
    """Empty where not assessed."""
    rank: int
    """-1 where not assessed."""
    standing: str
    """found on page | document only | not seen"""
    cell: str
    """For the heatmap: `Growing, found on page`; `not assessed` alone where there is no level."""
    words_found: int
    """How many quotations were found, on the page cited or elsewhere."""
    movement: MovementView
    views: Mapping[str, RoleView] = field(default_factory=dict)
    """By role: team, board, partner; each is always there."""
    partners: tuple[AnswerView, ...] = ()
    answers: tuple[AnswerView, ...] = ()
    """Team, then Board, then partners, in the order of assessment.yaml."""
    target: str = ""
    target_id: str = ""
    below_target: bool = False
    evidence_incomplete: bool = False
    agreed_exception: bool = False
    """Printed with `agreed without complete evidence`."""
    qualifier: str = ""
    """What must stand beside the level: `evidence incomplete`, `agreed without complete evidence`, or nothing."""
    good_looks_like: str = ""
    prompt: str = ""
    column: str = ""
    kloe: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    annual_report: str = ""
    baf: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    references: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    """In a matrix cell: statements of another framework that it goes with."""
    actions: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()


@dataclass(frozen=True)
class ScoreView:
    """The result of a section; levels by name. These are the names of the live figures."""

    middle: str
    """Name of the middle level, or `too few assessed`."""
    lowest: str
    """Name of the lowest level reported, or `not assessed` where none was."""
    counts: Mapping[str, int]
    """By level id."""
    not_assessed: int
    assessed: int
    in_scope: int
    lowest_statements: tuple[str, ...] = ()


@dataclass(frozen=True)
class SectionView:
    """A section in scope."""

    id: str
    title: str
    scope: str
    compliance: bool
    score: ScoreView
    statements: tuple[StatementView, ...]


@dataclass(frozen=True)
class TotalsView:
    """Counts over all sections in scope; there is no overall level."""

    counts: Mapping[str, int]
    not_assessed: int
    assessed: int
    in_scope: int
    found_on_page: int
    document_only: int
    not_seen: int
    moved_up: int
    moved_down: int
    unchanged: int
    sections_in_scope: int
    sections_in_framework: int


@dataclass(frozen=True)
class ActionView:
    """One row of the action grid."""

    id: str
    section: str
    statement: str
    action: str
    owner: str
    due: datetime.date | None
    status: str
    measure: str
    overdue: bool
    risk: str = ""
    closes: str = ""
    progress: str = ""
    citations: tuple[CitationView, ...] = ()


@dataclass(frozen=True)
class RiskScoreView:
    """A risk score as people set it: likelihood by consequence. Zero where not given."""

    likelihood: int
    consequence: int
    value: int
    shown: str
    """`4 x 4 = 16`, or `not given`."""


@dataclass(frozen=True)
class SuggestionView:
    """What a level suggests for a risk, for its lead to accept or reject."""

    kind: str
    """gap in control | gap in assurance"""
    statement: str
    short: str
    shown: str


@dataclass(frozen=True)
class RiskView:
    """One BAF risk."""

    id: str
    objective: str
    risk: str
    cause: str
    effect: str
    lead: str
    committee: str
    statements: tuple[str, ...]
    inherent: RiskScoreView
    current: RiskScoreView
    target: RiskScoreView
    previous: RiskScoreView
    movement: str
    controls: str
    gaps_in_control: str
    gaps_in_assurance: str
    assurances: tuple[CitationView, ...]
    assurance_rating: str
    appetite: str
    target_date: datetime.date | None
    rationale: str
    last_reviewed: datetime.date | None
    suggestions: tuple[SuggestionView, ...] = ()
    actions: tuple[str, ...] = ()


@dataclass(frozen=True)
class FundingView:
    """One row of the funding table; `amount` in pounds, `amount_shown` as printed."""

    id: str
    scheme: str
    year: str
    category: str
    place: str
    amount: float | None
    amount_shown: str
    ringfenced: str
    recurrent: str
    redirected: str
    decision: str
    decided_by: str
    basis: str
    method: str
    evaluation: str
    ends: datetime.date | None
    statements: tuple[str, ...]
    citations: tuple[CitationView, ...] = ()


@dataclass(frozen=True)
class IndicatorView:
    """One value of an indicator for one category; `*` is suppressed."""

    id: str
    area: str
    indicator: str
    period: str
    breakdown: str
    category: str
    value: str
    unit: str
    numerator: str
    denominator: str
    low: str
    high: str
    comparator: str
    completeness: str
    source: str
    published_at: str
    action_taken: str
    why_missing: str
    core20plus5: str
    citations: tuple[CitationView, ...] = ()


@dataclass(frozen=True)
class SchemeView:
    """A scheme's charter."""

    id: str
    problem: str
    why: str
    goals: tuple[Mapping[str, str], ...]
    period: str
    in_scope: str
    out_of_scope: str
    inequality: str
    baseline: str
    expected: str
    actual: str
    evaluation: str
    lessons: tuple[str, ...]
    decision: str


@dataclass(frozen=True)
class NarrativeView:
    """The authors' own prose: Markdown with live figures filled in, citations still as `[@...]` in the text."""

    name: str
    text: str
    citations: tuple[CitationView, ...] = ()
    """In reading order, one for each locator."""


@dataclass(frozen=True)
class DocumentView:
    """A register row, with what was found on disk. Not in a public dossier unless public."""

    id: str
    title: str
    file: str
    url: str
    owner: str
    dated: datetime.date | None
    review_by: datetime.date | None
    visibility: str
    kind: str
    assurance_line: int
    status: str
    nature: str
    publisher: str
    sha256: str
    pages: int | None
    supersedes: tuple[str, ...]
    statements: tuple[str, ...]
    """Statements that cite it, in framework order."""


@dataclass(frozen=True)
class FindingView:
    """A finding, as in findings.json."""

    code: str
    severity: str
    message: str
    remedy: str
    file: str | None = None
    row: int | None = None
    field: str | None = None
    statement: str | None = None
    evidence: str | None = None
    respondent: str | None = None
    papers: tuple[str, ...] = ()
    who: str = ""
    """Who has to act, in words: a respondent, a document's owner, the authors of the paper ..."""


@dataclass(frozen=True)
class ExceptionView:
    """An agreed exception that is in effect."""

    statement: str
    what: str
    """What is excepted, in words; no code."""
    reason: str
    mitigation: str
    agreed_by: str
    agreed_on: datetime.date | None
    until: datetime.date | None


@dataclass(frozen=True)
class CaveatView:
    """One thing the checks found that changes how far a level can be relied on, with the statements it touches."""

    kind: str
    """evidence incomplete | expired | superseded | moved | not checkable | whole documents only | agreed exception"""
    shown: str
    statements: tuple[str, ...]


@dataclass(frozen=True)
class ReferenceView:
    """A law, guidance or other source named by a statement in scope."""

    id: str
    title: str
    publisher: str
    year: str
    url: str
    status: str


@dataclass(frozen=True)
class RespondentView:
    """Who answered, on whose behalf, when and how."""

    id: str
    name: str
    role: str
    completed_on: datetime.date | None
    method: str
    returned: bool


@dataclass(frozen=True)
class CoverView:
    """The cover sheet's fields; an empty one is left off."""

    title: str
    meeting: str
    date: datetime.date
    agenda_item: str
    session: str
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
    """One sign-off of this cycle."""

    by: str
    on: str
    digest: str


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
    """Statement ids, lowest reported level first; all of them, a paper takes the first five."""
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
