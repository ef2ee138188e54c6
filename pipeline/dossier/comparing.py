"""Organisations side by side: statement by statement, in the framework's order; nobody is put before anybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.dossier.peers import Share, SharedStatement
from pipeline.words import counted, list_in_words, number_in_words

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
                i, sections[i], tuple(_statement(s, short, i, peers, by_peer) for s, short in here[i].items())
            )
            for i in order
        ),
    )


def _statement(
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
