"""A framework as data: levels, sections, statements, references."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.text import first_words


@dataclass(frozen=True)
class Requirement:
    """The evidence that a level asks for; ages in months before `as_of`, periods in quarters."""

    documents: int = 1
    max_age_months: int | None = None
    kinds: tuple[str, ...] = ()
    periods: int | None = None
    outside_the_team: bool = False


@dataclass(frozen=True)
class Level:
    """One step of the scale; `rank` counts from 0, the lowest."""

    id: str
    name: str
    rank: int
    meaning: str = ""
    requires: Requirement = Requirement()


@dataclass(frozen=True)
class Statement:
    """One statement of the framework (in a matrix: one cell)."""

    id: str
    section: str
    text: str
    answered_by: str
    """`team`, `board` or `both`."""
    short: str = ""
    plain: str = ""
    """The wording for partners and the public."""
    good_looks_like: str = ""
    prompt: str = ""
    evidence: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    kloe: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    baf: Mapping[str, str] = field(default_factory=dict)
    annual_report: str = ""
    formerly: tuple[str, ...] = ()
    both_natures: bool = False
    column: str = ""
    statements: tuple[str, ...] = ()
    """In a matrix cell: the statements of another framework that it goes with."""
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The short name, else the statement's first words: an id alone says nothing to a reader."""
        return self.short or first_words(self.text) or self.id


@dataclass(frozen=True)
class Section:
    """A section and its statements (in a matrix: a row)."""

    id: str
    title: str
    statements: tuple[Statement, ...]
    scope: str = ""
    compliance: bool = False
    level_notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Column:
    """A column of a matrix framework."""

    id: str
    title: str
    short: str = ""
    meaning: str = ""


@dataclass(frozen=True)
class Reference:
    """A law, guidance or other source that statements name."""

    id: str
    title: str
    kind: str = ""
    status: str = "current"
    publisher: str = ""
    year: str = ""
    url: str = ""
    note: str = ""
    confirm: bool = False


@dataclass(frozen=True)
class PrincipalRisk:
    """A risk that a framework gives as an illustration."""

    id: str
    title: str
    cause: str = ""
    event: str = ""
    effect: str = ""


@dataclass(frozen=True)
class ExpectedIndicator:
    """An indicator that a framework looks for, and by which groups it should be shown."""

    id: str
    indicator: str
    area: str = ""
    why: str = ""
    breakdowns: tuple[str, ...] = ()
    core20plus5: str = ""
    """Which clinical area of Core20PLUS5 it is of: `Adults: maternity`."""


@dataclass(frozen=True)
class Framework:
    """A framework as data: levels lowest first, sections in order."""

    id: str
    title: str
    version: str
    levels: tuple[Level, ...]
    sections: tuple[Section, ...]
    columns: tuple[Column, ...] = ()
    references: tuple[Reference, ...] = ()
    principal_risks: tuple[PrincipalRisk, ...] = ()
    annual_report_parts: Mapping[str, str] = field(default_factory=dict)
    expected_indicators: tuple[ExpectedIndicator, ...] = ()
    status: str = ""
    wording: str = ""
    note: str = ""
    tags: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    shipped: bool = False
    earlier_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Statement -> its ids in the cycles before, where somebody followed it through them."""

    @cached_property
    def former_names(self) -> Mapping[str, str]:
        """An id that nothing has any more -> the statement that had it; not where two statements had it."""
        had: dict[str, set[str]] = {}
        for s in self.statements:
            for old in (*s.formerly, *self.earlier_names.get(s.id, ())):
                had.setdefault(old, set()).add(s.id)
        return {old: next(iter(now)) for old, now in had.items() if len(now) == 1 and old not in self._by_id}

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every statement, in framework order."""
        return tuple(s for section in self.sections for s in section.statements)

    def statement(self, statement_id: str) -> Statement | None:
        """The statement of that id, or None."""
        return self._by_id.get(statement_id)

    @cached_property
    def _by_id(self) -> Mapping[str, Statement]:
        return {s.id: s for s in self.statements}

    def level(self, level_id: str) -> Level:
        """The level of that id; KeyError if there is none."""
        for level in self.levels:
            if level.id == level_id:
                return level
        raise KeyError(level_id)
