"""The other tables and the authors' own words, as they are shown."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.dossier.views.evidence import CitationView


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
    first_due: datetime.date | None = None
    """The first date, where it was revised; `due` is the revised one."""
    file: str = ""
    row: int | None = None


@dataclass(frozen=True)
class PastActionView:
    """An action that was open in the previous cycle, and what became of it."""

    id: str
    statement: str
    action: str
    became: str
    """done | carried | dropped; empty where this plan does not say."""
    first_due: datetime.date | None
    due: datetime.date | None
    """As this plan has it."""
    progress: str = ""
    citations: tuple[CitationView, ...] = ()
    file: str = ""
    row: int | None = None


@dataclass(frozen=True)
class RiskScoreView:
    """A risk score as people set it: likelihood by consequence. Zero where not given."""

    likelihood: int
    consequence: int
    value: int
    shown: str
    """`4 x 4 = 16, extreme`, or `not given`."""


@dataclass(frozen=True)
class SuggestionView:
    """What a level suggests for a risk, for its lead to accept or reject."""

    kind: str
    """gap in control | gap in assurance"""
    statement: str
    short: str
    shown: str
    reasons: tuple[str, ...] = ()
    """Of a gap in assurance: what is weak in its evidence."""


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
    file: str = ""
    row: int | None = None


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
    file: str = ""
    row: int | None = None


@dataclass(frozen=True)
class MoneyView:
    """The funding table of one year in sums, as printed; empty where an amount is missing or nothing is to be said."""

    year: str
    rows: int
    amount_shown: str
    ringfenced_shown: str
    """Of rows that are ringfenced in full."""
    redirected_shown: str


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
    improvement: str = ""
    target: str = ""
    headline: str = ""
    expected_numerator: str = ""
    citations: tuple[CitationView, ...] = ()
    file: str = ""
    row: int | None = None


@dataclass(frozen=True)
class ExpectedIndicatorView:
    """An indicator that the framework looks for, and what this cycle has of it."""

    id: str
    area: str
    indicator: str
    why: str
    core20plus5: str
    status: str
    """shown | published | missing"""
    shown_by: tuple[str, ...]
    """The breakdowns that the table has."""
    not_shown_by: tuple[str, ...]
    """Those that the framework looks for besides."""
    why_missing: str
    published_at: str


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
    file: str = ""
    row: int | None = None
    name: str = ""
    """The scheme's name in the funding table, or its id in words."""
    funding: tuple[str, ...] = ()
    """Ids of the funding rows that pay for it."""


@dataclass(frozen=True)
class NarrativeView:
    """The authors' own prose: Markdown with live figures filled in.

    A citation stands in the text as `[@1]` or `[@2; 3]`: numbers into `citations`, counted from 1, in reading order.
    """

    name: str
    text: str
    citations: tuple[CitationView, ...] = ()
    file: str = ""
    row: int | None = None
