"""The other tables: actions, risks, funding, indicators, schemes, narrative."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.model.evidence import Citation
from pipeline.model.findings import Place


@dataclass(frozen=True)
class Action:
    """One row of the action planning grid."""

    id: str
    section: str
    statement: str
    action: str
    owner: str
    due: date | None
    """The revised date where there is one: the day by which it is judged."""
    status: str
    measure: str
    place: Place
    risk: str = ""
    closes: str = ""
    progress: str = ""
    evidence: str = ""
    citations: tuple[Citation, ...] = ()
    first_due: date | None = None
    """The first date, where it was revised."""


@dataclass(frozen=True)
class Score:
    """Likelihood by consequence, each 1 to 5; None where the cell is empty or not allowed."""

    likelihood: int | None
    consequence: int | None

    @property
    def value(self) -> int | None:
        """Likelihood times consequence."""
        return self.likelihood * self.consequence if self.likelihood and self.consequence else None


@dataclass(frozen=True)
class Risk:
    """One BAF risk that the assessment informs."""

    id: str
    objective: str
    risk: str
    cause: str
    effect: str
    lead: str
    committee: str
    statements: tuple[str, ...]
    inherent: Score
    current: Score
    target: Score
    controls: str
    gaps_in_control: str
    place: Place
    assurances: str = ""
    citations: tuple[Citation, ...] = ()
    gaps_in_assurance: str = ""
    assurance_rating: str = ""
    appetite: str = ""
    target_date: date | None = None
    rationale: str = ""
    previous: Score = Score(None, None)
    last_reviewed: date | None = None


@dataclass(frozen=True)
class Funding:
    """One row of funding.csv; `amount` in pounds."""

    id: str
    scheme: str
    year: str
    category: str
    place_name: str
    amount: float | None
    ringfenced: str
    recurrent: str
    redirected: str
    decision: str
    decided_by: str
    basis: str
    method: str
    evaluation: str
    ends: date | None
    statements: tuple[str, ...]
    place: Place
    evidence: str = ""
    citations: tuple[Citation, ...] = ()

    def pays_for(self, scheme: str) -> bool:
        """True where this row pays for the scheme of that id: `scheme` or `id` is its id, or its name written out."""
        return _as_id(scheme) in (_as_id(self.scheme), _as_id(self.id))


def _as_id(text: str) -> str:
    """A name as the id that a file would have: `Warm homes referral` -> `warm-homes-referral`."""
    return "-".join(re.findall(r"\w+", text.casefold().replace("_", "-")))


@dataclass(frozen=True)
class Indicator:
    """One row of indicators.csv: one value for one category of one breakdown. Values stay text; `*` is suppressed."""

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
    place: Place
    improvement: str = ""
    """Which way is better: up, down or neither; empty where nobody said."""
    target: str = ""
    headline: str = ""
    """`yes` where it stands in the board paper."""
    expected_numerator: str = ""
    evidence: str = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Scheme:
    """The charter of one funded scheme, from schemes/<id>.yaml."""

    id: str
    place: Place
    problem: str = ""
    why: str = ""
    goals: tuple[Mapping[str, str], ...] = ()
    period: str = ""
    in_scope: str = ""
    out_of_scope: str = ""
    inequality: str = ""
    baseline: str = ""
    expected: str = ""
    actual: str = ""
    evaluation: str = ""
    lessons: tuple[str, ...] = ()
    decision: str = ""


@dataclass(frozen=True)
class Narrative:
    """One narrative/<name>.md: its text as written, and the citations in it in reading order."""

    name: str
    text: str
    citations: tuple[Citation, ...]
    place: Place
