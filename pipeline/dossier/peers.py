"""What one organisation shows another: levels and how their evidence stands, and nothing that anyone wrote."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from pipeline.dossier.audience import PUBLIC, for_audience
from pipeline.dossier.views import Dossier, StatementView

SCHEMA = "boardpack.share/1"
BLOCKER = "blocker"
Short = Annotated[str, Meta(max_length=80)]
Long = Annotated[str, Meta(max_length=400)]


@dataclass(frozen=True)
class SharedLevel:
    """A level of the scale."""

    id: Short
    name: Short


@dataclass(frozen=True)
class SharedSection:
    """A section in scope."""

    id: Short
    title: Long


@dataclass(frozen=True)
class SharedStatement:
    """A statement's levels."""

    id: Short
    short: Long
    section: Short
    wording: Short
    """A digest of its text: two organisations' statements are the same where this is."""
    level_id: Short
    """Empty where not assessed."""
    reported: Short
    """The reported level by name, or `not assessed`."""
    standing: Short
    """found on page | document only | not seen"""
    qualifier: Short
    """What must stand beside the level: `evidence incomplete`, `agreed without complete evidence`, or nothing."""
    views: Mapping[Short, Short]
    """Role (team, board, partner) to its level by name; a role that gave none is not there."""
    movement: Short
    """up | down | same | first | wording changed | not assessed | not shown"""
    previous: Short
    """Last cycle's reported level by name, where it is known."""


@dataclass(frozen=True)
class Share:
    """The public view of a dossier, reduced to what may be set beside another's."""

    schema: Short
    audience: Short
    title: Long
    draft: bool
    """True while something must still be put right before a final paper."""
    organisation: Annotated[str, Meta(min_length=1, max_length=200)]
    cycle: Annotated[str, Meta(min_length=1, max_length=80)]
    previous_cycle: Short
    as_of: datetime.date
    stage: Short
    subject: Long
    """The paper or plan that a matrix was asked of, where the session is public."""
    partial: Long
    framework_id: Short
    framework_title: Long
    framework_version: Short
    levels: Annotated[tuple[SharedLevel, ...], Meta(min_length=1, max_length=20)]
    """Lowest first."""
    sections: Annotated[tuple[SharedSection, ...], Meta(max_length=500)]
    statements: Annotated[tuple[SharedStatement, ...], Meta(max_length=5000)]


def share(dossier: Dossier) -> Share:
    """What may be shared of a dossier. It goes through the public view first, whatever it was."""
    shown = for_audience(dossier, PUBLIC)
    return Share(
        schema=SCHEMA,
        audience=PUBLIC,
        title=f"{shown.organisation}: levels {shown.cycle}, for comparison",
        draft=any(f.severity == BLOCKER for f in dossier.findings),
        organisation=shown.organisation,
        cycle=shown.cycle,
        previous_cycle=shown.previous_cycle,
        as_of=shown.as_of,
        stage=shown.stage,
        subject=shown.subject if shown.cover.session == PUBLIC else "",
        partial=shown.partial,
        framework_id=shown.framework_id,
        framework_title=shown.framework_title,
        framework_version=shown.framework_version,
        levels=tuple(SharedLevel(level.id, level.name) for level in shown.levels),
        sections=tuple(SharedSection(s.id, s.title) for s in shown.sections),
        statements=tuple(_statement(s) for s in shown.statements),
    )


def _statement(statement: StatementView) -> SharedStatement:
    return SharedStatement(
        id=statement.id,
        short=statement.short,
        section=statement.section,
        wording=hashlib.sha256(statement.text.encode()).hexdigest()[:16],
        level_id=statement.level_id,
        reported=statement.reported,
        standing=statement.standing if statement.level_id else "",
        qualifier=statement.qualifier.removesuffix(statement.spread).removesuffix("; "),
        views={role: view.level for role, view in statement.views.items() if view.level},
        movement=statement.movement.kind,
        previous=statement.movement.previous,
    )
