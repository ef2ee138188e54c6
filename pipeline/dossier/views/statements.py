"""Statements with all that was said and seen of them, and the results of sections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.dossier.views.evidence import CitationView


@dataclass(frozen=True)
class LevelView:
    """A level of the scale; `rank` counts from 0, the lowest."""

    id: str
    name: str
    rank: int
    meaning: str = ""


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
    public_comment: str = ""
    """Empty once `for_audience` has put it in the comment's place."""
    dissent: str = ""
    """Who in the room saw it otherwise, and why."""
    shortened: bool = False
    """True where the public comment stands in place of the comment."""
    citations: tuple[CitationView, ...] = ()
    file: str = ""
    row: int | None = None
    """Where it was written."""


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
    asked: bool = True
    """False where none of these respondents is asked this statement."""


@dataclass(frozen=True)
class MovementView:
    """Against the previous cycle; where that has no level, against the last one that has (`last assessed`).

    kind: up | down | same | first | last assessed | wording changed | other scale | not assessed | not shown.
    """

    kind: str
    previous: str = ""
    """The level reported in `cycle`, by the name that it had then."""
    shown: str = ""
    """In words: `moved up from Emergent to Growing`, `first assessed`, `last assessed 2024-25: Growing; ...`."""
    cycle: str = ""
    """The cycle compared with."""
    change: str = ""
    """up | down | same | wording changed | other scale: also since a cycle before the previous one."""


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
    """What must stand beside the level: `evidence incomplete`, `agreed without complete evidence`, and the spread."""
    spread: str = ""
    """`Board: 5 answers, Reactive to Consistent`, where several answers came to the reported level."""
    good_looks_like: str = ""
    prompt: str = ""
    column: str = ""
    kloe: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    annual_report: str = ""
    baf: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    references: tuple[str, ...] = ()
    evidence_age: str = ""
    """in date | lapses within three months | part lapsed | lapsed: what the team and the Board cite; empty for none."""
    cited_before: tuple[CitationView, ...] = ()
    """Where the level moved: the documents that the team and the Board cited for it in the previous cycle."""
    related: tuple[str, ...] = ()
    """In a matrix cell: statements of another framework that it goes with."""
    actions: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    history: tuple[tuple[str, str], ...] = ()
    """(cycle, level by the name that it had then, or `not assessed`), newest first, up to five cycles with this one."""


@dataclass(frozen=True)
class LeftOutView:
    """A statement that this organisation does not assess, and why."""

    statement: str
    short: str
    reason: str
    agreed_by: str = ""
    file: str = ""
    row: int | None = None


@dataclass(frozen=True)
class NoLongerAskedView:
    """A statement that the previous cycle asked and this one does not, with its level then (or `not assessed`)."""

    statement: str
    short: str
    cycle: str
    level: str


@dataclass(frozen=True)
class FrameworkChangesView:
    """How the framework differs from the one of the previous cycle: statements by id and short name, in its order."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()
    renumbered: tuple[str, ...] = ()
    """`CO3, Independent review, formerly CO9`."""


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
class MatrixCellView:
    """One cell, with the lowest level reported among its statements; never an average."""

    row: str
    column: str
    statements: tuple[str, ...]
    """In framework order; more than one only where statements are placed by their tags."""
    level: str
    """The lowest reported level by name, `not assessed` where none has one, or empty where no statement stands here."""
    level_id: str
    rank: int
    """-1 where not assessed or empty."""
    lowest: tuple[str, ...]
    """The statements at that level."""
    not_assessed: int


@dataclass(frozen=True)
class MatrixView:
    """Lines of enquiry by priorities."""

    by_tags: bool = False
    """True where statements of a list are placed by their `kloe` and `priorities`; then a cell may hold several."""
    rows: tuple[LevelView, ...] = ()
    """id, short title, place, title in full"""
    columns: tuple[LevelView, ...] = ()
    cells: tuple[MatrixCellView, ...] = ()
    """Row by row, each with a cell for every column."""
