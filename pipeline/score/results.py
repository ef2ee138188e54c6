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
    """Against the previous cycle. kind: up | down | same | first | wording changed | not assessed | not shown."""

    kind: str
    previous: str | None = None
    """Last cycle's reported level id."""


@dataclass(frozen=True)
class StatementScore:
    """One statement's reported level (id, or NOT_ASSESSED) and what stands behind it."""

    statement: str
    reported: str
    views: Mapping[Role, RoleLevel]
    standing: Standing
    words_found: int
    movement: Movement


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
