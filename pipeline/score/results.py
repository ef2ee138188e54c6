"""What scoring gives: levels by role, reported levels, section results, movement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.model import Answer, Role, Standing


@dataclass(frozen=True)
class RoleLevel:
    """What the respondents of one role say: the middle one (the lower of two middle ones), by level id.

    `level` is NOT_ASSESSED where all of them say so, None where nobody of that role gave an answer.
    """

    role: Role
    level: str | None
    lowest: str | None
    highest: str | None
    number: int
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Movement:
    """Against the previous cycle; where that has no level, against the last one that has (`last assessed`).

    kind: up | down | same | first | last assessed | wording changed | other scale | not assessed | not shown.
    """

    kind: str
    previous: str | None = None
    """The level id reported in `cycle`."""
    cycle: str = ""
    """The cycle compared with: the previous one, or the last that has a level."""
    previous_name: str = ""
    change: str = ""
    """up | down | same | wording changed | other scale: also since a cycle before the previous one."""


@dataclass(frozen=True)
class PastLevel:
    """What was reported of a statement in an earlier cycle."""

    cycle: str
    level: str
    """A level id of that cycle's scale, or NOT_ASSESSED."""
    name: str
    same_wording: bool
    """True where the statement read then as it reads now."""


@dataclass(frozen=True)
class StatementScore:
    """One statement's reported level (id, or NOT_ASSESSED) and what stands behind it."""

    statement: str
    reported: str
    views: Mapping[Role, RoleLevel]
    standing: Standing
    words_found: int
    movement: Movement
    past: tuple[PastLevel, ...] = ()
    """Newest first; without the cycles in which it was not asked."""


@dataclass(frozen=True)
class SectionScore:
    """One section's result: counts by level id, the middle level (None: too few assessed), the lowest."""

    section: str
    counts: Mapping[str, int]
    not_assessed: int
    middle: str | None
    lowest: str | None
    lowest_statements: tuple[str, ...]


@dataclass(frozen=True)
class Scores:
    """Every statement in scope and every section in scope, by id, in framework order."""

    statements: Mapping[str, StatementScore]
    sections: Mapping[str, SectionScore]
    movement_note: str = ""
    """Why movement is not shown, in words; empty where it is."""
