"""Which statements a paper names: the weakest, the strongest, those that moved, those seen differently."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.dossier.views import StatementView

LISTED = 5
NOT_FOUND = "not found"


def in_upper_half(rank: int, levels: int) -> bool:
    """Whether a level is in the upper half of a scale of so many; the middle of an odd one is not."""
    return 2 * rank >= levels


def weak(statements: Sequence[StatementView], levels: int) -> list[StatementView]:
    """Lowest reported level first, then fallen, then below target, then framework order.

    Nothing in the upper half of the scale is weak, whatever it fell from or was to reach.
    """

    def order(s: StatementView) -> tuple[int, bool, bool]:
        return s.rank, s.movement.kind != "down", not s.below_target

    return sorted((s for s in statements if s.rank >= 0 and not in_upper_half(s.rank, levels)), key=order)


def strong(statements: Sequence[StatementView], levels: int) -> list[StatementView]:
    """Highest level first, then those with evidence from outside the team, then framework order; the upper half."""
    found = [s for s in statements if s.rank >= 0 and in_upper_half(s.rank, levels)]
    return sorted(found, key=lambda s: (-s.rank, not from_outside(s)))


def from_outside(statement: StatementView) -> bool:
    """Whether something that the ICB itself cites comes from outside the team, and was not looked for in vain."""
    own = [c for a in statement.answers if a.role != "partner" for c in a.citations if c.evidence or c.redacted]
    return any(c.assurance_line > 1 and c.verdict != NOT_FOUND for c in own)


def weakest(statements: Sequence[StatementView], levels: int) -> tuple[str, ...]:
    """Up to five of the weak."""
    return tuple(s.id for s in weak(statements, levels)[:LISTED])


def strongest(statements: Sequence[StatementView], levels: int) -> tuple[str, ...]:
    """Up to five of the strong."""
    return tuple(s.id for s in strong(statements, levels)[:LISTED])


def moved(statements: Sequence[StatementView]) -> tuple[str, ...]:
    """Those that moved down, then those that moved up, each in framework order."""
    return tuple(s.id for kind in ("down", "up") for s in statements if s.movement.kind == kind)


def differences(statements: Sequence[StatementView], ranks: dict[str, int]) -> tuple[str, ...]:
    """Where the Board, the team and partners placed a statement differently, widest first."""

    def spread(s: StatementView) -> int:
        seen = [ranks[v.level_id] for v in s.views.values() if v.level_id in ranks]
        return max(seen) - min(seen) if seen else 0

    apart = [s for s in statements if spread(s) > 0]
    return tuple(s.id for s in sorted(apart, key=lambda s: -spread(s)))
