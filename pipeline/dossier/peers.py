"""What one organisation shows another, and several side by side."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from pipeline.dossier.audience import PUBLIC, for_audience
from pipeline.dossier.views import Dossier, StatementView
from pipeline.text import counted, list_in_words, number_in_words

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


NOT_IN_FRAMEWORK, OUT_OF_SCOPE = "not in its framework", "out of scope"
NOT_ASSESSED = "not assessed"
MOVED = {
    "up": "moved up from {0}",
    "down": "moved down from {0}",
    "same": "no change",
    "first": "first assessed",
    "last assessed": "last assessed at {0}, before the cycle compared with",
    "wording changed": "reworded, not compared",
    "other scale": "was {0} on another scale",
    "not assessed": "was {0}",
}
ROLES = {"team": "team", "board": "Board", "partner": "partners"}


@dataclass(frozen=True)
class ComparedCell:
    """One organisation's level on one statement."""

    level: str
    """A level's name, `not assessed`, `not in its framework` or `out of scope`."""
    rank: int
    """-1 where there is no level."""
    standing: str = ""
    qualifier: str = ""
    movement: str = ""
    views: tuple[tuple[str, str], ...] = ()
    """(role, level): all that were given."""
    views_differ: bool = False
    worded_differently: bool = False
    """True where its statement has another text than the first organisation's that has one."""


@dataclass(frozen=True)
class ComparedStatement:
    """A statement and every organisation's level on it, in the order of the organisations."""

    id: str
    short: str
    cells: tuple[ComparedCell, ...]
    spread: str
    """From the lowest to the highest level given, in words; never an average."""


@dataclass(frozen=True)
class ComparedSection:
    """A section."""

    id: str
    title: str
    statements: tuple[ComparedStatement, ...]


@dataclass(frozen=True)
class Comparison:
    """The organisations, in alphabetical order, and all statements of any of them."""

    peers: tuple[Share, ...]
    names: tuple[str, ...]
    """Of the organisations; with the cycle where they are not all of one."""
    sections: tuple[ComparedSection, ...]

    @property
    def levels(self) -> tuple[str, ...]:
        """The scale by name, lowest first."""
        return tuple(level.name for level in self.peers[0].levels)

    @property
    def statements(self) -> tuple[ComparedStatement, ...]:
        """Every statement."""
        return tuple(s for section in self.sections for s in section.statements)

    @property
    def is_draft(self) -> bool:
        """True where one of the organisations must still put something right."""
        return any(p.draft for p in self.peers)


def compare(shares: Sequence[Share]) -> Comparison:
    """Shares of one framework, side by side."""
    peers = tuple(sorted(shares, key=lambda p: (p.organisation.casefold(), p.organisation, p.cycle)))
    one_cycle = len({p.cycle for p in peers}) == 1
    names = tuple(p.organisation if one_cycle else f"{p.organisation}, {p.cycle}" for p in peers)
    by_peer = [{s.id: s for s in p.statements} for p in peers]
    sections: dict[str, str] = {}
    here: dict[str, dict[str, str]] = {}
    placed: set[str] = set()
    for peer in peers:
        sections |= {s.id: s.title for s in peer.sections if s.id not in sections}
        for s in peer.statements:
            if s.id not in placed:
                here.setdefault(s.section, {})[s.id] = s.short
                placed.add(s.id)
    order = [i for i in sections if i in here]
    return Comparison(
        peers,
        names,
        tuple(
            ComparedSection(
                i, sections[i], tuple(_compared(s, short, i, peers, by_peer) for s, short in here[i].items())
            )
            for i in order
        ),
    )


def _compared(
    ident: str, short: str, section: str, peers: Sequence[Share], by_peer: Sequence[dict[str, SharedStatement]]
) -> ComparedStatement:
    wording = next(found[ident].wording for found in by_peer if ident in found)
    cells = tuple(_cell(p, found.get(ident), section, wording) for p, found in zip(peers, by_peer, strict=True))
    names = [level.name for level in peers[0].levels]
    return ComparedStatement(ident, short, cells, _spread([c.rank for c in cells], names))


def _cell(peer: Share, statement: SharedStatement | None, section: str, wording: str) -> ComparedCell:
    if statement is None:
        known = any(s.id == section for s in peer.sections)
        return ComparedCell(OUT_OF_SCOPE if peer.partial and not known else NOT_IN_FRAMEWORK, -1)
    ranks = {level.id: n for n, level in enumerate(peer.levels)}
    views = tuple((ROLES[role], statement.views[role]) for role in ROLES if role in statement.views)
    said = MOVED.get(statement.movement, "").format(statement.previous)
    return ComparedCell(
        level=statement.reported,
        rank=ranks.get(statement.level_id, -1),
        standing=statement.standing,
        qualifier=statement.qualifier,
        movement="" if "{0}" in MOVED.get(statement.movement, "") and not statement.previous else said,
        views=views,
        views_differ=len({level for _, level in views}) > 1,
        worded_differently=statement.wording != wording,
    )


def _spread(given: Sequence[int], names: Sequence[str]) -> str:
    """`Reactive to Growing, two levels apart`; `all at Growing`; in words where fewer than two gave a level."""
    ranks = [rank for rank in given if rank >= 0]
    if not ranks:
        return "no level given"
    low, high = min(ranks), max(ranks)
    if len(ranks) == 1:
        return f"{names[low]}, one level given"
    if low == high:
        return f"all at {names[low]}" if len(ranks) == len(given) else f"{names[low]} wherever given"
    apart = high - low
    return f"{names[low]} to {names[high]}, {number_in_words(apart)} {'level' if apart == 1 else 'levels'} apart"


def described(comparison: Comparison) -> str:
    """What can be seen in the picture of a comparison, for those who cannot see it."""
    said = [
        f"Table of {counted(len(comparison.statements), 'statement')} by "
        f"{counted(len(comparison.peers), 'organisation')}, each cell with the reported level in words."
    ]
    for n, name in enumerate(comparison.names):
        said.append(f"{name}: {list_in_words(level_counts(comparison, n)) or 'no statement'}.")
    return " ".join(said)


def level_counts(comparison: Comparison, place: int) -> list[str]:
    """`4 Reactive`, `20 Growing`, `2 not assessed` of the organisation in that place."""
    levels = [s.cells[place].level for s in comparison.statements]
    wanted = (*comparison.levels, NOT_ASSESSED, OUT_OF_SCOPE, NOT_IN_FRAMEWORK)
    return [f"{levels.count(name)} {name}" for name in wanted if name in levels]
